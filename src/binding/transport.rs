//! Sends through the fetch function that the caller configured.

use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::convert::{json_pairs, name_values};
use crate::engine::{ConnectionLost, Payload, Request, Response, Transport, json, text};

#[wasm_bindgen(module = "/src/binding/border.js")]
extern "C" {
    type Sending;
    #[wasm_bindgen(constructor)]
    fn new() -> Sending;
    #[wasm_bindgen(method)]
    fn send(
        this: &Sending,
        fetch: &Function,
        method: &str,
        url: &str,
        headers: &str,
        body: JsValue,
    ) -> Promise;
    #[wasm_bindgen(method)]
    fn bytes(this: &Sending, most: usize) -> Promise;
    #[wasm_bindgen(method)]
    fn cancel(this: &Sending);
}

/// A body that JavaScript gave.
#[derive(Clone)]
pub struct Body {
    /// What fetch takes, or a function that makes it for each attempt, and may take the answer.
    pub value: JsValue,
    /// Whether it can be sent a second time; a stream that the caller gave can not.
    pub repeatable: bool,
}

/// A transport over a function with the signature of the global `fetch`.
pub struct FetchTransport {
    fetch: Function,
}

impl FetchTransport {
    /// Sends through this function.
    pub fn new(fetch: Function) -> Self {
        FetchTransport { fetch }
    }
}

impl Transport for FetchTransport {
    type Opaque = Body;
    type Response = FetchResponse;

    async fn send(&self, request: Request<Body>) -> Result<FetchResponse, ConnectionLost> {
        let sending = Cancel(Sending::new());
        let body = match request.body {
            Some(Payload::Json(text)) => text.into(),
            Some(Payload::Opaque(body)) => body.value,
            None => JsValue::UNDEFINED,
        };
        let headers = json_pairs(&request.headers);
        let head = sending.0.send(&self.fetch, &request.method, &request.url, &headers, body);
        // What fetch says of a failure may hold the URL: it goes no further.
        let head = JsFuture::from(head).await.ok().and_then(|head| head.as_string());
        head.and_then(|head| FetchResponse::read(&head, sending)).ok_or(ConnectionLost)
    }

    fn repeatable(&self, body: &Body) -> bool {
        body.repeatable
    }
}

/// Aborts the request when it is dropped before its body was read.
struct Cancel(Sending);

impl Drop for Cancel {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// What fetch resolved to.
pub struct FetchResponse {
    status: u16,
    headers: Vec<(String, String)>,
    sending: Cancel,
}

impl FetchResponse {
    fn read(head: &str, sending: Cancel) -> Option<Self> {
        let head = json::elements(head).ok()?;
        let (status, headers) = head.split_first()?;
        Some(FetchResponse {
            status: text::whole(status)? as u16,
            headers: name_values(headers),
            sending,
        })
    }
}

impl Response for FetchResponse {
    fn status(&self) -> u16 {
        self.status
    }

    fn header(&self, name: &str) -> Option<String> {
        self.headers.iter().find(|(of, _)| of == name).map(|(_, value)| value.clone())
    }

    fn headers(&self) -> Vec<(String, String)> {
        self.headers.clone()
    }

    async fn bytes(self, most: usize) -> Result<Option<Vec<u8>>, ConnectionLost> {
        let bytes = JsFuture::from(self.sending.0.bytes(most)).await.map_err(|_| ConnectionLost)?;
        Ok((!bytes.is_undefined()).then(|| Uint8Array::from(bytes).to_vec()))
    }
}
