//! Bodies and replies made from the references alone, read by the engine's own check.

use std::cell::RefCell;
use std::collections::BTreeSet;

use carewire::engine::check::{Rule, check};
use carewire::operation::{Api, Operation};
use carewire::schema::Type;
use serde_json::{Map, Value, json};

use crate::deviations::MASKED;
use crate::reference::{Reference, referred};

/// What travels in one direction of an operation.
pub struct Travel<'a> {
    /// The operation in the table.
    pub operation: &'static Operation,
    reference: &'a Reference,
    schema: &'a Value,
    of: &'static Type,
    envelope: &'static str,
    rule: Rule,
    /// The schemas whose values were changed one by one already: one place will do.
    changed: &'a RefCell<BTreeSet<&'a str>>,
}

/// Visits the replies of all operations.
pub fn for_each_reply(references: impl Iterator<Item = (Api, Reference)>, visit: impl Fn(Travel)) {
    for (api, reference) in references {
        let changed = &RefCell::default();
        for entry in reference.entries() {
            let operation = api.operation(entry.id()).expect("the operation is in the table");
            if let (Some(schema), Some(reply)) = (entry.reply(), operation.reply) {
                let rule = Rule::Reply { lenient: api == Api::InboxHealth };
                let (of, envelope) = (&reply.of, reply.envelope);
                visit(Travel {
                    operation,
                    reference: &reference,
                    schema,
                    of,
                    envelope,
                    rule,
                    changed,
                });
            }
        }
    }
}

/// Visits the bodies of all operations, as a caller gives them: without envelope.
pub fn for_each_body(references: impl Iterator<Item = (Api, Reference)>, visit: impl Fn(Travel)) {
    for (api, reference) in references {
        let changed = &RefCell::default();
        for entry in reference.entries() {
            let operation = api.operation(entry.id()).expect("the operation is in the table");
            if let (Some(whole), Some(body)) = (entry.body(), operation.body) {
                let schema = match entry.envelopes().0 {
                    Some(envelope) => &reference.resolve(whole)["properties"][envelope],
                    None => whole,
                };
                let (of, envelope, rule) = (&body.of, "", Rule::Request);
                visit(Travel {
                    operation,
                    reference: &reference,
                    schema,
                    of,
                    envelope,
                    rule,
                    changed,
                });
            }
        }
    }
}

/// A place in an instance: as drift names it, and as a JSON pointer.
#[derive(Clone, Default)]
struct Place {
    named: String,
    pointer: String,
}

impl Place {
    fn key(&self, name: &str, envelope: bool) -> Place {
        let dot = if self.named.is_empty() { "" } else { "." };
        let named = if envelope { String::new() } else { format!("{}{dot}{name}", self.named) };
        Place { named, pointer: format!("{}/{name}", self.pointer) }
    }

    fn element(&self) -> Place {
        Place { named: format!("{}[]", self.named), pointer: format!("{}/0", self.pointer) }
    }

    fn value(&self) -> Place {
        let dot = if self.named.is_empty() { "" } else { "." };
        Place { named: format!("{}{dot}*", self.named), pointer: format!("{}/key", self.pointer) }
    }
}

impl<'a> Travel<'a> {
    /// An instance with every field of the reference.
    pub fn full(&self) -> Value {
        self.instance(self.schema, false, &mut Vec::new())
    }

    /// The same with `null` wherever the reference allows it.
    pub fn with_nulls(&self) -> Value {
        self.instance(self.schema, true, &mut Vec::new())
    }

    /// What the engine finds wrong with an instance, place by place.
    pub fn mismatches(&self, instance: &Value) -> Vec<String> {
        let mut places = Vec::new();
        let text = instance.to_string();
        check(text.as_bytes(), self.of, self.envelope, self.rule, &mut |mismatch| {
            places.push(mismatch.place)
        })
        .expect("an instance is JSON");
        places
    }

    /// Full instances with one value of a type that the reference does not allow there, and `null`
    /// where it may not be.
    pub fn with_one_wrong_value(&self) -> Vec<(String, Value)> {
        let mut wrong = Vec::new();
        self.visit(self.schema, &Place::default(), &mut Vec::new(), &mut |schema, place| {
            let (kinds, null) = self.reference.kinds(schema);
            if kinds.is_empty() || place.pointer.is_empty() {
                return;
            }
            let kind_of = |value: &Value| match value {
                Value::String(_) => "string",
                Value::Bool(_) => "boolean",
                Value::Number(_) => "number",
                Value::Array(_) => "array",
                _ => "object",
            };
            let others = [json!("text"), json!(1.5), json!(true), json!([]), json!({})];
            wrong.extend(
                others
                    .into_iter()
                    .filter(|value| !kinds.contains(&kind_of(value)))
                    .map(|value| (place.clone(), value)),
            );
            let masked = MASKED.iter().any(|name| place.pointer.ends_with(&format!("/{name}")));
            if !null && !masked && self.rule == (Rule::Reply { lenient: false }) {
                wrong.push((place.clone(), Value::Null));
            }
        });
        self.replaced(wrong)
    }

