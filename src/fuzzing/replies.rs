use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Lines, OPERATIONS, operation};
use crate::engine::check::{Place, Rule, check};
use crate::engine::json::{self, Malformed, Reader, exact_in_javascript};
use crate::engine::paging::read as read_page;
use crate::engine::{Mismatch, Position};
use crate::operation::{Api, Paging};
use crate::schema::{Record, Type};

/// The first line names an operation; the rest is read as its reply, as its body, and as JSON alone.
///
/// - Nothing panics.
/// - What serde_json takes for JSON is taken for JSON. The other way round it need not be: the check does
///   not look into strings (control characters, escapes, halves of surrogate pairs, bytes that are no
///   UTF-8), nor at the order of the marks in what it steps over; whoever reads the record next does.
///   Neither has a limit to depth.
/// - The record begins and ends where serde_json says that it does. A key that is written with escapes is
///   an unknown one.
/// - A mismatch tells names of the tables and nothing from the text.
/// - Members, elements, strings and numbers are those of serde_json. It lets a number be larger than any
///   double; so does the check, which then says so.
/// - A list whose page repeats itself ends.
pub fn replies(bytes: &[u8]) {
    let mut lines = Lines(bytes);
    let (api, operation) = operation(&lines.text());
    let text = lines.rest();
    if let Some(reply) = operation.reply {
        let lenient = api == Api::InboxHealth;
        is_read(text, &reply.of, reply.envelope, Rule::Reply { lenient });
        is_read(text, &Type::Anything, reply.envelope, Rule::Reply { lenient });
    }
    if let Some(body) = operation.body {
        is_read(text, &body.of, "", Rule::Request);
        is_read(text, &body.of, body.envelope, Rule::Request);
    }
    is_taken_apart(text);
    ends(operation.paging, text);
}

/// The text, if serde_json takes it for JSON.
fn json(text: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(text).ok()?;
    serde_json::from_str::<IgnoredAny>(text).is_ok().then_some(text)
}

fn is_read(text: &[u8], of: &Type, envelope: &str, rule: Rule) {
    let mut told = Vec::new();
    let place = check(text, of, envelope, rule, &mut |mismatch| told.push(mismatch));
    match (place, json(text)) {
        (Ok(place), Some(text)) => assert_eq!(place, place_of_record(text, envelope)),
        (Ok(Place { start, end }), None) => assert!(start <= end && end <= text.len()),
        (Err(_), Some(_)) => panic!("JSON was refused"),
        (Err(_), None) => {}
    }
    told.iter().for_each(tells_nothing);
}

fn place_of_record(text: &str, envelope: &str) -> Place {
    let whole: &RawValue = serde_json::from_str(text).unwrap();
    let members = if envelope.is_empty() { None } else { members(text) };
    // The last of several equal keys counts, as for `JSON.parse`.
    let inside = members.into_iter().flatten().rev().find(|(key, _)| key.raw == Some(envelope));
    let record = inside.map_or(whole.get(), |(_, value)| value.get());
    let start = record.as_ptr() as usize - text.as_ptr() as usize;
    Place { start, end: start + record.len() }
}

/// A key of an object, and as it is written where it has no escapes.
struct Key<'a> {
    raw: Option<&'a str>,
    /// `None` where it stands for no text: half of a surrogate pair.
    read: Option<String>,
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Keys of raw text, for serde_json ends at a half of a surrogate pair when it reads one.
        let written = <&RawValue>::deserialize(deserializer)?.get();
        let raw = written[1..written.len() - 1].into();
        Ok(Key {
            raw: (!written.contains('\\')).then_some(raw),
            read: serde_json::from_str(written).ok(),
        })
    }
}

/// The members of an object as serde_json sees them; `None` when the text is no object.
fn members(text: &str) -> Option<Vec<(Key<'_>, &RawValue)>> {
    struct Members;

    impl<'de> Visitor<'de> for Members {
        type Value = Vec<(Key<'de>, &'de RawValue)>;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("an object")
        }

        fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
            let mut members = Vec::new();
            while let Some(member) = map.next_entry()? {
                members.push(member);
            }
            Ok(members)
        }
    }

    serde_json::Deserializer::from_str(text).deserialize_map(Members).ok()
}

/// The names of all fields.
static NAMES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    fn collect(of: &Type, names: &mut BTreeSet<&'static str>, seen: &mut Vec<*const Record>) {
        match of {
            Type::List(of) | Type::Map(of) | Type::OneOrMany(of) => collect(of, names, seen),
            Type::Record(record) if !seen.contains(&std::ptr::from_ref(*record)) => {
                seen.push(*record);
                for field in record.fields {
                    names.insert(field.name);
                    collect(&field.of, names, seen);
                }
                if let Some(base) = record.base {
                    collect(&Type::Record(base), names, seen);
                }
            }
            _ => {}
        }
    }
    let mut names = BTreeSet::new();
    let mut seen = Vec::new();
    for (_, operation) in OPERATIONS.iter() {
        let types = [operation.reply.map(|reply| reply.of), operation.body.map(|body| body.of)];
        types.iter().flatten().for_each(|of| collect(of, &mut names, &mut seen));
    }
    names
});

