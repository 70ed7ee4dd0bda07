//! From the arguments of a call to the request on the wire. Everything is checked here, before
//! anything is sent.

use std::borrow::Cow;

use percent_encoding::utf8_percent_encode;

use super::check::{self, Rule, expected};
use super::error::Error;
use super::json;
use super::paging::Position;
use super::text;
use crate::operation::{Form as FormParts, Operation, Paging, Parameter, Repeat};
use crate::schema::{Marks, Type};

/// The arguments of a call as JSON text.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    /// The path parameters: an array in the order of the path, or an object by name.
    pub path: String,
    /// The query, an object.
    pub query: Option<String>,
    /// The body.
    pub body: Option<String>,
    /// The form in which body and query are given.
    pub form: Form,
}

/// The form of arguments and replies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The records themselves: the engine adds and removes envelopes.
    #[default]
    Record,
    /// As it is on the wire.
    Wire,
}

/// A request, all but its host and its headers.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Path and query.
    pub target: String,
    /// The JSON body.
    pub body: Option<String>,
    /// Whether sending it twice cannot double an effect.
    pub repeatable: bool,
}

/// Checks the arguments and builds the request. `known` are the path parameters that the client
/// itself fills in. When the body travels as a form, the body in the arguments only describes it.
pub fn prepare(
    operation: &'static Operation,
    known: &[(&'static str, String)],
    arguments: &Arguments,
    position: Option<&Position>,
    as_form: bool,
) -> Result<Prepared, Error> {
    let segments = segments(operation, &arguments.path)?;
    let mut target = path(operation, known, &segments);
    let (query, beside) = query(operation, arguments, position)?;
    if !query.is_empty() {
        target.push('?');
        target.push_str(&query);
    }
    let body = body(operation, arguments, &segments, beside, as_form)?;
    let repeatable = operation.repeat == Repeat::Safe && !body.as_deref().is_some_and(adds_records);
    Ok(Prepared { target, body, repeatable })
}

/// The values of the path parameters, in the order of the table, as text.
fn segments<'a>(
    operation: &'static Operation,
    path: &'a str,
) -> Result<Vec<(&'static str, Cow<'a, str>)>, Error> {
    let named = json::members(path).ok();
    let listed = if named.is_some() || path.is_empty() {
        Vec::new()
    } else {
        json::elements(path).map_err(|_| Error::argument("path", "an object"))?
    };
    if let Some((name, _)) = named.iter().flatten().find(|(name, _)| {
        !operation.segments.iter().any(|parameter| parameter.name == name.as_ref())
    }) {
        return Err(Error::argument(
            &text::joined(&["path.", &shown(name)]),
            "a path parameter of this operation",
        ));
    }
    if listed.len() > operation.segments.len() {
        return Err(Error::argument("path", "no more values than the path has parameters"));
    }
    let mut values = Vec::with_capacity(operation.segments.len());
    for (at, parameter) in operation.segments.iter().enumerate() {
        let given = match &named {
            Some(members) => members
                .iter()
                .find(|(name, _)| name.as_ref() == parameter.name)
                .map(|(_, text)| *text),
            None => listed.get(at).copied(),
        };
        let whole = matches!(parameter.of, Type::Integer);
        // A number is no text: 1.0 or 1e21 would become another identifier than was meant.
        let given = given.filter(|text| whole || text.starts_with('"'));
        let value = given.and_then(scalar).filter(|value| match parameter.of {
            // The body may repeat it, and a number of JSON has no zeros in front.
            Type::Integer => {
                value.bytes().all(|byte| byte.is_ascii_digit())
                    && (value == "0" || !value.starts_with('0'))
            }
            _ => {
                !text::holds(value, b"/\\")
                    && value != "."
                    && value != ".."
                    && text::is_printable(value)
            }
        });
        match value {
            Some(value) if !value.is_empty() => values.push((parameter.name, value)),
            _ => {
                let expected = match parameter.of {
                    Type::Integer => "a whole number of at least 0",
                    _ => "a non-empty string without slashes, other than \".\" and \"..\"",
                };
                return Err(Error::argument(parameter.name, expected));
            }
        }
    }
    Ok(values)
}

/// A name that came from outside, cut to what may be shown.
fn shown(name: &str) -> Cow<'_, str> {
    let plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-' | b'[' | b']' | b'.');
    if name.len() <= 40 && name.bytes().all(plain) { Cow::Borrowed(name) } else { "…".into() }
}

