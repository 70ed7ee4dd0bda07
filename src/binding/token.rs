//! Asks the token provider that the caller configured.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::cancel::Cancel;
use crate::engine::{Token, TokenError, TokenRequest, TokenSource, json, text};

#[wasm_bindgen(module = "/src/binding/border.js")]
extern "C" {
    fn ask(provider: &Function, refused: Option<&str>, signal: JsValue) -> Promise;
}

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
        // What an earlier question ended with is not the cause of this one's failure.
        thrown.take();
        Box::pin(async move {
            let cancel = Cancel::new().map_err(|_| TokenError::Failed)?;
            let answer =
                JsFuture::from(ask(&provider, request.refused.as_deref(), cancel.signal().into()));
            let answer = answer.await;
            cancel.disarm();
            match answer {
                Ok(answer) => read(&answer).ok_or(TokenError::Malformed),
                Err(error) => {
                    thrown.replace(Some(error));
                    Err(TokenError::Failed)
                }
            }
        })
    }
}

/// The token, and in milliseconds the end of its life if that is known, as a JSON array.
fn read(answer: &JsValue) -> Option<Token> {
    let text = answer.as_string()?;
    let parts = json::elements(&text).ok()?;
    let secret = json::string(parts.first()?.as_bytes())?.into_owned();
    let expires_at = parts.get(1).map(|end| text::whole(end).unwrap_or(u64::MAX));
    Some(Token { secret, expires_at })
}
