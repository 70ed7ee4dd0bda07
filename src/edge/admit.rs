//! From an incoming request to an operation, and from the operation back to a URL. What goes to the
//! API is written anew from the parameters; not a byte of the URL that came in is passed on.

use percent_encoding::utf8_percent_encode;

use crate::engine::text::ENCODED;
use crate::operation::{Api, Operation, Parameter};
use crate::recognise::{Recognised, is_whole, recognise};
use crate::schema::Type;

/// A query parameter, decoded.
pub type Pair = (String, String);

/// A request that is an operation, for a policy to decide on.
#[derive(Debug)]
pub struct Admitted {
    /// The operation.
    pub operation: &'static Operation,
    /// The path parameters of the operation in their order, without those that are the gateway's own.
    pub path: Vec<(&'static str, String)>,
    /// The query parameters.
    pub query: Vec<Pair>,
    /// Path and query for the API.
    pub target: String,
}

/// Why a request is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not an operation.
    Unknown,
    /// Its query holds what the operation does not have, a value of another type, or a name twice.
    Query,
}

/// Recognises a request: its method, and path and query below the gateway's prefix as they came. `own`
/// are path parameters that are always the gateway's, whatever the caller wrote. The token endpoints
/// are never admitted: the gateway itself holds the credentials.
pub fn admit(
    api: Api,
    own: &[(&'static str, String)],
    method: &str,
    target: &str,
) -> Result<Admitted, Refusal> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let recognised = recognise(api, method, path)
        .filter(|recognised| !recognised.operation.open)
        .ok_or(Refusal::Unknown)?;
    let query = read_query(recognised.operation, query)?;
    let target = rebuild(&recognised, own, &query);
    let Recognised { operation, mut path } = recognised;
    path.retain(|(name, _)| operation.segments.iter().any(|segment| segment.name == *name));
    Ok(Admitted { operation, path, query, target })
}

/// Decodes a query. What is not exactly a parameter of the operation is refused.
fn read_query(operation: &'static Operation, text: &str) -> Result<Vec<Pair>, Refusal> {
    let mut pairs: Vec<Pair> = Vec::new();
    if text.is_empty() {
        return Ok(pairs);
    }
    if text.contains('#') {
        return Err(Refusal::Query);
    }
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        let parameter = declared(operation, &name).ok_or(Refusal::Query)?;
        let repeated =
            !parameter.name.ends_with("[]") && pairs.iter().any(|(other, _)| *other == name);
        // Of two values the policy might look at one and the API at the other. A replacement character
        // stands for what was no text.
        if repeated || !fits(parameter, &value) || value.contains(char::REPLACEMENT_CHARACTER) {
            return Err(Refusal::Query);
        }
        pairs.push((name.into_owned(), value.into_owned()));
    }
    Ok(pairs)
}

