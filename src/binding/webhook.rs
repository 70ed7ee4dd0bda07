//! The signature of webhooks as the façade asks for it.

use wasm_bindgen::prelude::*;

use crate::webhook::{Refusal, verify};

/// `"verified"`, `"signature_mismatch"` or `"malformed"`.
#[wasm_bindgen(js_name = verifyWebhook)]
pub fn verify_webhook(url: &str, body: &str, keys: Vec<String>, signature: &str) -> String {
    match verify(url, body, &keys, signature) {
        Ok(()) => "verified",
        Err(Refusal::Mismatch) => "signature_mismatch",
        Err(Refusal::Malformed) => "malformed",
    }
    .into()
}
