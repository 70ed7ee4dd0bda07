//! The server side as the façade sees it: an exchange of secrets, a vault and a desk for tokens, and an
//! API behind the gateway.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use futures_util::FutureExt;
use futures_util::future::{FusedFuture, LocalBoxFuture};
use js_sys::{Array, Date, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::AbortSignal;

use super::convert;
use super::runtime::JavaScriptRuntime;
use super::token::ProviderTokens;
use super::transport::FetchTransport;
use crate::edge::{
    Admitted, Answer, Caller, Description, Endpoint, Exchange, ExchangeError, Exchanged, Handed,
    Keeper, Kept, LIFE, NoToken, NotKept, Pass, REQUEST_PATIENCE, REST, Refusal, TokenDesk,
    TokenVault, Upstream, Verdict, Wanted, WelkinSecret, caller, headers,
};
use crate::engine::{Error, Options, Runtime, Scheme, Settings, json};

/// Exchanges the secret of one API client for tokens.
#[wasm_bindgen]
pub struct SecretExchange(Rc<Exchange<FetchTransport>>);

#[wasm_bindgen]
impl SecretExchange {
    /// An exchange with these settings, which the façade has checked.
    #[wasm_bindgen(constructor)]
    pub fn new(given: &JsValue) -> Result<SecretExchange, JsValue> {
        Ok(SecretExchange(Rc::new(exchange_of(given)?)))
    }

    /// Resolves to `{ token, expiresAt }`; rejects with a plain `{ message, reason, status,
    /// retryAfterMs }`.
    pub fn exchange(&self, signal: JsValue) -> Promise {
        let exchange = self.0.clone();
        future_to_promise(async move {
            let options =
                Options { abort: signal.dyn_into().ok().map(abort), ..Options::default() };
            match exchange.exchange(options).await {
                Ok(Exchanged { token, expires_at }) => {
                    let end = expires_at.unwrap_or_else(|| iso(Date::now() + LIFE as f64));
                    Ok(object([("token", token.into()), ("expiresAt", end.into())]).into())
                }
                Err(error) => Err(plain(&error)),
            }
        })
    }
}

fn exchange_of(given: &JsValue) -> Result<Exchange<FetchTransport>, JsValue> {
    let secret = WelkinSecret {
        tenant: text(given, "tenant").unwrap_or_default(),
        api_client: text(given, "apiClient").unwrap_or_default(),
        secret: text(given, "secret").unwrap_or_default(),
        auth_base_url: text(given, "authBaseUrl"),
        base_url: text(given, "baseUrl"),
        endpoint: match text(given, "endpoint").as_deref() {
            Some("legacy") => Endpoint::Legacy,
            _ => Endpoint::Primary,
        },
    };
    let transport = FetchTransport::new(get(given, "fetch").dyn_into()?);
    Exchange::new(secret, transport, runtime(given))
        .map_err(|wrong| config(&wrong.parameter, &wrong.expected))
}

fn plain(error: &ExchangeError) -> JsValue {
    object([
        ("message", error.to_string().into()),
        ("reason", error.problem.name().into()),
        ("status", error.status.into()),
        ("retryAfterMs", error.retry_after.map(|wait| wait as f64).into()),
    ])
    .into()
}

/// The inside of the Durable Object that holds the token of one API client.
#[wasm_bindgen]
pub struct Vault(Rc<TokenVault<FetchTransport, VaultKeeper>>);

#[wasm_bindgen]
impl Vault {
    /// A vault with the settings of an exchange and with what its keeper kept.
    #[wasm_bindgen(constructor)]
    pub fn new(
        given: &JsValue,
        keeper: VaultKeeper,
        count: Option<String>,
        token: Option<String>,
    ) -> Result<Vault, JsValue> {
        let exchange = exchange_of(given)?;
        Ok(Vault(TokenVault::new(exchange, keeper, runtime(given), &Kept { count, token })))
    }

    /// Resolves to `{ token, lifeMs, generation }`; rejects like an exchange.
    pub fn token(&self, refused: Option<f64>) -> Promise {
        let vault = self.0.clone();
        future_to_promise(async move {
            match vault.token(refused.map(|generation| generation as u64)).await {
                Ok(Handed { token, life, generation }) => Ok(object([
                    ("token", token.into()),
                    ("lifeMs", (life as f64).into()),
                    ("generation", (generation as f64).into()),
                ])
                .into()),
                Err(error) => Err(plain(&error)),
            }
        })
    }
}

#[wasm_bindgen]
extern "C" {
    /// Keeps text in the storage of the Durable Object.
    #[derive(Clone)]
    pub type VaultKeeper;

    #[wasm_bindgen(method, catch, js_name = keepCount)]
    fn keep_count_text(this: &VaultKeeper, count: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = keepToken)]
    fn keep_token_text(this: &VaultKeeper, token: &str) -> Result<Promise, JsValue>;
}

