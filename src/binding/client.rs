//! The client as JavaScript sees it: one class for both APIs, one dispatch for all operations.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

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
        auth: Option<Function>,
        observer: Option<Function>,
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
            settings.auth_base_url.clone_from(&base);
            settings.base_url = base;
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
        if let Some(observer) = observer {
            settings.observer = Some(Rc::new(move |event| convert::tell(&observer, event)));
        }
        let thrown = Rc::new(RefCell::new(None));
        let tokens = auth.map(|provider| ProviderTokens::new(provider, thrown.clone()));
        let isolates_callers = given.flag("isolatesCallers");
        let runtime = Rc::new(JavaScriptRuntime { isolates_callers });
        let engine = Engine::new(settings, FetchTransport::new(fetch), tokens, runtime);
        Ok(Client { inner: Rc::new(Inner { engine, operations, thrown }) })
    }

    /// Calls an operation. `call` is JSON text: `{ operation, form, path, query, body, start, timeoutMs,
    /// retries, headers, stream }`. The form says what it resolves to: "record" to the record, "wire" to
    /// `{ data, status, headers, requestId, attempts }`, "page" to `[page, records, start of the next
    /// page, whether the page repeats the one before it]`. The call is given up when `aborted` resolves.
    ///
    /// `files` goes to the transport in place of the JSON, which describes it then; `stream` says that
    /// it can be sent only once.
    pub fn call(&self, call: String, files: JsValue, aborted: Option<Promise>) -> Promise {
        self.dispatch(move |inner| async move {
            let given = Given::read(&call);
            let operation = inner.operation(&given.text("operation").unwrap_or_default())?;
            let form = given.text("form").unwrap_or_default();
            let wire = form == "wire";
            let arguments = Arguments {
                path: given.member("path").unwrap_or_default().to_owned(),
                query: given.member("query").map(str::to_owned),
                body: given.member("body").map(str::to_owned),
                form: if wire { Form::Wire } else { Form::Record },
            };
            let options = options(&given, aborted);
            let start = given.member("start");
            let start = start.and_then(|text| Position::read(operation.paging, text));
            let files = body(files, &given);
            let reply =
                inner.engine.at(operation, &arguments, files, options, start.as_ref()).await;
            let reply = inner.settle(reply)?;
            let data = inner.parse(operation, reply.record())?;
            if form != "page" {
                return Ok(if wire { convert::answer(data, &reply) } else { data });
            }
            let page = inner.engine.read_page(operation, &arguments, &reply, start.as_ref());
            let next = page.next.map(|next| next.text());
            let mut items = String::new();
            for key in page.items {
                items.push_str(key);
                items.push('.');
            }
            Ok(convert::page(data, &items, page.repeated, next.as_deref()))
        })
    }

    /// Sends a request that the table does not know. `call` is JSON text: `{ method, path, body,
    /// repeatable, timeoutMs, retries, headers, stream }`; `body` is one that fetch takes. Resolves as a
    /// call in wire form does, with the body as bytes.
    pub fn request(&self, call: String, body: JsValue, aborted: Option<Promise>) -> Promise {
        self.dispatch(move |inner| async move {
            let given = Given::read(&call);
            let json = || given.member("body").map(|text| Payload::Json(text.to_owned()));
            let body = self::body(body, &given).map(Payload::Opaque).or_else(json);
            let generic = Generic {
                method: given.text("method").unwrap_or_default(),
                path: given.text("path").unwrap_or_default(),
                body,
                repeatable: given.flag("repeatable"),
            };
            let reply = inner.engine.request(generic, options(&given, aborted)).await;
            let reply = inner.settle(reply)?;
            let data = js_sys::Uint8Array::from(reply.body());
            Ok(convert::answer(data.into(), &reply))
        })
    }

    /// One place where all calls become promises, so that a method costs a few bytes.
    fn dispatch<F: Future<Output = Result<JsValue, JsValue>> + 'static>(
        &self,
        work: impl FnOnce(Rc<Inner>) -> F,
    ) -> Promise {
        // Boxed, because what makes a promise of a future is large and made for each type of future.
        let work: LocalBoxFuture<'static, _> = Box::pin(work(self.inner.clone()));
        future_to_promise(work)
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

/// A body that fetch takes, if there is one.
fn body(value: JsValue, given: &Given<'_>) -> Option<Body> {
    (!value.is_undefined()).then(|| Body { value, repeatable: !given.flag("stream") })
}

/// The options of a call; the façade has checked them.
fn options(given: &Given<'_>, aborted: Option<Promise>) -> Options {
    Options {
        timeout: given.whole("timeoutMs"),
        retries: given.whole("retries").map(|retries| retries as u32),
        headers: given.headers(),
        abort: aborted.map(|aborted| -> LocalBoxFuture<'static, ()> {
            Box::pin(async {
                let _ = JsFuture::from(aborted).await;
            })
        }),
    }
}
