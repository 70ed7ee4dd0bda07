//! From a method and a path back to the operation: for the gateway and for the sandbox.
//!
//! A request is an operation or it is nothing. A path is taken apart at its slashes, each segment is
//! decoded once, and what could mean something else to another reader of the URL is refused.

use percent_encoding::percent_decode_str;

use crate::operation::{Api, Operation};

/// An operation with the values of its path parameters.
#[derive(Debug)]
pub struct Recognised {
    /// The operation.
    pub operation: &'static Operation,
    /// All path parameters, tenant and instance too, decoded.
    pub path: Vec<(&'static str, String)>,
}

/// Finds the operation of a method and a path without its query. `None` is the answer to everything
/// that is not exactly an operation.
pub fn recognise(api: Api, method: &str, path: &str) -> Option<Recognised> {
    let segments: Vec<String> =
        path.strip_prefix('/')?.split('/').map(segment).collect::<Option<_>>()?;
    api.operations()
        .filter(|operation| operation.method.name() == method)
        .filter_map(|operation| bind(operation, &segments))
        // `/payments/quick_pay` is also `/payments/{id}` to the eye: the literal path wins.
        .min_by_key(|recognised| recognised.path.len())
}

/// Decodes one segment. Whatever still looks encoded, climbs, or divides the path is refused.
fn segment(raw: &str) -> Option<String> {
    let decoded = percent_decode_str(raw).decode_utf8().ok()?;
    let plain = !decoded.is_empty()
        && decoded != "."
        && decoded != ".."
        && !decoded.contains(['/', '\\', '%', ';'])
        && !decoded.chars().any(char::is_control);
    plain.then(|| decoded.into_owned())
}

fn bind(operation: &'static Operation, segments: &[String]) -> Option<Recognised> {
    let template = operation.path.split('/').skip(1);
    if template.clone().count() != segments.len() {
        return None;
    }
    let mut path = Vec::new();
    for (part, value) in template.zip(segments) {
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => {
                let whole =
                    operation.segments.iter().find(|parameter| parameter.name == name).is_some_and(
                        |parameter| matches!(parameter.of, crate::schema::Type::Integer),
                    );
                if whole && !value.bytes().all(|byte| byte.is_ascii_digit()) {
                    return None;
                }
                path.push((name, value.clone()));
            }
            None if part == value => {}
            None => return None,
        }
    }
    Some(Recognised { operation, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(api: Api, method: &str, path: &str) -> Option<&'static str> {
        recognise(api, method, path).map(|recognised| recognised.operation.id)
    }

    #[test]
    fn every_operation_is_recognised_from_its_own_path() {
        for api in [Api::Welkin, Api::InboxHealth] {
            for operation in api.operations() {
                let path: Vec<&str> = operation
                    .path
                    .split('/')
                    .map(|part| if part.starts_with('{') { "7" } else { part })
                    .collect();
                assert_eq!(id(api, operation.method.name(), &path.join("/")), Some(operation.id));
            }
        }
    }

    #[test]
    fn a_literal_segment_is_no_parameter() {
        assert_eq!(
            id(Api::InboxHealth, "POST", "/partner/v2/payments/quick_pay"),
            Some("paymentsQuickPay")
        );
        assert_eq!(id(Api::InboxHealth, "GET", "/partner/v2/payments/quick_pay"), None);
    }

    #[test]
    fn tricks_with_the_path_are_no_operation() {
        assert_eq!(id(Api::Welkin, "GET", "/t/i/patients/p"), Some("patientsGet"));
        for path in [
            "t/i/patients/p",
            "//t/i/patients/p",
            "/t/i/patients/p/",
            "/t/i//patients/p",
            "/t/i/patients/a%2Fb",
            "/t/i/patients/a%5cb",
            "/t/i/patients/%2e%2e",
            "/t/i/patients/..",
            "/t/i/patients/%252e",
            "/t/i/patients/p;x=1",
            "/t/i/patients/%00",
            "/t/i/patients/%ff",
            "/t/i/Patients/p",
            "/t/i/patients",
        ] {
            assert_ne!(id(Api::Welkin, "GET", path), Some("patientsGet"), "{path}");
        }
    }
}
