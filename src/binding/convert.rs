//! Errors, events and options between Rust and JavaScript.

use futures_channel::oneshot;
use futures_util::future::{FusedFuture, LocalBoxFuture};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use crate::engine::{Error, Event, Failure, Happening, Options, TokenHappening};

#[wasm_bindgen(inline_js = "
const decoder = new TextDecoder();
export const decode = (bytes) => decoder.decode(bytes);
export const parse = (bytes) => {
  const text = decoder.decode(bytes);
  return text.trim() === '' ? undefined : JSON.parse(text);
};
")]
extern "C" {
    /// Text of a body, with what is no UTF-8 replaced.
    fn decode(bytes: &[u8]) -> JsValue;
    /// The value that the JSON parser of the JavaScript engine builds; `undefined` of no text.
    #[wasm_bindgen(catch)]
    pub fn parse(bytes: &[u8]) -> Result<JsValue, JsValue>;
}

/// A plain object of these properties; what is `undefined` is left out.
pub fn object<const N: usize>(properties: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        set(&object, name, value);
    }
    object
}

/// Sets a property of a plain object, unless the value is `undefined`.
pub fn set(object: &Object, name: &str, value: JsValue) {
    if !value.is_undefined() {
        // A plain object takes every property.
        let _ = Reflect::set(object, &name.into(), &value);
    }
}

/// Names and values as an array of pairs, which is what `new Headers` takes.
pub fn pairs(headers: &[(String, String)]) -> JsValue {
    headers
        .iter()
        .map(|(name, value)| Array::of2(&name.into(), &value.into()))
        .collect::<Array>()
        .into()
}

/// An error as plain data, for the error classes of the façade.
pub fn error(error: &Error, cause: JsValue) -> JsValue {
    let kind = match &error.failure {
        Failure::Config(_) => "config",
        Failure::Token(_) => "token",
        Failure::Network => "network",
        Failure::Timeout { .. } => "timeout",
        Failure::Abort => "abort",
        Failure::Api(_) => "api",
        Failure::Decode(_) => "decode",
    };
    let plain = object([
        ("kind", kind.into()),
        ("message", error.to_string().into()),
        ("operation", error.operation.into()),
        ("outcome", error.outcome.name().into()),
    ]);
    match &error.failure {
        Failure::Config(argument) => {
            set(&plain, "parameter", argument.parameter.as_str().into());
            set(&plain, "expected", argument.expected.as_str().into());
        }
        Failure::Token(problem) => {
            set(&plain, "reason", problem.name().into());
            set(&plain, "cause", cause);
        }
        Failure::Timeout { milliseconds } => {
            set(&plain, "timeoutMs", (*milliseconds as f64).into())
        }
        Failure::Api(rejection) => {
            set(&plain, "status", rejection.status.into());
            set(&plain, "requestId", rejection.request_id.as_deref().into());
            set(&plain, "headers", pairs(&rejection.headers));
            set(&plain, "retryAfterMs", rejection.retry_after.map(|wait| wait as f64).into());
            set(&plain, "body", decode(&rejection.body));
        }
        Failure::Decode(mismatch) => {
            set(&plain, "path", mismatch.place.as_str().into());
            set(&plain, "expected", mismatch.expected.into());
            set(&plain, "found", mismatch.found.into());
        }
        Failure::Network | Failure::Abort => {}
    }
    plain.into()
}

/// An event as JavaScript sees it.
pub fn event(event: &Event) -> JsValue {
    let number = |value: u64| JsValue::from(value as f64);
    let plain = Object::new();
    let kind = match &event.what {
        Happening::Request { method, attempt } => {
            set(&plain, "method", (*method).into());
            set(&plain, "attempt", (*attempt).into());
            "request"
        }
        Happening::Response { attempt, status, duration, request_id } => {
            set(&plain, "attempt", (*attempt).into());
            set(&plain, "status", (*status).into());
            set(&plain, "durationMs", number(*duration));
            set(&plain, "requestId", request_id.as_deref().into());
            "response"
        }
        Happening::Retry { attempt, delay, status } => {
            set(&plain, "attempt", (*attempt).into());
            set(&plain, "delayMs", number(*delay));
            set(&plain, "status", (*status).into());
            "retry"
        }
        Happening::Token(happening) => {
            let (action, reason) = match happening {
                TokenHappening::Requested => ("requested", None),
                TokenHappening::Received => ("received", None),
                TokenHappening::Failed(problem) => ("failed", Some(problem.name())),
                TokenHappening::Refused => ("refused", None),
            };
            set(&plain, "action", action.into());
            set(&plain, "reason", reason.into());
            "token"
        }
        Happening::Drift(mismatch) => {
            set(&plain, "path", mismatch.place.as_str().into());
            set(&plain, "expected", mismatch.expected.into());
            set(&plain, "found", mismatch.found.into());
            "drift"
        }
        Happening::Page { records, last } => {
            set(&plain, "records", number(*records as u64));
            set(&plain, "last", (*last).into());
            "page"
        }
        Happening::Failed { outcome } => {
            set(&plain, "outcome", outcome.name().into());
            "error"
        }
    };
    set(&plain, "type", kind.into());
    if !event.operation.is_empty() {
        set(&plain, "operation", event.operation.into());
    }
    if !event.path_template.is_empty() {
        set(&plain, "pathTemplate", event.path_template.into());
    }
    plain.into()
}

/// A property of an object that the façade made; what is missing is `undefined`.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is text.
pub fn text(object: &JsValue, name: &str) -> Option<String> {
    get(object, name).as_string()
}

/// A property that is a whole number of at least 0.
pub fn whole(object: &JsValue, name: &str) -> Option<u64> {
    get(object, name).as_f64().map(|number| number as u64)
}

/// A property that is an array of names and values.
pub fn name_values(object: &JsValue, name: &str) -> Vec<(String, String)> {
    let pair = |pair: JsValue| {
        let pair: Array = pair.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    let list = get(object, name).dyn_into::<Array>();
    list.map_or_else(|_| Vec::new(), |list| list.iter().filter_map(pair).collect())
}

/// Reads the options of a call; the façade has checked them.
pub fn options(given: &JsValue) -> Options {
    if given.is_undefined() {
        return Options::default();
    }
    Options {
        timeout: whole(given, "timeoutMs"),
        retries: whole(given, "retries").map(|retries| retries as u32),
        headers: name_values(given, "headers"),
        abort: get(given, "signal").dyn_into().ok().map(abort),
    }
}

/// Ends when the signal is aborted. Its listener goes when it is dropped.
fn abort(signal: AbortSignal) -> LocalBoxFuture<'static, ()> {
    let (sender, receiver) = oneshot::channel();
    let mut sender = Some(sender);
    let listener = Closure::<dyn FnMut()>::new(move || {
        if let Some(sender) = sender.take() {
            let _ = sender.send(());
        }
    });
    Box::pin(async move {
        if signal.aborted() {
            return;
        }
        let listening = Listening { signal, listener };
        let function = listening.listener.as_ref().unchecked_ref();
        let _ = listening.signal.add_event_listener_with_callback("abort", function);
        if !receiver.is_terminated() {
            let _ = receiver.await;
        }
    })
}

struct Listening {
    signal: AbortSignal,
    listener: Closure<dyn FnMut()>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        let function = self.listener.as_ref().unchecked_ref();
        let _ = self.signal.remove_event_listener_with_callback("abort", function);
    }
}