/// The text of a string or of a number.
fn scalar(text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim_ascii();
    match text.bytes().next()? {
        b'"' => json::string(text.as_bytes()),
        b'-' | b'0'..=b'9' => Some(Cow::Borrowed(text)),
        _ => None,
    }
}

fn path(
    operation: &Operation,
    known: &[(&'static str, String)],
    segments: &[(&'static str, Cow<'_, str>)],
) -> String {
    let mut path = String::with_capacity(operation.path.len() + 40);
    for part in text::segments(operation.path).skip(1) {
        path.push('/');
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => {
                let value = segments
                    .iter()
                    .find_map(|(of, value)| (*of == name).then_some(value.as_ref()))
                    .or_else(|| {
                        known.iter().find_map(|(of, value)| (*of == name).then_some(value.as_str()))
                    });
                // `-` stands for a value that only the gateway knows: it puts in its own.
                encode(&mut path, value.unwrap_or("-"));
            }
            None => path.push_str(part),
        }
    }
    path
}

/// Members of the query that travel beside the envelope of the body, as JSON text.
type Beside<'a> = Vec<(&'static Parameter, &'a str)>;

fn query<'a>(
    operation: &'static Operation,
    arguments: &'a Arguments,
    position: Option<&Position>,
) -> Result<(String, Beside<'a>), Error> {
    let mut query = String::new();
    let mut beside = Vec::new();
    let given = match &arguments.query {
        Some(text) => json::members(text).map_err(|_| Error::argument("query", "an object"))?,
        None => Vec::new(),
    };
    let alone = position.is_some_and(|position| position.stands_alone());
    let wire = arguments.form == Form::Wire;
    let mut seen: Vec<&str> = Vec::new();
    for (name, text) in &given {
        if let Some(parameter) =
            operation.body.filter(|_| !wire).and_then(|body| named(body.beside, name))
        {
            check_value(parameter, parameter.name, text)?;
            beside.push((parameter, *text));
            continue;
        }
        let wrong =
            |expected: &str| Error::argument(&text::joined(&["query.", &shown(name)]), expected);
        let (parameter, key) = match named(operation.query, name) {
            Some(parameter) => (parameter, None),
            None => deep(operation.query, name)
                .ok_or_else(|| wrong("a query parameter of this operation"))?,
        };
        seen.push(parameter.name);
        let replaced = position.is_some_and(|position| position.replaces(parameter.name));
        match (&parameter.of, key) {
            (Type::Map(_), None) => {
                let fields =
                    json::members(text).map_err(|_| wrong("an object of filter fields"))?;
                for (field, text) in fields {
                    let value = value(&Type::Anything, text, false)
                        .ok_or_else(|| wrong("an object of strings, numbers and booleans"))?;
                    if !alone {
                        pair(
                            &mut query,
                            &text::joined(&[parameter.name, "[", &field, "]"]),
                            &value,
                        );
                    }
                }
            }
            (Type::Map(_), Some(_)) => {
                let value = value(&Type::Anything, text, false)
                    .ok_or_else(|| wrong("a string, a number or a boolean"))?;
                if !alone {
                    pair(&mut query, name, &value);
                }
            }
            (Type::List(element), _) => {
                let elements = json::elements(text).unwrap_or_else(|_| vec![*text]);
                let mut values = Vec::with_capacity(elements.len());
                for text in elements {
                    values.push(value(element, text, wire).ok_or_else(|| {
                        wrong(&text::joined(&["an array of ", expected(element), "s"]))
                    })?);
                }
                if alone || replaced {
                } else if parameter.name.ends_with("[]") {
                    values.iter().for_each(|value| pair(&mut query, parameter.name, value));
                } else {
                    // Welkin reads a list as one parameter, joined by commas (welkin-notes, 10.10).
                    name_of(&mut query, parameter.name);
                    for (at, value) in values.iter().enumerate() {
                        if at > 0 {
                            query.push(',');
                        }
                        encode(&mut query, value);
                    }
                }
            }
            (of, _) => {
                let value = value(of, text, wire)
                    .ok_or_else(|| wrong(&text::joined(&["a value of type ", expected(of)])))?;
                if !alone && !replaced {
                    pair(&mut query, parameter.name, &value);
                }
            }
        }
    }
    let missing = |parameter: &&Parameter| {
        parameter.marks.has(Marks::REQUIRED) && !seen.contains(&parameter.name)
    };
    if let Some(parameter) = operation.query.iter().find(missing) {
        return Err(Error::argument(
            &text::joined(&["query.", parameter.name]),
            &text::joined(&["a value of type ", expected(&parameter.of)]),
        ));
    }
    if let Some(position) = position {
        for (name, value) in position.parameters() {
            pair(&mut query, name, &value);
        }
    }
    Ok((query, beside))
}

