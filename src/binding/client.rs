//! The client as JavaScript sees it: one class for both APIs, one dispatch for all operations.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::convert::{self, Given};
use super::runtime::JavaScriptRuntime;
use super::token::ProviderTokens;
use super::transport::{Body, FetchTransport};
use crate::engine::{
    Arguments, Drift, Engine, Error, Form, Generic, Limit, Options, Payload, Position, Scheme,
    Settings,
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

#[wasm_bindgen]
impl Client {
    /// A client with these settings, which the façade has checked: an object as JSON text, and the
    /// functions.
    #[wasm_bindgen(constructor)]
    pub fn new(
        table: &str,
        given: &str,
        fetch: Function,
        auth: JsValue,
        observer: JsValue,
    ) -> Result<Client, JsValue> {
        let operations = read_once(table).ok_or_else(|| JsValue::from("no operation table"))?;
        let given = Given::read(given);
        let mut settings = if given.text("api").as_deref() == Some("welkin") {
            let mut settings = Settings::welkin("", "");
            settings.known.clear();
            for (of, name) in [("tenantName", "tenant"), ("instanceName", "instance")] {
                settings.known.extend(given.text(name).map(|value| (of, value)));
            }
            settings
        } else {
            let mut settings = Settings::inbox_health("");
            if given.member("scheme").is_some() {
                settings.scheme = Scheme::Basic;
            }
            if let (Some(burst), Some(interval)) = (given.whole("burst"), given.whole("interval")) {
                settings.limit = Some(Limit { burst: burst as u32, interval });
            }
            settings
        };
        if let Some(base) = given.text("baseUrl") {
            settings.set_base_url(base);
        }
        settings.auth_base_url = given.text("authBaseUrl").unwrap_or(settings.auth_base_url);
        settings.headers = given.headers();
        settings.timeout = given.whole("timeoutMs").unwrap_or(settings.timeout);
        settings.retries = given.whole("retries").map_or(settings.retries, |most| most as u32);
        settings.drift = match given.text("drift").as_deref() {
            Some("strict") => Drift::Strict,
            Some("off") => Drift::Off,
            _ => Drift::Report,
        };
        if let Some(observer) = given_one(observer) {
            let observer = observer.unchecked_into();
            settings.observer = Some(Rc::new(move |event| convert::tell(&observer, event)));
        }
        let thrown = Rc::new(RefCell::new(None));
        let tokens = given_one(auth)
            .map(|provider| ProviderTokens::new(provider.unchecked_into(), thrown.clone()));
        let isolates_callers = given.flag("isolatesCallers");
        let runtime = Rc::new(JavaScriptRuntime { isolates_callers });
        let engine = Engine::new(settings, FetchTransport::new(fetch), tokens, runtime);
        Ok(Client { inner: Rc::new(Inner { engine, operations, thrown }) })
    }

    /// Makes a call, and passes what it resolves to or what it fails with to one of the two functions.
    /// `call` is JSON text: `{ operation, form, path, query, body, start, timeoutMs, retries, headers,
    /// stream }`. The form says what it resolves to: "record" to the record, "wire" to `{ data, status,
    /// headers, requestId, attempts }`, "page" to `[page, records, start of the next page, whether the
    /// page repeats the one before it]`. The call is given up when `aborted`, a promise, resolves.
    ///
    /// A call without an operation is a request that the table does not know: `{ method, path, body,
    /// repeatable, timeoutMs, retries, headers, stream }`. It resolves as one in wire form does, with
    /// the body as bytes.
    ///
    /// `body` goes to the transport in place of the JSON, which describes it then; `stream` says that
    /// it can be sent only once.
    pub fn call(
        &self,
        call: String,
        body: JsValue,
        aborted: JsValue,
        resolve: Function,
        reject: Function,
    ) {
        let inner = self.inner.clone();
        spawn_local(async move {
            let given = Given::read(&call);
            let body =
                given_one(body).map(|value| Body { value, repeatable: !given.flag("stream") });
            let options = options(&given, aborted);
            let answer = match given.text("operation") {
                Some(id) => inner.call(&id, &given, body, options).await,
                None => inner.request(&given, body, options).await,
            };
            let _ = match answer {
                Ok(value) => resolve.call1(&JsValue::UNDEFINED, &value),
                Err(error) => reject.call1(&JsValue::UNDEFINED, &error),
            };
        });
    }
}

impl Inner {
    async fn call(
        &self,
        id: &str,
        given: &Given<'_>,
        body: Option<Body>,
        options: Options,
    ) -> Result<JsValue, JsValue> {
        let operation = self.operation(id)?;
        let form = given.text("form").unwrap_or_default();
        let wire = form == "wire";
        let arguments = Arguments {
            path: given.member("path").unwrap_or_default().to_owned(),
            query: given.member("query").map(str::to_owned),
            body: given.member("body").map(str::to_owned),
            form: if wire { Form::Wire } else { Form::Record },
        };
        let start = given.member("start").and_then(|text| Position::read(operation.paging, text));
        let reply = self.engine.at(operation, &arguments, body, options, start.as_ref()).await;
        let reply = self.settle(reply)?;
        let data = self.parse(operation, reply.record())?;
        if form != "page" {
            return Ok(if wire { convert::answer(data, &reply) } else { data });
        }
        let page = self.engine.read_page(operation, &arguments, &reply, start.as_ref());
        let page = self.settle(page)?;
        let next = page.next.map(|next| next.text());
        Ok(convert::page(data, page.items, page.repeated, next.as_deref()))
    }

    async fn request(
        &self,
        given: &Given<'_>,
        body: Option<Body>,
        options: Options,
    ) -> Result<JsValue, JsValue> {
        let json = || given.member("body").map(|text| Payload::Json(text.to_owned()));
        let generic = Generic {
            method: given.text("method").unwrap_or_default(),
            path: given.text("path").unwrap_or_default(),
            body: body.map(Payload::Opaque).or_else(json),
            repeatable: given.flag("repeatable"),
        };
        let reply = self.settle(self.engine.request(generic, options).await)?;
        let data = js_sys::Uint8Array::from(reply.body());
        Ok(convert::answer(data.into(), &reply))
    }

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
            Err(_) => Err(self.rejection(self.engine.not_json(operation))),
        }
    }

    fn settle<V>(&self, answer: Result<V, Error>) -> Result<V, JsValue> {
        answer.map_err(|error| self.rejection(error))
    }

    // Once, for bytes.
    #[inline(never)]
    fn rejection(&self, error: Error) -> JsValue {
        let cause = self.thrown.borrow().clone().unwrap_or(JsValue::UNDEFINED);
        convert::error(&error, cause)
    }
}

/// A value, unless it is `undefined`.
fn given_one(value: JsValue) -> Option<JsValue> {
    (!value.is_undefined()).then_some(value)
}

/// The options of a call; the façade has checked them.
fn options(given: &Given<'_>, aborted: JsValue) -> Options {
    Options {
        timeout: given.whole("timeoutMs"),
        retries: given.whole("retries").map(|retries| retries as u32),
        headers: given.headers(),
        abort: given_one(aborted).map(|aborted| -> LocalBoxFuture<'static, ()> {
            Box::pin(async {
                let _ = JsFuture::from(aborted.unchecked_into::<Promise>()).await;
            })
        }),
    }
}
