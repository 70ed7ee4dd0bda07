//! From a method and a path back to the operation: for the gateway and for the sandbox.
//!
//! A request is an operation or it is nothing. A path is taken apart at its slashes, each segment is
//! decoded once, and what could mean something else to another reader of the URL is refused.

use std::borrow::Cow;
use std::sync::LazyLock;

use fnv::FnvHashMap;
use percent_encoding::percent_decode_str;

use crate::operation::{Api, Operation};
use crate::schema::Type;

/// The largest whole number that JavaScript holds exactly.
const LARGEST: u64 = (1 << 53) - 1;

/// Characters that some readers of Unicode take for dots, slashes, backslashes or percent signs (their
/// compatibility forms hold one), and those that are not seen at all.
const DISGUISED: &[char] = &[
    '\u{ad}', '\u{2024}', '\u{2025}', '\u{2026}', '\u{2044}', '\u{2100}', '\u{2101}', '\u{2105}',
    '\u{2106}', '\u{2215}', '\u{feff}', '\u{fe52}', '\u{fe68}', '\u{fe6a}', '\u{ff05}', '\u{ff0e}',
    '\u{ff0f}', '\u{ff1b}', '\u{ff3c}',
];

/// An operation with the values of its path parameters.
#[derive(Debug)]
pub struct Recognised {
    /// The operation.
    pub operation: &'static Operation,
    /// All path parameters, tenant and instance too, decoded.
    pub path: Vec<(&'static str, String)>,
}

/// The path template of an operation, taken apart.
struct Route {
    operation: &'static Operation,
    parts: Vec<Part>,
}

enum Part {
    Literal(&'static str),
    Parameter { name: &'static str, whole: bool },
}

/// Routes by method and number of segments. Literal paths come before those with a parameter in the
/// same place: `/payments/quick_pay` is also `/payments/{id}` to the eye.
type Routes = FnvHashMap<(&'static str, usize), Vec<Route>>;

static WELKIN: LazyLock<Routes> = LazyLock::new(|| routes(Api::Welkin));
static INBOX_HEALTH: LazyLock<Routes> = LazyLock::new(|| routes(Api::InboxHealth));

fn routes(api: Api) -> Routes {
    let mut routes = Routes::default();
    for operation in api.operations() {
        let parts: Vec<Part> =
            operation.path.split('/').skip(1).map(|part| read(operation, part)).collect();
        let same = routes.entry((operation.method.name(), parts.len())).or_default();
        same.push(Route { operation, parts });
    }
    for same in routes.values_mut() {
        same.sort_by_key(|route| route.parts.iter().filter(|part| part.is_parameter()).count());
    }
    routes
}

fn read(operation: &'static Operation, part: &'static str) -> Part {
    match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
        Some(name) => {
            let mut segments = operation.segments.iter();
            let of =
                segments.find(|parameter| parameter.name == name).map(|parameter| &parameter.of);
            Part::Parameter { name, whole: matches!(of, Some(Type::Integer)) }
        }
        None => Part::Literal(part),
    }
}

impl Part {
    fn is_parameter(&self) -> bool {
        matches!(self, Part::Parameter { .. })
    }

    fn fits(&self, value: &str) -> bool {
        match self {
            Part::Literal(literal) => *literal == value,
            Part::Parameter { whole, .. } => !whole || is_whole(value),
        }
    }
}

/// Finds the operation of a method and a path without its query. `None` is the answer to everything
/// that is not exactly an operation.
pub fn recognise(api: Api, method: &str, path: &str) -> Option<Recognised> {
    let segments: Vec<Cow<str>> =
        path.strip_prefix('/')?.split('/').map(segment).collect::<Option<_>>()?;
    let routes = match api {
        Api::Welkin => &*WELKIN,
        Api::InboxHealth => &*INBOX_HEALTH,
    };
    let route = routes
        .get(&(method, segments.len()))?
        .iter()
        .find(|route| route.parts.iter().zip(&segments).all(|(part, value)| part.fits(value)))?;
    let named = route.parts.iter().zip(segments).filter_map(|(part, value)| match part {
        Part::Literal(_) => None,
        Part::Parameter { name, .. } => Some((*name, value.into_owned())),
    });
    Some(Recognised { operation: route.operation, path: named.collect() })
}

/// A whole number as everybody writes it: another reader cannot take it for another one.
pub fn is_whole(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_digit())
        && (value == "0" || !value.starts_with('0'))
        && value.parse::<u64>().is_ok_and(|number| number <= LARGEST)
}

/// Decodes one segment. Whatever still looks encoded, climbs, divides the path or is no character of a
/// path is refused.
fn segment(raw: &str) -> Option<Cow<'_, str>> {
    let written = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,=:@%".contains(&byte);
    if !raw.bytes().all(written) {
        return None;
    }
    let decoded = percent_decode_str(raw).decode_utf8().ok()?;
    let plain = !decoded.is_empty()
        && decoded != "."
        && decoded != ".."
        && !decoded.contains(['/', '\\', '%', ';'])
        && (decoded.is_ascii() || !decoded.contains(DISGUISED))
        && !decoded.chars().any(char::is_control);
    plain.then_some(decoded)
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
            "/t/i/patients/a b",
            "/t/i/patients/a|b",
            "/t/i/patients/a%zz",
            "/t/i/patients/p#x",
            "/t/i/patients/é",
            "/t/i/patients/%e2%80%a5",
            "/t/i/patients/a%ef%bc%8fb",
            "/t/i/patients/%c0%ae%c0%ae",
            "/t/i/patients",
        ] {
            assert_ne!(id(Api::Welkin, "GET", path), Some("patientsGet"), "{path}");
        }
    }

    #[test]
    fn a_whole_number_is_written_in_one_way() {
        let read = |id: &str| id_of_invoice(id).is_some();
        assert!(read("7") && read("9007199254740991"));
        for id in
            ["07", "+7", "-7", "7.0", "0x7", "9007199254740992", "18446744073709551623", "%D9%A7"]
        {
            assert!(!read(id), "{id}");
        }
    }

    fn id_of_invoice(id: &str) -> Option<&'static str> {
        self::id(Api::InboxHealth, "GET", &["/partner/v2/invoices/", id].concat())
    }
}