fn named(parameters: &'static [Parameter], name: &str) -> Option<&'static Parameter> {
    parameters
        .iter()
        .find(|parameter| parameter.name == name || parameter.name.strip_suffix("[]") == Some(name))
}

/// `filter[first_name]` is a key of the parameter `filter`.
fn deep<'n>(
    parameters: &'static [Parameter],
    name: &'n str,
) -> Option<(&'static Parameter, Option<&'n str>)> {
    let inner = name.strip_suffix(']')?;
    let at = inner.bytes().position(|byte| byte == b'[')?;
    let (outer, key) = (inner.get(..at)?, inner.get(at + 1..)?);
    let parameter = named(parameters, outer)?;
    (matches!(parameter.of, Type::Map(_)) && !key.is_empty()).then_some((parameter, Some(key)))
}

/// The text of a query value, if it is of this type. On the wire each of them is text, and may be given
/// so.
fn value<'a>(of: &Type, text: &'a str, wire: bool) -> Option<Cow<'a, str>> {
    let text = text.trim_ascii();
    match (of, text.bytes().next()?) {
        (Type::Boolean | Type::Integer, b'"') if wire => {
            value(of, text.get(1..text.len() - 1)?, false)
        }
        (Type::Anything, b't' | b'f') => Some(Cow::Borrowed(text)),
        (Type::Boolean, _) if matches!(text, "true" | "false") => Some(Cow::Borrowed(text)),
        (Type::Integer, _) if text::whole(text).is_some() => Some(Cow::Borrowed(text)),
        (Type::Number, b'-' | b'0'..=b'9') => Some(Cow::Borrowed(text)),
        (Type::Text | Type::Mixed(_) | Type::Anything, b'"' | b'-' | b'0'..=b'9') => scalar(text),
        _ => None,
    }
}

fn pair(query: &mut String, name: &str, value: &str) {
    name_of(query, name);
    encode(query, value);
}

fn name_of(query: &mut String, name: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    encode(query, name);
    query.push('=');
}

fn encode(out: &mut String, text: &str) {
    out.extend(utf8_percent_encode(text, text::ENCODED));
}

fn check_value(parameter: &Parameter, place: &str, text: &str) -> Result<(), Error> {
    let mut wrong = None;
    let of = parameter.of;
    check::check(text.as_bytes(), &of, "", Rule::Request, &mut |mismatch| {
        wrong.get_or_insert(mismatch);
    })
    .map_err(|_| Error::argument(place, "a JSON value"))?;
    match wrong {
        Some(mismatch) => Err(Error::argument(place, mismatch.expected)),
        None => Ok(()),
    }
}

