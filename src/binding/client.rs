//! The client as JavaScript sees it: one class for both APIs, one dispatch for all operations.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::convert::{self, get, name_values, text, whole};
use super::runtime::JavaScriptRuntime;
use super::token::ProviderTokens;
use super::transport::{Body, FetchTransport};
use crate::engine::{
    Arguments, Drift, Engine, Error, Form, Generic, Payload, Position, Reply, Settings,
};
use crate::operation::Operation;
use crate::table;

/// A client of one of the two APIs.
#[wasm_bindgen]
pub struct Client {
    inner: Rc<Inner>,
}

struct Inner {
    engine: Engine<FetchTransport, ProviderTokens>,
    operations: &'static [&'static Operation],
    /// What the token provider threw last.
    thrown: Rc<RefCell<Option<JsValue>>>,
}

thread_local! {
    /// The tables that were read, by their text.
    static TABLES: RefCell<Vec<(String, &'static [&'static Operation])>> = const { RefCell::new(Vec::new()) };
}

/// Reads a table the first time it is given: it lives as long as the program.
fn read_once(text: &str) -> Option<&'static [&'static Operation]> {
    TABLES.with_borrow_mut(|tables| {
        if let Some((_, operations)) = tables.iter().find(|(known, _)| known == text) {
            return Some(*operations);
        }
        let operations = &*table::read(text)?.leak();
        tables.push((text.to_owned(), operations));
        Some(operations)
    })
}

/// Where a page of a list begins.
#[wasm_bindgen]
#[derive(Clone)]
pub struct Start(Position);

#[wasm_bindgen]
impl Client {
    /// A client with these settings, which the façade has checked.
    #[wasm_bindgen(constructor)]
    pub fn new(table: &str, given: &JsValue) -> Result<Client, JsValue> {
        let operations = read_once(table).ok_or_else(|| JsValue::from("no operation table"))?;
        let mut settings = if text(given, "api").as_deref() == Some("welkin") {
            let mut settings = Settings::welkin("", "");
            let known = [("tenantName", "tenant"), ("instanceName", "instance")];
            let known = known.into_iter().filter_map(|(of, name)| Some((of, text(given, name)?)));
            settings.known = known.collect();
            settings
        } else {
            Settings::inbox_health("")
        };
        if let Some(base) = text(given, "baseUrl") {
            settings.auth_base_url.clone_from(&base);
            settings.base_url = base;
        }
        settings.auth_base_url = text(given, "authBaseUrl").unwrap_or(settings.auth_base_url);
        settings.headers = name_values(given, "headers");
        settings.timeout = whole(given, "timeoutMs").unwrap_or(settings.timeout);
        settings.retries = whole(given, "retries").map_or(settings.retries, |most| most as u32);
        settings.drift = match text(given, "drift").as_deref() {
            Some("strict") => Drift::Strict,
            Some("off") => Drift::Off,
            _ => Drift::Report,
        };
        if let Ok(observer) = get(given, "onEvent").dyn_into::<Function>() {
            settings.observer = Some(Rc::new(move |event| {
                // An observer that throws harms no call.
                let _ = observer.call1(&JsValue::UNDEFINED, &convert::event(event));
            }));
        }
        let thrown = Rc::new(RefCell::new(None));
        let provider = get(given, "auth").dyn_into::<Function>().ok();
        let tokens = provider.map(|provider| ProviderTokens::new(provider, thrown.clone()));
        let transport = FetchTransport::new(get(given, "fetch").dyn_into()?);
        let isolates_callers = get(given, "isolatesCallers").is_truthy();
        let runtime = Rc::new(JavaScriptRuntime { isolates_callers });
        let engine = Engine::new(settings, transport, tokens, runtime);
        Ok(Client { inner: Rc::new(Inner { engine, operations, thrown }) })
    }

