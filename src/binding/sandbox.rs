//! The sandbox for JavaScript.

use wasm_bindgen::prelude::*;

use crate::operation::Api;
use crate::sandbox::{self, Incoming, Outgoing, Part};

/// The stand-in for both APIs. A rule is JSON text.
#[wasm_bindgen]
pub struct Sandbox(sandbox::Sandbox);

#[wasm_bindgen]
impl Sandbox {
    /// A sandbox whose records lie around the instant `now`.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: JsValue, now: f64) -> Result<Sandbox, JsError> {
        let settings = serde_wasm_bindgen::from_value(settings)?;
        Ok(Sandbox(sandbox::Sandbox::new(settings, now as i64)))
    }

    /// Brings the first state back.
    pub fn reset(&mut self, now: f64) {
        self.0.reset(now as i64);
    }

    /// Plans a failure.
    pub fn fault(&mut self, rule: &str) -> Result<(), JsError> {
        self.0.fault(serde_json::from_str(rule)?).map_err(|wrong| JsError::new(&wrong))
    }

    /// A Welkin token and the instant of its end.
    #[wasm_bindgen(js_name = issueToken)]
    pub fn issue_token(&mut self, now: f64) -> Vec<String> {
        let (token, end) = self.0.issue_token(now as i64);
        vec![token, end]
    }

    /// Makes every Welkin token invalid.
    #[wasm_bindgen(js_name = revokeTokens)]
    pub fn revoke_tokens(&mut self) {
        self.0.revoke_tokens();
    }

    /// The deliveries of webhooks that wait, as a JSON array; they wait no longer.
    #[wasm_bindgen(js_name = takeWebhooks)]
    pub fn take_webhooks(&mut self) -> Result<String, JsError> {
        Ok(serde_json::to_string(&self.0.take_webhooks())?)
    }

    /// Queues a webhook event. The record is JSON text.
    #[wasm_bindgen(js_name = queueWebhook)]
    pub fn queue_webhook(&mut self, event: &str, record: &str, now: f64) -> Result<(), JsError> {
        self.0.queue_webhook(event, serde_json::from_str(record)?, now as i64);
        Ok(())
    }

    /// Answers a request. Headers are names and values in turn. A form comes as its parts, an array as
    /// JSON text, and its files one after another as the body.
    pub fn handle(
        &mut self,
        method: &str,
        url: &str,
        headers: Vec<String>,
        body: &[u8],
        parts: Option<String>,
        now: f64,
    ) -> Answer {
        let mut headers = headers.into_iter();
        let mut pairs = Vec::new();
        while let (Some(name), Some(value)) = (headers.next(), headers.next()) {
            pairs.push((name, value));
        }
        let parts: Option<Vec<Part>> = parts.and_then(|parts| serde_json::from_str(&parts).ok());
        let (parts, now) = (parts.as_deref(), now as i64);
        let incoming = Incoming { method, url, headers: &pairs, body, parts, now };
        self.0.handle(&incoming).into()
    }
}

/// An answer of the sandbox.
#[wasm_bindgen(getter_with_clone)]
pub struct Answer {
    /// The status; 0 when the connection is lost before there is one.
    pub status: u16,
    /// Names and values in turn.
    pub headers: Vec<String>,
    /// The bytes of the body.
    pub body: Vec<u8>,
    /// How long the answer is held back, in milliseconds.
    pub delay: f64,
    /// Whether the connection is lost instead.
    pub dropped: bool,
    /// The API that was asked.
    pub api: Option<String>,
    /// The id of the operation, if the request was one.
    pub operation: Option<String>,
}

impl From<Outgoing> for Answer {
    fn from(outgoing: Outgoing) -> Answer {
        let api = outgoing.api.map(|api| match api {
            Api::Welkin => "welkin",
            Api::InboxHealth => "inboxHealth",
        });
        Answer {
            status: outgoing.status,
            headers: outgoing.headers.into_iter().flat_map(|(name, value)| [name, value]).collect(),
            body: outgoing.body,
            delay: outgoing.delay as f64,
            dropped: outgoing.dropped,
            api: api.map(str::to_owned),
            operation: outgoing.operation.map(|operation| operation.id.to_owned()),
        }
    }
}