    /// Full instances without one of the values that the reference requires.
    pub fn with_one_required_value_missing(&self) -> Vec<(String, Value)> {
        let mut missing = Vec::new();
        self.visit(self.schema, &Place::default(), &mut Vec::new(), &mut |schema, place| {
            for name in self.reference.fields(schema).1 {
                missing.push((place.clone(), name.to_owned()));
            }
        });
        let full = self.full();
        let without = |(place, name): (Place, String)| {
            let mut instance = full.clone();
            let object = instance.pointer_mut(&place.pointer).and_then(Value::as_object_mut);
            object.expect("an object at the place").remove(&name);
            (place.key(&name, false).named, instance)
        };
        missing.into_iter().map(without).collect()
    }

    fn replaced(&self, values: Vec<(Place, Value)>) -> Vec<(String, Value)> {
        let full = self.full();
        let replaced = |(place, value): (Place, Value)| {
            let mut instance = full.clone();
            *instance.pointer_mut(&place.pointer).expect("a value at the place") = value;
            (place.named, instance)
        };
        values.into_iter().map(replaced).collect()
    }

    /// A value of a schema. A schema that holds itself is left out the second time.
    fn instance(&self, schema: &'a Value, nulls: bool, within: &mut Vec<&'a str>) -> Value {
        let (kinds, null) = self.reference.kinds(schema);
        if nulls && null {
            return Value::Null;
        }
        if let Some(one) = self.reference.one_or_many(schema) {
            // The two instances of a reply show one form each.
            let one = self.instance(one, nulls, within);
            return if nulls { json!([one]) } else { one };
        }
        let schema = self.reference.but_null(schema).unwrap_or(schema);
        let name = referred(schema);
        within.extend(name);
        let resolved = self.reference.resolve(schema);
        let value = match kinds.first() {
            None => json!({ "any": ["thing", 1, null] }),
            Some(&"string") => json!(words(resolved)),
            Some(&"integer") => json!(1250),
            Some(&"number") => json!(0.5),
            Some(&"boolean") => json!(true),
            Some(&"array") => {
                let again = referred(&resolved["items"]).is_some_and(|name| within.contains(&name));
                if again {
                    json!([])
                } else {
                    json!([self.instance(&resolved["items"], nulls, within)])
                }
            }
            _ => Value::Object(self.object(resolved, nulls, within)),
        };
        within.truncate(within.len() - usize::from(name.is_some()));
        value
    }

    fn object(
        &self,
        schema: &'a Value,
        nulls: bool,
        within: &mut Vec<&'a str>,
    ) -> Map<String, Value> {
        let (fields, _) = self.reference.fields(schema);
        let mut object = Map::new();
        for (name, of) in fields {
            if !self.holds_itself(of, within) {
                object.insert(name.to_owned(), self.instance(of, nulls, within));
            }
        }
        match &schema["additionalProperties"] {
            values @ Value::Object(_) => {
                object.insert("key".into(), self.instance(values, nulls, within))
            }
            _ => object.insert("unknownField".into(), json!({ "kept": true })),
        };
        object
    }

    fn holds_itself(&self, schema: &'a Value, within: &[&str]) -> bool {
        let schema = self.reference.but_null(schema).unwrap_or(schema);
        referred(schema).is_some_and(|name| within.contains(&name))
    }

    /// Visits every schema of an instance with its place.
    fn visit(
        &self,
        schema: &'a Value,
        place: &Place,
        within: &mut Vec<&'a str>,
        found: &mut dyn FnMut(&'a Value, &Place),
    ) {
        found(schema, place);
        let schema = self.reference.one_or_many(schema).unwrap_or(schema);
        let schema = self.reference.but_null(schema).unwrap_or(schema);
        let name = referred(schema);
        if name.is_some_and(|name| !self.changed.borrow_mut().insert(name)) {
            return;
        }
        within.extend(name);
        let resolved = self.reference.resolve(schema);
        match self.reference.kinds(schema).0.first() {
            Some(&"array") if self.holds_itself(&resolved["items"], within) => {}
            Some(&"array") => {
                self.visit(&resolved["items"], &place.element(), within, found);
            }
            Some(&"object") => {
                for (name, of) in self.reference.fields(resolved).0 {
                    if !self.holds_itself(of, within) {
                        let envelope = place.pointer.is_empty() && name == self.envelope;
                        self.visit(of, &place.key(name, envelope), within, found);
                    }
                }
                if let values @ Value::Object(_) = &resolved["additionalProperties"] {
                    self.visit(values, &place.value(), within, found);
                }
            }
            _ => {}
        }
        within.truncate(within.len() - usize::from(name.is_some()));
    }
}

/// A text of the schema's format or words.
fn words(schema: &Value) -> &str {
    match schema["format"].as_str() {
        Some("uuid") => "00000000-0000-4000-8000-000000000001",
        Some("date-time") => "2026-02-03T04:05:06.000Z",
        Some("date") => "2026-02-03",
        Some("uri") => "https://clinic.example.org/",
        Some("email") => "robin.marsh@example.org",
        _ => schema["enum"][0].as_str().unwrap_or("text with \"quotes\" and \\ and é"),
    }
}
