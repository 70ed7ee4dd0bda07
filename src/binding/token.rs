//! Asks the token provider that the caller configured.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use js_sys::{Date, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use crate::engine::{Token, TokenError, TokenRequest, TokenSource};

/// A token source over a provider function: synchronous, asynchronous or throwing.
pub struct ProviderTokens {
    provider: Function,
    thrown: Rc<RefCell<Option<JsValue>>>,
}

impl ProviderTokens {
    /// Asks this function. What it throws is kept in `thrown`, as the cause of the error.
    pub fn new(provider: Function, thrown: Rc<RefCell<Option<JsValue>>>) -> Self {
        ProviderTokens { provider, thrown }
    }
}

impl TokenSource for ProviderTokens {
    fn token(&self, request: TokenRequest) -> LocalBoxFuture<'static, Result<Token, TokenError>> {
        let provider = self.provider.clone();
        let thrown = self.thrown.clone();
        Box::pin(async move {
            match ask(&provider, request).await {
                Ok(answer) => read(&answer).ok_or(TokenError::Malformed),
                Err(error) => {
                    thrown.replace(Some(error));
                    Err(TokenError::Failed)
                }
            }
        })
    }
}

/// Tells the provider that nobody waits any more.
struct GivenUp(AbortController);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn ask(provider: &Function, request: TokenRequest) -> Result<JsValue, JsValue> {
    let given_up = GivenUp(AbortController::new()?);
    let question = Object::new();
    Reflect::set(&question, &"forceRefresh".into(), &request.force_refresh.into())?;
    Reflect::set(&question, &"signal".into(), &given_up.0.signal())?;
    let answer = provider.call1(&JsValue::UNDEFINED, &question)?;
    JsFuture::from(Promise::resolve(&answer)).await
}

/// `string | { token: string; expiresAt?: string | number | Date }`.
fn read(answer: &JsValue) -> Option<Token> {
    if let Some(secret) = answer.as_string() {
        return Some(Token { secret, expires_at: None });
    }
    let secret = Reflect::get(answer, &"token".into()).ok()?.as_string()?;
    let expires_at = Reflect::get(answer, &"expiresAt".into()).ok()?;
    if expires_at.is_undefined() || expires_at.is_null() {
        return Some(Token { secret, expires_at: None });
    }
    let time = match expires_at.as_f64() {
        Some(time) => time,
        None if expires_at.is_string() || expires_at.is_instance_of::<Date>() => {
            Date::new(&expires_at).get_time()
        }
        None => return None,
    };
    // What is before 1970 has expired like anything else in the past.
    time.is_finite().then_some(Token { secret, expires_at: Some(time.max(0.0) as u64) })
}
