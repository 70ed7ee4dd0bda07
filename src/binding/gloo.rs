//! For front ends in Rust: sends through the fetch of the browser.

use gloo_net::http::{Headers, Method, RequestBuilder, Response as Answer};
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, RequestRedirect};

use super::cancel::Cancel;
use crate::engine::{ConnectionLost, Payload, Request, Response, Transport};

#[wasm_bindgen(module = "/src/binding/border.js")]
extern "C" {
    fn whole(response: &web_sys::Response, most: usize) -> Promise;
}

/// A transport over the global `fetch`. A body of its own is whatever that takes: a `Blob`, a
/// `FormData`, a stream.
#[derive(Clone, Copy, Debug, Default)]
pub struct GlooTransport;

/// The head of an answer; its body is read later.
pub struct GlooResponse {
    answer: Answer,
    cancel: Cancel,
}

impl Transport for GlooTransport {
    type Opaque = JsValue;
    type Response = GlooResponse;

    async fn send(&self, request: Request<JsValue>) -> Result<GlooResponse, ConnectionLost> {
        let cancel = Cancel::new().map_err(|_| ConnectionLost)?;
        let headers = Headers::new();
        for (name, value) in &request.headers {
            headers.set(name, value);
        }
        let method: Method = request.method.parse().map_err(|_| ConnectionLost)?;
        let builder = RequestBuilder::new(&request.url)
            .method(method)
            .headers(headers)
            // Credentials must not follow a redirect to another host.
            .redirect(RequestRedirect::Manual)
            .abort_signal(cancel.signal().as_ref());
        let body = match request.body {
            Some(Payload::Json(text)) => text.into(),
            Some(Payload::Opaque(body)) => body,
            None => JsValue::UNDEFINED,
        };
        // What fetch says of a failure may hold the URL: it goes no further.
        let request = builder.body(body).map_err(|_| ConnectionLost)?;
        let answer = request.send().await.map_err(|_| ConnectionLost)?;
        Ok(GlooResponse { answer, cancel })
    }

    fn repeatable(&self, body: &JsValue) -> bool {
        !body.is_instance_of::<ReadableStream>()
    }
}

impl Response for GlooResponse {
    fn status(&self) -> u16 {
        self.answer.status()
    }

    fn header(&self, name: &str) -> Option<String> {
        self.answer.headers().get(name)
    }

    fn headers(&self) -> Vec<(String, String)> {
        self.answer.headers().entries().collect()
    }

    async fn bytes(self, most: usize) -> Result<Option<Vec<u8>>, ConnectionLost> {
        let bytes =
            JsFuture::from(whole(&self.answer.into(), most)).await.map_err(|_| ConnectionLost)?;
        if bytes.is_undefined() {
            return Ok(None);
        }
        self.cancel.disarm();
        Ok(Some(Uint8Array::from(bytes).to_vec()))
    }
}