fn body(
    operation: &Operation,
    arguments: &Arguments,
    segments: &[(&'static str, Cow<'_, str>)],
    beside: Beside<'_>,
    as_form: bool,
) -> Result<Option<String>, Error> {
    if let (Some(form), Some(text)) = (operation.form, &arguments.body) {
        check_names(form, text, as_form)?;
    }
    if as_form {
        return match (operation.form, &arguments.body) {
            (_, None) => Ok(None),
            (Some(form), Some(text)) => {
                check_body(&Type::Record(form.parts), text, "", "body").map(|()| None)
            }
            (None, Some(_)) => Err(Error::argument("body", "no file")),
        };
    }
    let (of, text) = match (operation.body, &arguments.body) {
        (Some(of), Some(text)) => (of, text.as_str()),
        (Some(of), None) => {
            return Err(Error::argument("body", &text::joined(&["an ", expected(&of.of)])));
        }
        (None, _) if operation.form.is_some() => return Err(Error::argument("body", "an object")),
        (None, None) => return Ok(None),
        (None, Some(_)) => return Err(Error::argument("body", "none for this operation")),
    };
    let wire = arguments.form == Form::Wire;
    let envelope = if wire { of.envelope } else { "" };
    let (record, path) = if envelope.is_empty() {
        ("body".to_owned(), &[][..])
    } else {
        (text::joined(&["body.", envelope]), &[envelope][..])
    };
    if json::at(text.as_bytes(), path).is_none_or(|value| value == b"null") {
        return Err(Error::argument(&record, expected(&of.of)));
    }
    check_body(&of.of, text, envelope, &record)?;
    if wire || of.envelope.is_empty() {
        return Ok(Some(text.to_owned()));
    }
    if let Some(rule) = of.whole {
        let given = |name| {
            beside.iter().find(|(of, _)| of.name == name).map_or("", |(_, text)| *text).as_bytes()
        };
        let id = text::joined(&[rule.record, "_id"]);
        let compared = given(rule.flag) == b"true" && !matches!(given(rule.record), b"" | b"null");
        for (name, field) in [(rule.of, rule.field), ("id", &id)] {
            // What does not say the whole can not be compared, and is not known to be it.
            let all = json::at(given(rule.record), &[name]);
            if compared && all != json::at(text.as_bytes(), &[field]) {
                let expected = "that of the whole record that it is compared with";
                return Err(Error::argument(&text::joined(&["body.", field]), expected));
            }
        }
    }
    let mut whole = String::with_capacity(text.len() + of.envelope.len() + 32);
    whole.push('{');
    if of.repeats_id
        && let Some((_, id)) = segments.last()
    {
        member(&mut whole, "id", id);
    }
    member(&mut whole, of.envelope, text);
    for (parameter, text) in beside {
        if !parameter.marks.has(Marks::COMPARED) {
            member(&mut whole, parameter.name, text);
        }
    }
    whole.push('}');
    Ok(Some(whole))
}

fn check_body(of: &Type, text: &str, envelope: &str, record: &str) -> Result<(), Error> {
    let mut wrong = None;
    check::check(text.as_bytes(), of, envelope, Rule::Request, &mut |mismatch| {
        wrong.get_or_insert(mismatch);
    })
    .map_err(|_| Error::argument("body", "JSON"))?;
    let Some(mismatch) = wrong else { return Ok(()) };
    let direct = mismatch.place.is_empty() || mismatch.place.starts_with('[');
    let dot = if direct { "" } else { "." };
    Err(Error::argument(&text::joined(&[record, dot, &mismatch.place]), mismatch.expected))
}

/// Refuses a file outside of a form, and in a form a part that it does not have: it could be a file,
/// which the API would drop.
fn check_names(form: &FormParts, text: &str, as_form: bool) -> Result<(), Error> {
    for (name, _) in json::members(text).map_err(|_| Error::argument("body", "an object"))? {
        let part = form.parts.fields.iter().find(|part| part.name == name);
        let is_file = part.is_some_and(|part| expected(&part.of) == expected(&Type::File));
        let expected = match part {
            None if as_form => "a part of this form",
            Some(_) if is_file && !as_form => expected(&Type::File),
            _ => continue,
        };
        return Err(Error::argument(&text::joined(&["body.", &shown(&name)]), expected));
    }
    Ok(())
}

fn member(whole: &mut String, name: &str, text: &str) {
    if !whole.ends_with('{') {
        whole.push(',');
    }
    json::write_string(whole, name);
    whole.push(':');
    whole.push_str(text);
}

/// Whether the body holds a nested record without an `id`, which would be created each time it is sent:
/// what ends in `_attributes`, at any depth (Inbox Health notes, Envelopes).
fn adds_records(text: &str) -> bool {
    // A quote in a text has a backslash in front: here a key ends, or a text without a colon behind it.
    const KEY: &[u8] = b"_attributes\"";
    let text = text.as_bytes();
    (0..text.len()).any(|at| {
        let Some(behind) = text.get(at..).and_then(|text| text.strip_prefix(KEY)) else {
            return false;
        };
        let colon = json::token(behind, 0);
        if behind.get(colon) != Some(&b':') {
            return false;
        }
        let mut adds = false;
        let walked =
            json::Reader::new(behind.get(colon + 1..).unwrap_or_default()).array(|reader| {
                let id = json::at(reader.value()?, &["id"]);
                let first = id.and_then(|id| id.first());
                adds |= !first.is_some_and(|digit| matches!(digit, b'1'..=b'9'));
                Ok::<_, json::Malformed>(())
            });
        adds || walked.is_err()
    })
}

/// The name of the parameter for the next page.
pub fn page_parameter(paging: Paging) -> &'static str {
    match paging {
        Paging::PageToken => "pageToken",
        Paging::Cursor => "start",
        _ => "page",
    }
}