    /// Calls an operation. `form` says what it resolves to: "record" to the record, "wire" to
    /// `[data, status, headers, requestId, attempts]`, "page" to `[page, records, start of the next
    /// page, whether the page repeats the one before it]`.
    pub fn call(
        &self,
        form: String,
        operation: String,
        path: String,
        query: Option<String>,
        body: Option<String>,
        options: JsValue,
        start: Option<Start>,
    ) -> Promise {
        let wire = form == "wire";
        let form_of_arguments = if wire { Form::Wire } else { Form::Record };
        let arguments = Arguments { path, query, body, form: form_of_arguments };
        self.dispatch(move |inner| async move {
            let operation = inner.operation(&operation)?;
            let options = convert::options(&options);
            if form != "page" {
                let reply = inner.engine.call(operation, &arguments, options).await;
                let reply = inner.settle(reply)?;
                let data = inner.parse(operation, reply.record())?;
                return Ok(if wire { answer(data, &reply) } else { data });
            }
            let start = start.map(|start| start.0);
            let page = inner.engine.page(operation, &arguments, options, start.as_ref()).await;
            let (reply, page) = inner.settle(page)?;
            let data = inner.parse(operation, reply.record())?;
            let mut records = data.clone();
            for key in page.items {
                records = get(&records, key);
            }
            if page.repeated || !Array::is_array(&records) {
                records = Array::new().into();
            }
            let next = page.next.map_or(JsValue::UNDEFINED, |next| Start(next).into());
            Ok(Array::of4(&data, &records, &next, &page.repeated.into()).into())
        })
    }

    /// Sends a request that the table does not know; resolves as a call in wire form does, with the
    /// body as bytes.
    pub fn request(
        &self,
        method: String,
        path: String,
        body: JsValue,
        repeatable: bool,
        options: JsValue,
    ) -> Promise {
        let body = if body.is_undefined() {
            None
        } else if let Some(text) = body.as_string() {
            Some(Payload::Json(text))
        } else {
            let stream = Reflect::has(&body, &"getReader".into()).unwrap_or(false);
            Some(Payload::Opaque(Body { value: body, repeatable: !stream }))
        };
        let generic = Generic { method, path, body, repeatable };
        self.dispatch(move |inner| async move {
            let reply = inner.engine.request(generic, convert::options(&options)).await;
            let reply = inner.settle(reply)?;
            let data = js_sys::Uint8Array::from(reply.body());
            Ok(answer(data.into(), &reply))
        })
    }

    /// One place where all calls become promises, so that a method costs a few bytes.
    fn dispatch<F: Future<Output = Result<JsValue, JsValue>> + 'static>(
        &self,
        work: impl FnOnce(Rc<Inner>) -> F,
    ) -> Promise {
        future_to_promise(work(self.inner.clone()))
    }
}

impl Inner {
    fn operation(&self, id: &str) -> Result<&'static Operation, JsValue> {
        let operation = self.operations.iter().find(|operation| operation.id == id);
        operation.copied().ok_or_else(|| {
            let error = Error::argument("operationId", "the id of an operation");
            convert::error(&error, JsValue::UNDEFINED)
        })
    }

    /// Builds the value with the JSON parser of the JavaScript engine.
    fn parse(&self, operation: &'static Operation, text: &[u8]) -> Result<JsValue, JsValue> {
        match convert::parse(text) {
            Ok(value) => Ok(value),
            // What an undocumented body holds is nobody's business.
            Err(_) if operation.reply.is_none() => Ok(JsValue::UNDEFINED),
            // What the parser says quotes the text: it goes no further.
            Err(_) => self.settle(Err(Error::not_json(operation))),
        }
    }

    fn settle<V>(&self, answer: Result<V, Error>) -> Result<V, JsValue> {
        answer.map_err(|error| {
            let cause = self.thrown.borrow().clone().unwrap_or(JsValue::UNDEFINED);
            convert::error(&error, cause)
        })
    }
}

fn answer(data: JsValue, reply: &Reply) -> JsValue {
    Array::of5(
        &data,
        &reply.status.into(),
        &convert::pairs(&reply.headers),
        &reply.request_id.as_deref().into(),
        &reply.attempts.into(),
    )
    .into()
}