fn tells_nothing(mismatch: &Mismatch) {
    let mut rest = mismatch.place.as_str();
    while !rest.is_empty() {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let step = &rest[..end];
        assert!(step.is_empty() || step == "*" || NAMES.contains(step), "{}", mismatch.place);
        rest = rest[end..].trim_start_matches("[]");
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
}

fn is_taken_apart(text: &[u8]) {
    // A string. Control characters are left to whoever reads the text next.
    let string = json::string(text);
    match serde_json::from_slice::<String>(text) {
        Ok(expected) => assert_eq!(string.as_deref(), Some(expected.as_str())),
        Err(_) => assert!(string.is_none() || text.iter().any(|byte| *byte < b' ')),
    }
    let mut written = String::new();
    let plain = String::from_utf8_lossy(text);
    json::write_string(&mut written, &plain);
    assert_eq!(serde_json::from_str::<String>(&written).unwrap(), plain);

    let elements_count = json::count(text);
    let _ = numbers_are_exact(&mut Reader::new(text), 100);
    let Ok(plain) = std::str::from_utf8(text) else { return };
    let (own_members, own_elements) = (json::members(plain), json::elements(plain));
    if json(text).is_none() {
        return;
    }
    match members(plain) {
        Some(members) if members.iter().all(|(key, _)| key.read.is_some()) => {
            let own_members = own_members.unwrap();
            assert_eq!(own_members.len(), members.len());
            for ((own_key, own_value), (key, value)) in own_members.iter().zip(&members) {
                assert_eq!(Some(own_key.as_ref()), key.read.as_deref());
                assert_eq!(*own_value, value.get());
                if let Some(raw) = key.raw {
                    let mut equal = members.iter().rev().filter(|(key, _)| key.raw == Some(raw));
                    let last = equal.next().map(|(_, value)| value.get().as_bytes());
                    assert_eq!(json::at(text, &[raw]), last);
                }
            }
        }
        _ => assert!(own_members.is_err()),
    }
    match serde_json::from_str::<Vec<&RawValue>>(plain) {
        Ok(elements) => {
            let elements: Vec<&str> = elements.iter().map(|element| element.get()).collect();
            assert_eq!((own_elements.unwrap(), elements_count), (elements.clone(), elements.len()));
        }
        Err(_) => assert!(own_elements.is_err() && elements_count == 0),
    }
}

/// Each number on the way down to this depth.
fn numbers_are_exact(reader: &mut Reader<'_>, depth: usize) -> Result<(), Malformed> {
    match reader.peek()? {
        b'{' if depth > 0 => reader.object(|_, reader| numbers_are_exact(reader, depth - 1)),
        b'[' if depth > 0 => reader.array(|reader| numbers_are_exact(reader, depth - 1)),
        b'-' | b'0'..=b'9' => reader.value().map(is_exact),
        _ => reader.value().map(|_| ()),
    }
}

/// Whole numbers to the bit, or to the digit where zeros follow; other numbers must at least be numbers to
/// JavaScript.
fn is_exact(number: &[u8]) {
    let text = std::str::from_utf8(number).unwrap();
    let exact = exact_in_javascript(number);
    let double: f64 = text.parse().unwrap();
    assert!(double.is_finite() || !exact);
    if let Ok(whole) = text.parse::<i128>()
        && text.len() <= 30
    {
        let same = double as i128 == whole;
        // What JavaScript writes of 9.009999e22 is that number, though the double beneath is another one.
        let written = double.to_string().parse() == Ok(whole);
        assert!(same || written || !exact);
        assert!(exact || !same || u64::try_from(whole.unsigned_abs()).is_err());
    }
}

/// A server that always answers the same keeps nobody for ever: only flags can say "more".
fn ends(paging: Paging, text: &[u8]) {
    for asked in [None, Some(7), Some(u64::MAX)] {
        let first = read_page(paging, text, asked, None);
        let Some(position) = &first.next else { continue };
        let second = read_page(paging, text, asked, Some(position));
        let told = |position: &Position| {
            position.parameters().map(|(_, value)| value.into_owned()).next().unwrap()
        };
        match paging {
            Paging::PageToken | Paging::Cursor | Paging::PageNumber(_) => {
                assert!(second.next.is_none());
            }
            _ => {
                let number = |position| told(position).parse::<u64>().unwrap();
                assert!(second.next.iter().all(|next| number(next) > number(position)));
            }
        }
    }
}
