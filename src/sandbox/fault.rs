//! Failures on demand.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::message::{Outgoing, write};
use super::reply::Reply;
use super::{inbox_health, instant, welkin};
use crate::operation::Api;

/// A planned failure; in JSON with the names of JavaScript.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// The API that fails; both when it is left out.
    #[serde(default, deserialize_with = "api")]
    pub api: Option<Api>,
    /// The id of the operation that fails; all when it is left out.
    pub operation: Option<String>,
    /// How many requests fail; `None`, `null` in JSON, for no end.
    #[serde(default = "once")]
    pub times: Option<u32>,
    /// How many requests pass first.
    #[serde(default)]
    pub after: u32,
    /// The status that is answered; the request is not processed then.
    pub status: Option<u16>,
    /// Headers of the answer.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The body of the answer: a string as it is, everything else as JSON, `null` too.
    #[serde(default, deserialize_with = "given")]
    pub body: Option<Value>,
    /// How long the answer is held back, in milliseconds.
    #[serde(default)]
    pub delay_ms: u64,
    /// Whether the connection is lost.
    pub drop: Option<Drop>,
    /// How many bytes of the body arrive. The head tells the whole length of a file all the same.
    pub truncate: Option<usize>,
    /// The place of a field that gets a value of another kind, as `content[].careTeam`.
    pub wrong_type: Option<String>,
}

/// When the connection is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drop {
    /// Before the request is processed.
    Before,
    /// When it has been processed.
    After,
}

impl<'de> Deserialize<'de> for Drop {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Bool(true) => Ok(Drop::Before),
            Value::String(word) if word == "after" => Ok(Drop::After),
            _ => Err(serde::de::Error::custom("drop is true or \"after\"")),
        }
    }
}

fn api<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Api>, D::Error> {
    match Option::<String>::deserialize(deserializer)?.as_deref() {
        None => Ok(None),
        Some("welkin") => Ok(Some(Api::Welkin)),
        Some("inboxHealth") => Ok(Some(Api::InboxHealth)),
        Some(_) => Err(serde::de::Error::custom("api is \"welkin\" or \"inboxHealth\"")),
    }
}

/// `null` is a value like any other.
fn given<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

fn once() -> Option<u32> {
    Some(1)
}

/// The fault of a request, if one is due. The first rule that is due takes the request; rules before
/// it that match but are not due count it.
pub fn due(faults: &mut Vec<Fault>, api: Api, operation: &str) -> Option<Fault> {
    let at = faults.iter_mut().position(|fault| fault.takes(api, operation))?;
    let fault = faults.get_mut(at)?;
    let taken = fault.clone();
    if let Some(times) = &mut fault.times {
        *times -= 1;
        if *times == 0 {
            faults.remove(at);
        }
    }
    Some(taken)
}

impl Fault {
    /// What is wrong with the rule.
    pub(super) fn check(&self) -> Result<(), String> {
        if let Some(operation) = &self.operation {
            let apis = match self.api {
                Some(api) => vec![api],
                None => vec![Api::Welkin, Api::InboxHealth],
            };
            if !apis.iter().any(|api| api.operation(operation).is_some()) {
                return Err("operation is not the id of an operation".to_owned());
            }
        }
        if self.times == Some(0) {
            return Err("times is at least 1".to_owned());
        }
        if self.status.is_some_and(|status| !(200..=599).contains(&status)) {
            return Err("status is between 200 and 599".to_owned());
        }
        Ok(())
    }

    fn takes(&mut self, api: Api, operation: &str) -> bool {
        let matches = self.api.is_none_or(|of| of == api)
            && self.operation.as_deref().is_none_or(|of| of == operation);
        if matches && self.after > 0 {
            self.after -= 1;
            return false;
        }
        matches
    }

    /// Whether the request is lost on its way.
    pub(super) fn drops_before(&self) -> bool {
        self.drop == Some(Drop::Before)
    }

    /// The answer that stands in the place of the real one.
    pub(super) fn reply(&mut self, api: Api, now: i64) -> Option<Reply> {
        let status = self.status?;
        if self.body.is_some() || matches!(status, 204 | 205 | 304) {
            return Some(Reply::empty(status));
        }
        Some(match api {
            Api::Welkin => welkin::errors::of_status(status, instant::at(now)),
            Api::InboxHealth => inbox_health::error(status, "Planned failure"),
        })
    }

    /// Spoils an answer.
    pub(super) fn spoil(self, outgoing: &mut Outgoing) {
        if let Some(place) = &self.wrong_type
            && let Ok(mut body) = serde_json::from_slice::<Value>(&outgoing.body)
        {
            let steps: Vec<&str> = place.split('.').collect();
            confuse(&mut body, &steps);
            outgoing.body = write(&body);
        }
        if self.body.is_some() {
            outgoing.headers.retain(|(header, _)| header != "content-length");
        }
        match self.body {
            Some(Value::String(text)) => outgoing.body = text.into_bytes(),
            Some(json) => {
                outgoing.body = write(&json);
                set(&mut outgoing.headers, "content-type", "application/json");
            }
            None => {}
        }
        for (name, value) in &self.headers {
            set(&mut outgoing.headers, &name.to_lowercase(), value);
        }
        if let Some(length) = self.truncate {
            outgoing.body.truncate(length);
        }
        outgoing.delay = self.delay_ms;
        outgoing.dropped = self.drop == Some(Drop::After);
    }
}

fn set(headers: &mut Vec<(String, String)>, name: &str, value: &str) {
    headers.retain(|(header, _)| header != name);
    headers.push((name.to_owned(), value.to_owned()));
}

/// Puts a value of another kind at a place; a missing field is added.
fn confuse(value: &mut Value, steps: &[&str]) {
    let Some((step, rest)) = steps.split_first() else {
        *value = other_kind(value);
        return;
    };
    let name = step.trim_end_matches("[]");
    let nested = step.len().saturating_sub(name.len()) / 2;
    let inner = if name.is_empty() {
        Some(value)
    } else {
        value.as_object_mut().map(|object| object.entry(name).or_insert(Value::Null))
    };
    if let Some(inner) = inner {
        each(inner, nested, rest);
    }
}

fn each(value: &mut Value, nested: usize, rest: &[&str]) {
    if nested == 0 {
        return confuse(value, rest);
    }
    for element in value.as_array_mut().into_iter().flatten() {
        each(element, nested - 1, rest);
    }
}

fn other_kind(value: &Value) -> Value {
    match value {
        Value::String(_) => json!(1),
        Value::Array(_) => json!({}),
        Value::Object(_) => json!([]),
        Value::Number(_) | Value::Bool(_) => json!("wrong"),
        // A missing or empty field: hardly any is declared as an object in an array.
        Value::Null => json!([{}]),
    }
}
