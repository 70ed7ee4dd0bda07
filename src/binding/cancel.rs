//! Tells JavaScript that nobody waits for its work any more.

use wasm_bindgen::JsValue;
use web_sys::{AbortController, AbortSignal};

/// Aborts its signal when it is dropped before the work was done.
pub struct Cancel(Option<AbortController>);

impl Cancel {
    /// A signal that is not aborted.
    pub fn new() -> Result<Self, JsValue> {
        Ok(Cancel(Some(AbortController::new()?)))
    }

    /// What the work listens to.
    pub fn signal(&self) -> Option<AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }

    /// The work is done: to abort it now would only make an exception that nobody sees.
    pub fn disarm(mut self) {
        self.0 = None;
    }
}

impl Drop for Cancel {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}