/// Ends when the storage has it.
fn kept(keeping: Result<Promise, JsValue>) -> LocalBoxFuture<'static, Result<(), NotKept>> {
    Box::pin(async move {
        let done = JsFuture::from(keeping.map_err(|_| NotKept)?).await;
        done.map(drop).map_err(|_| NotKept)
    })
}

impl Keeper for VaultKeeper {
    fn keep_count(&self, count: String) -> LocalBoxFuture<'static, Result<(), NotKept>> {
        kept(self.keep_count_text(&count))
    }

    fn keep_token(&self, token: String) -> LocalBoxFuture<'static, Result<(), NotKept>> {
        kept(self.keep_token_text(&token))
    }

    fn date(&self, text: &str) -> Option<u64> {
        let time = Date::parse(text);
        time.is_finite().then_some(time.max(0.0) as u64)
    }
}

/// The desk of a token route.
#[wasm_bindgen]
pub struct Desk(RefCell<TokenDesk>);

impl Default for Desk {
    fn default() -> Self {
        Desk(RefCell::new(TokenDesk::new(REQUEST_PATIENCE)))
    }
}

#[wasm_bindgen]
impl Desk {
    /// An empty desk.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Desk {
        Desk::default()
    }

    /// `{ token, expiresAt }` to hand out, `{ ask: { forceRefresh, refused } }`, `{ restMs }`, or `{}`
    /// to look again shortly.
    pub fn next(&self, force_refresh: bool) -> JsValue {
        let now = CLOCK.monotonic();
        let wanted = if force_refresh { Wanted::Another } else { Wanted::Any };
        match self.0.borrow_mut().next(wanted, now, CLOCK.wall()) {
            Answer::Give { token, expires_at, .. } => {
                object([("token", token.into()), ("expiresAt", iso(expires_at as f64).into())])
            }
            Answer::Ask { force_refresh, refused } => {
                let ask =
                    object([("forceRefresh", force_refresh.into()), ("refused", refused.into())]);
                object([("ask", ask.into())])
            }
            Answer::Wait => object([]),
            Answer::Rest(wait) => object([("restMs", (wait as f64).into())]),
        }
        .into()
    }

    /// The provider answered; `expires_at` in milliseconds since 1970. Says whether that is a token.
    pub fn received(&self, token: String, expires_at: Option<f64>) -> bool {
        let wall = CLOCK.wall() as f64;
        let life = expires_at.map_or(LIFE as f64, |at| at - wall);
        // A cast keeps what is below zero or no number at zero.
        self.0.borrow_mut().received(token, life as u64, CLOCK.monotonic())
    }

    /// The provider failed.
    pub fn failed(&self) {
        self.0.borrow_mut().failed(CLOCK.monotonic(), REST);
    }
}

const CLOCK: JavaScriptRuntime = JavaScriptRuntime { isolates_callers: true };

/// One API behind the gateway.
#[wasm_bindgen]
pub struct GatewayApi {
    upstream: Rc<Upstream<ProviderTokens>>,
    leave: Rc<Leave>,
}

