//! Clock, timers, chance and background work of a JavaScript engine.

use futures_util::future::LocalBoxFuture;
use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;

use crate::engine::notice::Notice;
use crate::engine::{Runtime, text};

/// The longest time that `setTimeout` knows, in milliseconds.
const LONGEST: u64 = i32::MAX as u64;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

/// The runtime of a browser, of Node or of workerd.
pub struct JavaScriptRuntime {
    /// Whether this is workerd, where one request must not wait for another's work.
    pub isolates_callers: bool,
}

impl Runtime for JavaScriptRuntime {
    fn monotonic(&self) -> u64 {
        performance_now() as u64
    }

    fn wall(&self) -> u64 {
        js_sys::Date::now() as u64
    }

    fn sleep(&self, milliseconds: u64) -> LocalBoxFuture<'static, ()> {
        let notice = Notice::default();
        let over = notice.given();
        // No time is over at once: a timer would let other work go first.
        let timer = (milliseconds > 0)
            .then(move || Timeout::new(milliseconds.min(LONGEST) as u32, move || drop(notice)));
        Box::pin(async move {
            over.await;
            drop(timer);
        })
    }

    fn random(&self) -> f64 {
        js_sys::Math::random()
    }

    fn spawn(&self, task: LocalBoxFuture<'static, ()>) {
        wasm_bindgen_futures::spawn_local(task);
    }

    fn http_date(&self, date: &str) -> Option<u64> {
        // `Date.parse` takes many other forms: all those of HTTP begin with the name of a day. The oldest
        // is the only one of its length, and names no zone.
        let zone = if date.len() == 24 { " GMT" } else { "" };
        let whole = text::joined(&[date, zone]);
        let named = date.bytes().next()?.is_ascii_alphabetic() && whole.ends_with("GMT");
        let time = js_sys::Date::parse(&whole);
        (named && time.is_finite()).then_some(time.max(0.0) as u64)
    }

    fn isolates_callers(&self) -> bool {
        self.isolates_callers
    }
}
