//! Errors, events and settings between Rust and JavaScript. They cross the border as JSON text.
// The server side uses a part of it.
#![cfg_attr(not(feature = "client"), allow(dead_code))]

use std::borrow::Cow;

use wasm_bindgen::prelude::*;

use crate::engine::{
    Error, Event, Failure, Happening, Mismatch, Reply, TokenHappening, json, text,
};

#[wasm_bindgen(module = "/src/binding/border.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    pub fn parse(bytes: &[u8]) -> Result<JsValue, JsValue>;
    fn failure(text: &str, body: &[u8], cause: JsValue) -> JsValue;
    #[wasm_bindgen(js_name = tell)]
    fn tell_text(observer: &js_sys::Function, text: &str);
    #[wasm_bindgen(js_name = answer)]
    fn answer_text(data: JsValue, text: &str) -> JsValue;
    pub fn page(data: JsValue, path: &str, repeated: bool, next: Option<&str>) -> JsValue;
}

/// A JSON object that is written member by member.
struct Text(String);

impl Text {
    fn new() -> Self {
        Text("{".into())
    }

    fn name(&mut self, name: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        json::write_string(&mut self.0, name);
        self.0.push(':');
    }

    fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        json::write_string(&mut self.0, value);
    }

    fn number(&mut self, name: &str, value: u64) {
        self.name(name);
        self.0.push_str(&text::decimal(value));
    }

    fn status(&mut self, status: Option<u16>) {
        if let Some(status) = status {
            self.number("status", status.into());
        }
    }

    fn request_id(&mut self, id: Option<&str>) {
        if let Some(id) = id {
            self.text("requestId", id);
        }
    }

    fn mismatch(&mut self, mismatch: &Mismatch) {
        self.text("path", &mismatch.place);
        self.text("expected", mismatch.expected);
        self.text("found", mismatch.found);
    }

    fn headers(&mut self, headers: &[(String, String)]) {
        self.name("headers");
        self.0.push_str(&json_pairs(headers));
    }

    fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// Names and values as an array of pairs, which is what `new Headers` takes.
pub fn json_pairs<N: AsRef<str>>(headers: &[(N, String)]) -> String {
    let mut text = String::from("[");
    for (name, value) in headers {
        text.push_str(if text.len() > 1 { ",[" } else { "[" });
        json::write_string(&mut text, name.as_ref());
        text.push(',');
        json::write_string(&mut text, value);
        text.push(']');
    }
    text.push(']');
    text
}

/// Reads names and values that follow each other.
pub fn name_values(texts: &[&str]) -> Vec<(String, String)> {
    let mut values = Vec::with_capacity(texts.len() / 2);
    for pair in texts.chunks_exact(2) {
        if let [name, value] = pair
            && let Some(name) = json::string(name.as_bytes())
            && let Some(value) = json::string(value.as_bytes())
        {
            values.push((name.into_owned(), value.into_owned()));
        }
    }
    values
}

/// An error as plain data, for the error classes of the façade.
pub fn error(error: &Error, cause: JsValue) -> JsValue {
    let mut plain = Text::new();
    plain.text("message", &error.message());
    plain.text("operation", error.operation);
    plain.text("outcome", error.outcome.name());
    let mut body = &[][..];
    let kind = match &error.failure {
        Failure::Config(argument) => {
            plain.text("parameter", &argument.parameter);
            plain.text("expected", &argument.expected);
            "config"
        }
        Failure::Token(problem) => {
            plain.text("reason", problem.name());
            "token"
        }
        Failure::Network => "network",
        Failure::Timeout { milliseconds } => {
            plain.number("timeoutMs", *milliseconds);
            "timeout"
        }
        Failure::Abort => "abort",
        Failure::Api(rejection) => {
            plain.status(Some(rejection.status));
            plain.request_id(rejection.request_id.as_deref());
            plain.headers(&rejection.headers);
            if let Some(wait) = rejection.retry_after {
                plain.number("retryAfterMs", wait);
            }
            body = &rejection.body;
            "api"
        }
        Failure::Decode(mismatch) => {
            plain.mismatch(mismatch);
            "decode"
        }
    };
    plain.text("kind", kind);
    let cause = if matches!(error.failure, Failure::Token(_)) { cause } else { JsValue::UNDEFINED };
    failure(&plain.end(), body, cause)
}

/// Tells an observer of an event.
pub fn tell(observer: &js_sys::Function, event: &Event) {
    let mut plain = Text::new();
    let kind = match &event.what {
        Happening::Request { method, attempt } => {
            plain.text("method", method);
            plain.number("attempt", (*attempt).into());
            "request"
        }
        Happening::Response { attempt, status, duration, request_id } => {
            plain.number("attempt", (*attempt).into());
            plain.status(*status);
            plain.number("durationMs", *duration);
            plain.request_id(request_id.as_deref());
            "response"
        }
        Happening::Retry { attempt, delay, status } => {
            plain.number("attempt", (*attempt).into());
            plain.number("delayMs", *delay);
            plain.status(*status);
            "retry"
        }
        Happening::Token(happening) => {
            let action = match happening {
                TokenHappening::Requested => "requested",
                TokenHappening::Received => "received",
                TokenHappening::Failed(problem) => {
                    plain.text("reason", problem.name());
                    "failed"
                }
                TokenHappening::Refused => "refused",
            };
            plain.text("action", action);
            "token"
        }
        Happening::Drift(mismatch) => {
            plain.mismatch(mismatch);
            "drift"
        }
        Happening::Page { records, last } => {
            plain.number("records", *records as u64);
            plain.name("last");
            plain.0.push_str(if *last { "true" } else { "false" });
            "page"
        }
        Happening::Failed { outcome } => {
            plain.text("outcome", outcome.name());
            "error"
        }
    };
    plain.text("type", kind);
    for (name, value) in [("operation", event.operation), ("pathTemplate", event.path_template)] {
        if !value.is_empty() {
            plain.text(name, value);
        }
    }
    tell_text(observer, &plain.end());
}

/// The answer to a call in wire form: `{ data, status, headers, requestId, attempts }`.
pub fn answer(data: JsValue, reply: &Reply) -> JsValue {
    let mut plain = Text::new();
    plain.status(Some(reply.status));
    plain.headers(&reply.headers);
    plain.request_id(reply.request_id.as_deref());
    plain.number("attempts", reply.attempts.into());
    answer_text(data, &plain.end())
}

/// What the façade gives: the members of a JSON object.
pub struct Given<'a>(Vec<(Cow<'a, str>, &'a str)>);

impl<'a> Given<'a> {
    /// Reads text that the façade wrote.
    pub fn read(text: &'a str) -> Self {
        Given(json::members(text).unwrap_or_default())
    }

    /// The JSON text of a member.
    pub fn member(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(of, _)| of == name).map(|(_, text)| *text)
    }

    /// A member that is text.
    pub fn text(&self, name: &str) -> Option<String> {
        Some(json::string(self.member(name)?.as_bytes())?.into_owned())
    }

    /// A member that is a whole number of at least 0.
    pub fn whole(&self, name: &str) -> Option<u64> {
        text::whole(self.member(name)?)
    }

    /// A member that is `true` or `false`.
    pub fn flag(&self, name: &str) -> bool {
        self.member(name) == Some("true")
    }

    /// Headers as an array of names and values.
    pub fn headers(&self) -> Vec<(String, String)> {
        let texts = self.member("headers").and_then(|text| json::elements(text).ok());
        name_values(&texts.unwrap_or_default())
    }
}