#[wasm_bindgen]
impl GatewayApi {
    /// An API with these settings, which the façade has checked.
    #[wasm_bindgen(constructor)]
    pub fn new(given: &JsValue) -> Result<GatewayApi, JsValue> {
        let mut settings = if text(given, "api").as_deref() == Some("welkin") {
            let name = |name| text(given, name).unwrap_or_default();
            Settings::welkin(name("tenant"), name("instance"))
        } else {
            Settings::inbox_health("")
        };
        if get(given, "scheme").is_truthy() {
            settings.scheme = Scheme::Basic;
        }
        settings.base_url = text(given, "baseUrl").unwrap_or(settings.base_url);
        let tokens = ProviderTokens::new(get(given, "auth").dyn_into::<Function>()?, Rc::default());
        let upstream = Rc::new(Upstream::new(settings, tokens, runtime(given)));
        Ok(GatewayApi { upstream, leave: Rc::default() })
    }

    /// Scheme and host, and a path prefix if there is one.
    #[wasm_bindgen(getter, js_name = baseUrl)]
    pub fn base_url(&self) -> String {
        self.upstream.base_url().into()
    }

    /// `{ path, carries, same }` of the operation of this id; `undefined` when no caller can ask for it.
    /// The names of its path parameters, what a request may carry, and pairs: a field of the body and
    /// the place of the path parameter that it must agree with.
    pub fn describe(&self, operation: &str) -> JsValue {
        let Some(Description { path, carries, same }) = self.upstream.describe(operation) else {
            return JsValue::UNDEFINED;
        };
        let path = path.into_iter().map(JsValue::from).collect::<Array>();
        let same = same.into_iter().map(|(field, at)| Array::of2(&field.into(), &at.into()));
        object([
            ("path", path.into()),
            ("carries", carries.name().into()),
            ("same", same.collect::<Array>().into()),
        ])
        .into()
    }

    /// Recognises a request. The answer is one text, for that crosses the border most cheaply, and no
    /// value of a request that is let in holds a line break: `""` (not an operation), `"?"` (its query
    /// is not the operation's), or in lines: operation, target, the values of the path parameters, then
    /// name and value of each query parameter.
    pub fn admit(&self, method: &str, target: &str) -> String {
        match self.upstream.admit(method, target) {
            Ok(admitted) => lines(&admitted),
            Err(Refusal::Unknown) => String::new(),
            Err(Refusal::Query) => "?".into(),
        }
    }

    /// Whether JavaScript reads all numbers of this JSON as they are written.
    #[wasm_bindgen(js_name = isExact)]
    pub fn is_exact(&self, text: &str) -> bool {
        json::is_exact(text.as_bytes())
    }

    /// Leave to send a request: `[name, value]`, the header of the credential; or a promise of it,
    /// which is rejected with nothing when there is no usable token.
    pub fn ready(&self) -> JsValue {
        let (upstream, leave) = (self.upstream.clone(), self.leave.clone());
        let mut ready = Box::pin(async move {
            match upstream.ready().await {
                Ok(pass) => Ok(leave.header(&upstream, pass)),
                Err(NoToken) => Err(JsValue::UNDEFINED),
            }
        });
        match ready.as_mut().now_or_never() {
            Some(Ok(header)) => header,
            Some(Err(nothing)) => Promise::reject(&nothing).into(),
            None => future_to_promise(ready).into(),
        }
    }

    /// What becomes of an answer by its status: 0 it goes to the caller, 1 the request is sent once
    /// more, 2 it is not passed on. `header` is the one that `ready` gave.
    pub fn judge(&self, header: &JsValue, status: u16, repeatable: bool) -> u8 {
        match self.upstream.judge(self.leave.pass(header).as_ref(), status, repeatable) {
            Verdict::Answer => 0,
            Verdict::Again => 1,
            Verdict::Refuse => 2,
        }
    }
}