/// Writes path and query of an operation, with `own` path parameters in place of the caller's.
pub fn rebuild(recognised: &Recognised, own: &[(&'static str, String)], query: &[Pair]) -> String {
    let value = |name: &str| {
        own.iter()
            .chain(&recognised.path)
            .find_map(|(of, value)| (*of == name).then_some(value.as_str()))
            .unwrap_or_default()
    };
    let mut target = String::with_capacity(recognised.operation.path.len() + 64);
    for part in recognised.operation.path.split('/').skip(1) {
        target.push('/');
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => target.extend(utf8_percent_encode(value(name), ENCODED)),
            None => target.push_str(part),
        }
    }
    for (at, (name, value)) in query.iter().enumerate() {
        target.push(if at == 0 { '?' } else { '&' });
        target.extend(utf8_percent_encode(name, ENCODED));
        target.push('=');
        target.extend(utf8_percent_encode(value, ENCODED));
    }
    target
}

/// The parameter of this name on the wire; `filter[first_name]` belongs to the parameter `filter`.
fn declared(operation: &'static Operation, name: &str) -> Option<&'static Parameter> {
    let deep = || {
        let (outer, key) = name.strip_suffix(']')?.split_once('[')?;
        let plain = !key.is_empty()
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        operation.query.iter().find(|parameter| {
            plain && parameter.name == outer && matches!(parameter.of, Type::Map(_))
        })
    };
    operation
        .query
        .iter()
        .find(|parameter| parameter.name == name && !matches!(parameter.of, Type::Map(_)))
        .or_else(deep)
}

fn fits(parameter: &Parameter, value: &str) -> bool {
    match parameter.of {
        Type::Integer => is_whole(value),
        Type::Number => {
            let plain = value.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
            plain && value.parse::<f64>().is_ok_and(f64::is_finite)
        }
        Type::Boolean => matches!(value, "true" | "false"),
        _ => !value.chars().any(char::is_control),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENT: &str = "/evil-tenant/evil-instance/patients/p%201";

    fn own() -> Vec<(&'static str, String)> {
        vec![("tenantName", "gh".into()), ("instanceName", "sb-demo".into())]
    }

    fn welkin(method: &str, target: &str) -> Result<Admitted, Refusal> {
        admit(Api::Welkin, &own(), method, target)
    }

    fn inbox(target: &str) -> Result<Admitted, Refusal> {
        admit(Api::InboxHealth, &[], "GET", target)
    }

    #[test]
    fn tenant_and_instance_are_the_gateways_own() {
        let admitted = welkin("GET", &[PATIENT, "?type=MRN+%26+more"].concat()).unwrap();
        assert_eq!(admitted.operation.id, "patientsGet");
        assert_eq!(admitted.path, [("patientId", "p 1".to_string())]);
        assert_eq!(admitted.target, "/gh/sb-demo/patients/p%201?type=MRN%20%26%20more");
    }

    #[test]
    fn every_operation_but_the_token_endpoints_is_rebuilt_from_its_own_path() {
        for api in [Api::Welkin, Api::InboxHealth] {
            for operation in api.operations() {
                let path = |tenant: &str, instance: &str| {
                    let part = |part| match part {
                        "{tenantName}" => tenant.to_string(),
                        "{instanceName}" => instance.to_string(),
                        part if str::starts_with(part, "{") => "7".into(),
                        part => part.into(),
                    };
                    operation.path.split('/').map(part).collect::<Vec<_>>().join("/")
                };
                let found = admit(api, &own(), operation.method.name(), &path("x", "y"));
                if operation.open {
                    assert_eq!(found.unwrap_err(), Refusal::Unknown);
                } else {
                    assert_eq!(found.unwrap().target, path("gh", "sb-demo"));
                }
            }
        }
    }

    #[test]
    fn only_declared_query_parameters_of_the_right_type_pass() {
        let list = |query| welkin("GET", &["/t/i/patients?", query].concat());
        assert!(list("page=0&size=20&query=").is_ok());
        for query in [
            "page=-1",
            "page=",
            "page=01",
            "page=1+or+1",
            "Page=1",
            "token=x",
            "query=a%0D%0Ab",
            "query=%ff",
            "page=1&page=2",
            "page=1&pag%65=2",
            "page=1#x",
            "page=1&",
            "page[]=1",
            "_method=DELETE",
            "=",
        ] {
            let expected = (query != "page=1&").then_some(Refusal::Query);
            assert_eq!(list(query).err(), expected, "{query:?}");
        }
    }

    #[test]
    fn filters_pass_by_key() {
        let list = |query: &str| inbox(&["/partner/v2/patients?", query].concat());
        let admitted = list("filter%5Bfirst_name%5D=Ann%2BZo%C3%AB&page=2").unwrap();
        let expected = "/partner/v2/patients?filter%5Bfirst_name%5D=Ann%2BZo%C3%AB&page=2";
        assert_eq!(admitted.target, expected);
        assert_eq!(list("filter[first_name]=Ann%2BZoë&page=2").unwrap().target, expected);
        for name in ["filter", "filter[]", "filter[a][b]", "filter[a", "sort[a]", "filter[a%26b]"] {
            assert_eq!(list(&[name, "=x"].concat()).unwrap_err(), Refusal::Query, "{name}");
        }
    }
}
