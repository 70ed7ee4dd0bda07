//! Lists: an array under the name of the resource, and nothing that says which page is the last.

use serde_json::{Map, Value};

use crate::sandbox::call::Call;
use crate::sandbox::order::{self, equals, holds};
use crate::sandbox::record::Record;
use crate::sandbox::reply::Reply;

/// Neither default nor maximum is known; the sandbox has no maximum.
const SIZE: usize = 25;

/// The page of a list that the query asks for. Filters look for a part of a text and for the whole of
/// anything else; `extra` finds what is not a field of the record.
pub fn page<'a>(
    call: &Call,
    records: impl Iterator<Item = &'a Record>,
    extra: impl Fn(&Record, &str) -> Option<Value>,
) -> Vec<Record> {
    let passes = |record: &&Record| {
        call.bracketed("filter").all(|(field, wanted)| {
            match record.get(field).cloned().or_else(|| extra(record, field)) {
                Some(Value::String(text)) => holds(&text, wanted),
                Some(Value::Null) | None => wanted.is_empty(),
                Some(other) => equals(&other, wanted),
            }
        })
    };
    let mut records: Vec<&Record> = records.filter(passes).collect();
    if let Some(sort) = call.query("sort") {
        // What an unknown field does is not known: here it changes nothing.
        order::sort(&mut records, sort, false);
    }
    let number = read(call, "page").unwrap_or(1);
    let size = read(call, "per_page").unwrap_or(SIZE);
    order::slice(records, (number - 1).saturating_mul(size), size)
}

/// Records under the name of their list.
pub fn listed(envelope: &str, records: Vec<Record>) -> Reply {
    let mut body = Map::new();
    body.insert(envelope.to_owned(), records.into_iter().map(Value::Object).collect());
    Reply::json(200, body)
}

/// A number that counts; 0 is taken for not given.
fn read(call: &Call, name: &str) -> Option<usize> {
    let value = call.query(name)?.parse::<u32>().ok()?;
    (value > 0).then_some(value as usize)
}

/// A record in its envelope.
pub fn enveloped(status: u16, envelope: &str, record: Record) -> Reply {
    let mut body = Map::new();
    body.insert(envelope.to_owned(), Value::Object(record));
    Reply::json(status, body)
}
