use super::{Lines, operation, own};
use crate::edge::admit;
use crate::engine::Arguments;
use crate::engine::json;
use crate::engine::request::{Prepared, prepare};
use crate::operation::Operation;
use crate::recognise::recognise;
use crate::schema::Type;

/// The first line names an operation, the second holds its path parameters as JSON, the third its query;
/// the rest is its body.
///
/// What becomes a request says exactly what was given: whoever takes the URL apart finds the values, and
/// nothing beside them. A gateway that lets it in sees the same.
pub fn arguments(bytes: &[u8]) {
    let mut lines = Lines(bytes);
    let (api, operation) = operation(&lines.text());
    let text = |text: &str| (!text.is_empty()).then(|| text.to_string());
    let path = lines.text().into_owned();
    let query = text(&lines.text());
    let body = text(&String::from_utf8_lossy(lines.rest()));
    for form in [crate::engine::Form::Record, crate::engine::Form::Wire] {
        let arguments =
            Arguments { path: path.clone(), query: query.clone(), body: body.clone(), form };
        for as_form in [false, true] {
            // Each of them may be refused, and none may panic.
            let prepared = prepare(operation, &own(), &arguments, None, as_form);
            if let Ok(Prepared { target, .. }) = &prepared {
                says_what_was_given(operation, &arguments, target);
                let (path, _) = target.split_once('?').unwrap_or((target, ""));
                let method = operation.method.name();
                // It may be refused: a gateway is stricter with what a value may hold. But it must not
                // be taken for something else.
                if let Some(found) = recognise(api, method, path) {
                    let literal = |part: &str| !part.starts_with('{');
                    let other = found.operation.path.split('/').zip(operation.path.split('/'));
                    let named = other.clone().any(|(one, other)| literal(one) && !literal(other));
                    assert!(found.operation.id == operation.id || named, "{target}");
                }
                if let Ok(admitted) = admit(api, &own(), method, target) {
                    // But for the commas of a list, which it writes encoded.
                    assert_eq!(admitted.target.replace("%2C", ","), target.replace("%2C", ","));
                }
            }
        }
    }
}

fn says_what_was_given(operation: &'static Operation, arguments: &Arguments, target: &str) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let decoded =
        |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let segments: Vec<&str> = path.split('/').collect();
    let template: Vec<&str> = operation.path.split('/').collect();
    assert_eq!(segments.len(), template.len());
    let given = |name: &str, at: usize| match json::members(&arguments.path) {
        Ok(members) => members.into_iter().find(|(of, _)| of == name).map(|(_, text)| text),
        Err(_) => json::elements(&arguments.path).unwrap().get(at).copied(),
    };
    for (part, segment) in template.iter().zip(&segments) {
        let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) else {
            assert_eq!(part, segment);
            continue;
        };
        let at = operation.segments.iter().position(|parameter| parameter.name == name);
        let expected = match at {
            Some(at) => plain(given(name, at).unwrap()),
            None => own().into_iter().find(|(of, _)| *of == name).unwrap().1,
        };
        assert_eq!(decoded(segment), expected);
    }

    let pairs: Vec<(String, String)> = match query {
        "" => Vec::new(),
        query => query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (decoded(name), decoded(value)))
            .collect(),
    };
    assert_eq!(pairs, expected_query(operation, arguments));
}

/// The text of a string, or of a number or a word as it is written. serde_json refuses control characters
/// in a string, which the reader lets pass: arguments come from `JSON.stringify`.
fn plain(text: &str) -> String {
    let string = serde_json::from_str(text).ok();
    let own = || Some(json::string(text.as_bytes())?.into_owned());
    string.or_else(own).unwrap_or_else(|| text.trim_ascii().to_string())
}

/// What the given query must become.
fn expected_query(operation: &'static Operation, arguments: &Arguments) -> Vec<(String, String)> {
    let given =
        arguments.query.as_deref().map_or_else(Vec::new, |text| json::members(text).unwrap());
    let mut pairs = Vec::new();
    for (name, text) in given {
        let named = operation.query.iter().find(|parameter| {
            parameter.name == name || parameter.name.strip_suffix("[]") == Some(&name)
        });
        let Some(parameter) = named else {
            // A key of a filter, or what travels in the body.
            if name.ends_with(']') {
                pairs.push((name.into_owned(), plain(text)));
            }
            continue;
        };
        let of = parameter.name.to_string();
        let listed = || {
            let elements = json::elements(text).unwrap_or_else(|_| vec![text]);
            elements.into_iter().map(plain).collect::<Vec<_>>()
        };
        match parameter.of {
            Type::Map(_) => pairs.extend(
                json::members(text)
                    .unwrap()
                    .into_iter()
                    .map(|(field, text)| (format!("{of}[{field}]"), plain(text))),
            ),
            Type::List(_) if of.ends_with("[]") => {
                pairs.extend(listed().into_iter().map(|value| (of.clone(), value)));
            }
            Type::List(_) => pairs.push((of, listed().join(","))),
            _ => pairs.push((of, plain(text))),
        }
    }
    pairs
}
