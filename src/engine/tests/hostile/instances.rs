//! Arguments and replies made from the tables, which `tests/contract` compares with the references.

use serde_json::{Map, Value, json};

use crate::engine::{Arguments, Error, Options, Reply};
use crate::operation::{Api, Operation};
use crate::schema::{Field, Kind, Marks, Record, Type};

use super::super::stage::{Network, Tokens};
use crate::engine::Engine;

/// A text that is nowhere in the tables: a message or an event that holds it tells too much.
pub const SECRET: &str = "Marsh-4711";
/// The same as a number.
pub const SECRET_NUMBER: f64 = 47_114_711.25;

/// All operations of both APIs.
pub fn operations() -> impl Iterator<Item = (Api, &'static Operation)> {
    let of = |api: Api| api.operations().map(move |operation| (api, operation));
    [Api::Welkin, Api::InboxHealth].into_iter().flat_map(of)
}

/// How much of a value is there.
#[derive(Clone, Copy, PartialEq)]
pub enum Extent {
    /// What a request must have.
    Required,
    /// Every field.
    Full,
    /// Every field, with `null` wherever it may be.
    Nulls { lenient: bool },
}

/// The arguments of a call.
pub fn arguments(operation: &Operation, extent: Extent) -> Arguments {
    let segments = operation.segments.iter();
    let path = segments.map(|segment| match segment.of {
        Type::Integer => json!(7),
        _ => json!("p 1é"),
    });
    let mut query = Map::new();
    for parameter in operation.query {
        if parameter.marks.has(Marks::REQUIRED) {
            query.insert(parameter.name.into(), value(&parameter.of, extent));
        }
    }
    let body = operation.body.map(|body| value(&body.of, extent).to_string());
    let query = Some(Value::Object(query).to_string());
    Arguments {
        path: Value::Array(path.collect()).to_string(),
        query,
        body,
        ..Arguments::default()
    }
}

/// Calls an operation as a caller does: with a form where there is no JSON body.
pub async fn send(
    engine: &Engine<Network, Tokens>,
    operation: &'static Operation,
    arguments: &Arguments,
    options: Options,
) -> Result<Reply, Error> {
    if operation.form.is_some() && operation.body.is_none() {
        return engine.call_with(operation, arguments, true, options).await;
    }
    engine.call(operation, arguments, options).await
}

/// The body of a successful reply in its envelope; nothing where none is declared.
pub fn reply(operation: &Operation, extent: Extent) -> Vec<u8> {
    let Some(reply) = operation.reply else { return Vec::new() };
    enveloped(operation, value(&reply.of, extent)).to_string().into_bytes()
}

pub fn enveloped(operation: &Operation, record: Value) -> Value {
    match operation.reply.map_or("", |reply| reply.envelope) {
        "" => record,
        envelope => json!({ envelope: record }),
    }
}

/// A value of a type.
pub fn value(of: &Type, extent: Extent) -> Value {
    made(of, Marks::default(), extent, &mut Vec::new())
}

type Within = Vec<*const Record>;

fn made(of: &Type, marks: Marks, extent: Extent, within: &mut Within) -> Value {
    if let Extent::Nulls { lenient } = extent
        && !within.is_empty()
        && ((lenient && !marks.has(Marks::REQUIRED)) || marks.has(Marks::NULL))
    {
        return Value::Null;
    }
    match of {
        Type::Anything => json!({ "any": ["thing", 1, null] }),
        Type::Text | Type::Mixed(_) => json!("text with \"quotes\", \\ and é"),
        Type::Integer => json!(7),
        Type::Number => json!(0.5),
        Type::Boolean => json!(true),
        Type::File => json!({}),
        Type::List(element) | Type::OneOrMany(element) if holds_itself(element, within) => {
            json!([])
        }
        Type::List(element) => json!([made(element, Marks::REQUIRED, extent, within)]),
        Type::OneOrMany(one) if extent == Extent::Full => {
            json!([made(one, Marks::default(), extent, within)])
        }
        Type::OneOrMany(one) => made(one, Marks::default(), extent, within),
        Type::Map(of) => json!({ "key": made(of, Marks::default(), extent, within) }),
        Type::Record(record) => {
            within.push(std::ptr::from_ref(*record));
            let mut object = Map::new();
            for field in fields(record) {
                let wanted = extent != Extent::Required || field.marks.has(Marks::REQUIRED);
                if wanted && !holds_itself(&field.of, within) {
                    object.insert(field.name.into(), made(&field.of, field.marks, extent, within));
                }
            }
            if extent != Extent::Required {
                object.insert("unknownField".into(), json!({ "kept": true }));
            }
            within.pop();
            Value::Object(object)
        }
    }
}