fn lines(Admitted { operation, path, query, target }: &Admitted) -> String {
    let mut lines = vec![operation.id, target];
    lines.extend(path.iter().map(|(_, value)| value.as_str()));
    lines.extend(query.iter().flat_map(|(name, value)| [name.as_str(), value]));
    lines.join("\n")
}

/// The last leave that was given, as JavaScript knows it: the header is made once for each token.
#[derive(Default)]
struct Leave(RefCell<Option<(Pass, JsValue)>>);

impl Leave {
    fn header(&self, upstream: &Upstream<ProviderTokens>, pass: Pass) -> JsValue {
        let mut last = self.0.borrow_mut();
        match &*last {
            Some((known, header)) if Rc::ptr_eq(known.secret(), pass.secret()) => header.clone(),
            _ => {
                let (name, before) = upstream.scheme();
                let value = [before, pass.secret()].concat();
                let header: JsValue = Array::of2(&name.into(), &value.into()).into();
                *last = Some((pass, header.clone()));
                header
            }
        }
    }

    /// The pass of a header. That of an older token is forgotten, as the token is.
    fn pass(&self, header: &JsValue) -> Option<Pass> {
        let last = self.0.borrow();
        last.as_ref().filter(|(_, known)| known == header).map(|(pass, _)| pass.clone())
    }
}

/// Where requests come from.
#[wasm_bindgen]
pub struct Guard(Vec<String>);

#[wasm_bindgen]
impl Guard {
    /// A guard that knows these other origins.
    #[wasm_bindgen(constructor)]
    pub fn new(listed: Vec<String>) -> Guard {
        Guard(listed)
    }

    /// 0 who may not send a request of this method, 1 a page of a listed origin, 2 anybody else.
    pub fn caller(
        &self,
        origin: Option<String>,
        site: Option<String>,
        own: &str,
        method: &str,
    ) -> u8 {
        match caller(origin.as_deref(), site.as_deref(), own, &self.0) {
            caller if !caller.may(method) => 0,
            Caller::Listed => 1,
            _ => 2,
        }
    }
}

/// The headers that pass: `{ request, response, gateway, always, corsMethods, corsRequest }`.
#[wasm_bindgen(js_name = headerRules)]
pub fn header_rules() -> JsValue {
    let names = |names: &[&str]| names.iter().map(|name| JsValue::from(*name)).collect::<Array>();
    let always = object([]);
    for (name, value) in headers::ALWAYS {
        set(&always, name, (*value).into());
    }
    object([
        ("request", names(headers::REQUEST).into()),
        ("response", names(headers::RESPONSE).into()),
        ("gateway", headers::GATEWAY.into()),
        ("always", always.into()),
        ("corsMethods", headers::CORS_METHODS.into()),
        ("corsRequest", headers::CORS_REQUEST.into()),
    ])
    .into()
}

fn runtime(given: &JsValue) -> Rc<JavaScriptRuntime> {
    Rc::new(JavaScriptRuntime { isolates_callers: get(given, "isolatesCallers").is_truthy() })
}

fn config(parameter: &str, expected: &str) -> JsValue {
    convert::error(&Error::argument(parameter, expected), JsValue::UNDEFINED)
}

fn iso(milliseconds: f64) -> String {
    let date = Date::new(&milliseconds.into());
    if date.get_time().is_nan() { String::new() } else { date.to_iso_string().into() }
}

/// A plain object of these properties; what is `undefined` is left out.
fn object<const N: usize>(properties: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        set(&object, name, value);
    }
    object
}

/// Sets a property of a plain object, unless the value is `undefined`.
fn set(object: &Object, name: &str, value: JsValue) {
    if !value.is_undefined() {
        // A plain object takes every property.
        let _ = Reflect::set(object, &name.into(), &value);
    }
}

/// A property of an object that the façade made; what is missing is `undefined`.
fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is text.
fn text(object: &JsValue, name: &str) -> Option<String> {
    get(object, name).as_string()
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
