use percent_encoding::percent_decode_str;

use super::{Lines, OWN, operation, own};
use crate::edge::{Admitted, Caller, admit, caller, is_segment};
use crate::operation::Api;
use crate::recognise::recognise;

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// A request to the gateway: a method with the path and query as they come, in one line; or the id of an
/// operation, a line for each of its path parameters, as they are written into the path, and what follows.
///
/// What is let in is exactly an operation, written anew from its parameters, with the gateway's own tenant
/// and instance.
pub fn gateway(bytes: &[u8]) {
    let mut lines = Lines(bytes);
    let first = lines.text();
    match first.split_once(' ') {
        Some((method, target)) if METHODS.contains(&method) => {
            for api in [Api::Welkin, Api::InboxHealth] {
                is_an_operation_written_anew(api, method, target);
            }
        }
        _ => {
            let (api, operation) = operation(&first);
            let mut fill = |part: &str| match part.starts_with('{') {
                true => lines.text().into_owned(),
                false => part.to_string(),
            };
            let path: Vec<String> = operation.path.split('/').map(&mut fill).collect();
            let target = [path.join("/"), lines.text().into_owned()].concat();
            is_an_operation_written_anew(api, operation.method.name(), &target);
        }
    }
    came_from(&first, &lines.text());
}

/// Asks for a request to be let in, and looks at it if it was.
fn is_an_operation_written_anew(api: Api, method: &str, target: &str) {
    if let Ok(admitted) = admit(api, &own(), method, target) {
        check(api, method, &admitted);
    }
}

/// What holds of everything that is let in.
fn check(api: Api, method: &str, admitted: &Admitted) {
    let Admitted { operation, path, target, query, .. } = admitted;
    let (written, after) = target.split_once('?').unwrap_or((target, ""));
    assert!(!operation.open);
    assert_eq!(operation.method.name(), method);

    // No byte but letters, digits and the marks that mean the same to everybody.
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    assert!(written.bytes().all(|byte| unreserved(byte) || b"/%".contains(&byte)), "{target}");
    assert!(after.bytes().all(|byte| unreserved(byte) || b"=&%".contains(&byte)), "{target}");

    // Segment by segment it is the template, and each value means what the policy saw, decoded once.
    let template: Vec<&str> = operation.path.split('/').collect();
    let segments: Vec<&str> = written.split('/').collect();
    assert_eq!(template.len(), segments.len());
    for (part, segment) in template.iter().zip(&segments) {
        let decoded = percent_decode_str(segment).decode_utf8().unwrap();
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            None => assert_eq!(part, segment),
            Some(name) => {
                let gateways =
                    OWN.iter().find(|(own, _)| *own == name).map(|(_, value)| value.to_string());
                let seen = path.iter().find(|(of, _)| *of == name).map(|(_, value)| value.clone());
                assert_eq!(Some(decoded.to_string()), gateways.or(seen), "{target}");
                assert!(
                    !decoded.is_empty()
                        && decoded != "."
                        && decoded != ".."
                        && !decoded.contains(['/', '\\', '%', ';'])
                );
            }
        }
    }
    assert_eq!(recognise(api, method, written).unwrap().operation.id, operation.id);

    // The query is what the policy saw, and nothing else.
    let pairs: Vec<(String, String)> =
        form_urlencoded::parse(after.as_bytes()).into_owned().collect();
    assert_eq!(&pairs, query);
    // No value can end the line in which it is told to the policy.
    let values = path
        .iter()
        .map(|(_, value)| value)
        .chain(query.iter().flat_map(|(name, value)| [name, value]));
    assert!(values.into_iter().all(|value| !value.contains('\n')));

    // Written once more, it stays the same.
    assert_eq!(&admit(api, &own(), method, target).unwrap().target, target);
}

/// A page of another origin may do nothing, and a name is one segment to everybody.
fn came_from(origin: &str, site: &str) {
    const HERE: &str = "https://portal.example.org";
    let from = |origin, site| caller(origin, site, HERE, &[]);
    assert_eq!(from(Some(origin), Some(site)) == Caller::Own, origin == HERE);
    assert_eq!(from(None, Some(site)).may("POST"), site == "same-origin");
    if is_segment(origin) {
        let plain = percent_decode_str(origin).decode_utf8().unwrap();
        assert!(plain == origin && origin.split(['/', '\\', '?', '#', ';']).count() == 1);
    }
}
