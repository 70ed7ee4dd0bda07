//! What of a body may be written, by the declared types of its operation. What no type knows is
//! kept, so that new fields of the APIs can be tried.

use super::record::Record;
use crate::operation::Operation;
use crate::schema::{self, Type};

/// What was sent without the fields that only replies have, which the API alone sets, and without
/// the keys whose place is beside the envelope.
pub fn settable(mut sent: Record, operation: &Operation) -> Record {
    let Some((body, Type::Record(request))) = operation.body.map(|body| (body, body.of)) else {
        return sent;
    };
    let is_beside = |name: &str| body.beside.iter().any(|parameter| parameter.name == name);
    sent.retain(|name, _| has(request, name) || !is_beside(name));
    if let Some(reply) = reply(operation) {
        leave_out(&mut sent, request, reply);
    }
    sent
}

/// What is settable without the fields that only requests have, which no reply shows.
pub fn shown(sent: &Record, operation: &Operation) -> Record {
    let mut shown = sent.clone();
    let request = operation.body.map(|body| body.of);
    if let (Some(Type::Record(request)), Some(reply)) = (request, reply(operation)) {
        shown.retain(|name, _| has(reply, name) || !has(request, name));
    }
    shown
}

/// The fields that only replies of the operation have.
pub fn reply_only(operation: &Operation) -> impl Iterator<Item = &'static str> {
    let request = match operation.body.map(|body| body.of) {
        Some(Type::Record(request)) => Some(request),
        _ => None,
    };
    let known = request.zip(reply(operation)).into_iter();
    known.flat_map(|(request, reply)| names(reply).filter(|name| !has(request, name)))
}

fn leave_out(sent: &mut Record, request: &schema::Record, reply: &schema::Record) {
    sent.retain(|name, _| has(request, name) || !has(reply, name));
    for (name, value) in sent.iter_mut() {
        let list = name.strip_suffix("_attributes").unwrap_or(name);
        if let (Some(request), Some(reply)) = (elements(request, name), elements(reply, list)) {
            let elements = value.as_array_mut().into_iter().flatten();
            for element in elements.filter_map(|element| element.as_object_mut()) {
                leave_out(element, request, reply);
            }
        }
    }
}

fn reply(operation: &Operation) -> Option<&'static schema::Record> {
    match operation.reply?.of {
        Type::Record(reply) => Some(reply),
        _ => None,
    }
}

/// The type of the records in a list.
fn elements(record: &schema::Record, list: &str) -> Option<&'static schema::Record> {
    match fields(record).find(|field| field.name == list)?.of {
        Type::List(Type::Record(element)) => Some(*element),
        _ => None,
    }
}

fn has(record: &schema::Record, name: &str) -> bool {
    names(record).any(|known| known == name)
}

fn names(record: &schema::Record) -> impl Iterator<Item = &'static str> {
    fields(record).map(|field| field.name)
}

/// The fields of a record and of its bases.
fn fields(record: &schema::Record) -> impl Iterator<Item = &'static schema::Field> {
    let bases = std::iter::successors(record.base, |base| base.base);
    record.fields.iter().chain(bases.flat_map(|base| base.fields))
}
