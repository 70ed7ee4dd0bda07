//! A request as its handler sees it.

use jiff::Timestamp;
use serde_json::Value;

use super::form::{self, IncomingFile};
use super::instant;
use super::message::Incoming;
use super::record::Record;
use super::settable::{settable, shown};
use crate::engine::Mismatch;
use crate::engine::check::{Rule, check};
use crate::operation::Operation;
use crate::recognise::Recognised;
use crate::schema::{Marks, Type};

/// A request that was recognised as an operation.
pub struct Call<'a> {
    pub operation: &'static Operation,
    pub incoming: &'a Incoming<'a>,
    pub now: Timestamp,
    segments: &'a [(&'static str, String)],
    query: Vec<(String, String)>,
    /// The JSON of the body, or the texts of a form in its place; `null` when there is none.
    pub body: Value,
    /// The files of a form.
    pub files: Vec<IncomingFile<'a>>,
}

impl<'a> Call<'a> {
    pub fn new(found: &'a Recognised, query: &str, incoming: &'a Incoming<'a>) -> Call<'a> {
        Call {
            operation: found.operation,
            incoming,
            now: instant::at(incoming.now),
            segments: &found.path,
            query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            body: match incoming.parts {
                Some(parts) => form::fields(found.operation, parts),
                None => serde_json::from_slice(incoming.body).unwrap_or(Value::Null),
            },
            files: form::files(incoming.parts.unwrap_or_default(), incoming.body),
        }
    }

    /// A parameter of the path.
    pub fn segment(&self, name: &str) -> &str {
        let found = self.segments.iter().find(|(segment, _)| *segment == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The id in the path of Inbox Health, whose ids are whole numbers.
    pub fn id(&self) -> i64 {
        self.segment("id").parse().unwrap_or_default()
    }

    /// A parameter of the query, if it is there; it may be empty.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.queries(name).next()
    }

    /// All values of a parameter of the query.
    pub fn queries(&self, name: &str) -> impl Iterator<Item = &str> {
        self.query.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The parameters whose name is `name[…]`, by what is in the brackets.
    pub fn bracketed(&self, name: &str) -> impl Iterator<Item = (&str, &str)> {
        self.query.iter().filter_map(move |(key, value)| {
            let field = key.strip_prefix(name)?.strip_prefix('[')?.strip_suffix(']')?;
            Some((field, value.as_str()))
        })
    }

    /// A parameter of the query that holds a list, comma by comma.
    pub fn list(&self, name: &str) -> Option<Vec<&str>> {
        self.query(name).map(|list| list.split(',').filter(|part| !part.is_empty()).collect())
    }

    /// Whether a parameter of the query is `true`.
    pub fn flag(&self, name: &str) -> bool {
        self.query(name) == Some("true")
    }

    /// An instant in the query; [`Call::mistakes`] has seen that it is one.
    pub fn instant(&self, name: &str) -> Option<Timestamp> {
        self.query(name).and_then(instant::read)
    }

    /// The attributes that the caller sent, as far as a caller can set them.
    pub fn attributes(&self) -> Record {
        let envelope = self.operation.body.map_or("", |body| body.envelope);
        let attributes =
            if envelope.is_empty() { Some(&self.body) } else { self.body.get(envelope) };
        settable(attributes.and_then(Value::as_object).cloned().unwrap_or_default(), self.operation)
    }

    /// Those of the attributes that a record takes over as they are.
    pub fn shown(&self) -> Record {
        shown(&self.attributes(), self.operation)
    }

    /// What is wrong with the request by the declared types: the place and what was expected there.
    pub fn mistakes(&self) -> Vec<(String, String)> {
        let mut mistakes = Vec::new();
        for parameter in self.operation.query {
            let value = self.query(parameter.name);
            let wrong = match (&parameter.of, value) {
                (_, None) => parameter.marks.has(Marks::REQUIRED),
                (Type::Integer, Some(value)) => value.parse::<i64>().is_err(),
                (Type::Boolean, Some(value)) => !matches!(value, "true" | "false"),
                // The declared types do not tell instants from other text.
                (_, Some(value)) => {
                    is_instant(self.operation, parameter.name) && instant::read(value).is_none()
                }
            };
            if wrong {
                mistakes.push((parameter.name.to_owned(), expectation(value.is_none())));
            }
        }
        if let (Some(form), Some(parts)) = (self.operation.form, self.incoming.parts) {
            let text = form::described(form.parts, parts).to_string();
            let mut report = |mismatch: Mismatch| {
                let place = mismatch.place.trim_end_matches("[]").to_owned();
                mistakes.push((place, expectation(mismatch.found == "nothing")));
            };
            let of = Type::Record(form.parts);
            let _ = check(text.as_bytes(), &of, "", Rule::Request, &mut report);
        } else if let Some(body) = self.operation.body {
            let mut report = |mismatch: Mismatch| {
                let place = mismatch.place.trim_start_matches("*.").to_owned();
                mistakes.push((place, expectation(mismatch.found == "nothing")));
            };
            let text = self.incoming.body;
            if check(text, &body.of, body.envelope, Rule::Request, &mut report).is_err() {
                mistakes.push(("body".to_owned(), "is not JSON".to_owned()));
            } else if !body.envelope.is_empty()
                && !self.body.get(body.envelope).is_some_and(Value::is_object)
            {
                mistakes.push((body.envelope.to_owned(), expectation(true)));
            }
        }
        mistakes
    }
}

/// `from` and `to` are a range in a calendar, and addresses in a mailbox.
fn is_instant(operation: &Operation, name: &str) -> bool {
    match name {
        "from" | "to" => operation.path.contains("/calendar/"),
        _ => matches!(name, "dateStart" | "dateEnd" | "dueDate" | "dueBefore"),
    }
}

fn expectation(missing: bool) -> String {
    if missing { "is required" } else { "is not valid" }.to_owned()
}