fn holds_itself(of: &Type, within: &Within) -> bool {
    matches!(of, Type::Record(record) if within.contains(&std::ptr::from_ref(*record)))
}

fn fields(record: &'static Record) -> impl Iterator<Item = &'static Field> {
    let base = record.base.map_or(&[][..], |base| base.fields);
    record.fields.iter().chain(base)
}

/// A place in a full value: as a mismatch names it, and as a JSON pointer.
#[derive(Clone, Debug, Default)]
pub struct Place {
    pub named: String,
    pub pointer: String,
}

impl Place {
    fn inside(&self, named: &str, key: &str) -> Place {
        let dot = if self.named.is_empty() || named == "[]" { "" } else { "." };
        Place {
            named: [&self.named, dot, named].concat(),
            pointer: [&self.pointer, "/", key].concat(),
        }
    }
}

/// Every place of a full value below its whole, each with the values that do not belong there. What a
/// record holds is looked at once, wherever it is used again.
pub fn wrong_values(of: &Type, lenient: bool, seen: &mut Within) -> Vec<(Place, Value)> {
    let mut wrong = Vec::new();
    visit(of, &Place::default(), &mut Vec::new(), seen, &mut |of, marks, place| {
        let others = [
            json!(SECRET),
            json!(SECRET_NUMBER),
            json!(4_711),
            json!(true),
            json!([SECRET]),
            json!({ SECRET: SECRET }),
            Value::Null,
        ];
        let others = others.into_iter().filter(|value| !belongs(of, marks, lenient, value));
        wrong.extend(others.map(|value| (place.clone(), value)));
    });
    wrong
}

fn belongs(of: &Type, marks: Marks, lenient: bool, value: &Value) -> bool {
    match (of, value) {
        (Type::Anything, _) => true,
        (_, Value::Null) => (lenient && !marks.has(Marks::REQUIRED)) || marks.has(Marks::NULL),
        (Type::Text, Value::String(_)) | (Type::Boolean, Value::Bool(_)) => true,
        (Type::Integer, Value::Number(number)) => number.is_u64(),
        (Type::Number, Value::Number(_)) => true,
        // A list of wrong elements is one at the elements, not here.
        (Type::List(_), Value::Array(_)) | (Type::OneOrMany(_), Value::Array(_)) => true,
        (Type::Map(_) | Type::Record(_), Value::Object(_)) => true,
        (Type::OneOrMany(one), value) => belongs(one, marks, lenient, value),
        (Type::Mixed(kinds), Value::String(_)) => kinds & Kind::TEXT != 0,
        (Type::Mixed(kinds), Value::Number(number)) => {
            kinds & Kind::INTEGER != 0 && number.is_u64()
        }
        (Type::Mixed(kinds), Value::Bool(_)) => kinds & Kind::BOOLEAN != 0,
        (Type::Mixed(kinds), Value::Array(_)) => kinds & Kind::LIST != 0,
        _ => false,
    }
}

fn visit(
    of: &Type,
    place: &Place,
    within: &mut Within,
    seen: &mut Within,
    found: &mut dyn FnMut(&Type, Marks, &Place),
) {
    match of {
        Type::List(element) | Type::OneOrMany(element) if !holds_itself(element, within) => {
            let place = place.inside("[]", "0");
            found(element, Marks::default(), &place);
            visit(element, &place, within, seen, found);
        }
        Type::Map(of) => {
            let place = place.inside("*", "key");
            found(of, Marks::default(), &place);
            visit(of, &place, within, seen, found);
        }
        Type::Record(record) if !seen.contains(&std::ptr::from_ref(*record)) => {
            seen.push(std::ptr::from_ref(*record));
            within.push(std::ptr::from_ref(*record));
            for field in fields(record) {
                if !holds_itself(&field.of, within) {
                    let place = place.inside(field.name, field.name);
                    found(&field.of, field.marks, &place);
                    visit(&field.of, &place, within, seen, found);
                }
            }
            within.pop();
        }
        _ => {}
    }
}
