//! Sends through the fetch function that the caller configured.

use gloo_net::http::Headers;
use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, RequestRedirect};

use super::cancel::Cancel;
use crate::engine::{ConnectionLost, Payload, Request, Response, Transport};

/// A body that JavaScript gave.
#[derive(Clone)]
pub struct Body {
    /// What fetch takes.
    pub value: JsValue,
    /// Whether it can be sent a second time; a stream can not.
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

    async fn fetch(&self, request: Request<Body>) -> Result<FetchResponse, JsValue> {
        let cancel = Cancel::new()?;
        let init = RequestInit::new();
        init.set_method(&request.method);
        // Credentials must not follow a redirect to another host. Neither `mode` nor `credentials`
        // is set: workerd refuses them.
        init.set_redirect(RequestRedirect::Manual);
        init.set_signal(cancel.signal().as_ref());
        let headers = Headers::new();
        for (name, value) in &request.headers {
            headers.set(name, value);
        }
        init.set_headers(&headers.into_raw().into());
        match request.body {
            Some(Payload::Json(text)) => init.set_body(&text.into()),
            Some(Payload::Opaque(body)) => {
                init.set_body(&body.value);
                if !body.repeatable {
                    Reflect::set(&init, &"duplex".into(), &"half".into())?;
                }
            }
            None => {}
        }
        let answer = self.fetch.call2(&JsValue::UNDEFINED, &request.url.into(), &init)?;
        let response = JsFuture::from(Promise::resolve(&answer)).await?;
        FetchResponse::new(response, cancel)
    }
}

impl Transport for FetchTransport {
    type Opaque = Body;
    type Response = FetchResponse;

    async fn send(&self, request: Request<Body>) -> Result<FetchResponse, ConnectionLost> {
        // What fetch says of a failure may hold the URL: it goes no further.
        self.fetch(request).await.map_err(|_| ConnectionLost)
    }

    fn repeatable(&self, body: &Body) -> bool {
        body.repeatable
    }
}

/// What fetch resolved to, checked to look like a `Response`.
pub struct FetchResponse {
    response: web_sys::Response,
    status: u16,
    headers: Headers,
    cancel: Cancel,
}

impl FetchResponse {
    fn new(response: JsValue, cancel: Cancel) -> Result<Self, JsValue> {
        let status =
            Reflect::get(&response, &"status".into())?.as_f64().ok_or(JsValue::UNDEFINED)?;
        let headers = Reflect::get(&response, &"headers".into())?;
        for (of, name) in [(&headers, "get"), (&headers, "forEach"), (&response, "arrayBuffer")] {
            Reflect::get(of, &name.into())?.dyn_into::<Function>()?;
        }
        Ok(FetchResponse {
            response: response.unchecked_into(),
            status: status as u16,
            headers: Headers::from_raw(headers.unchecked_into()),
            cancel,
        })
    }
}

impl Response for FetchResponse {
    fn status(&self) -> u16 {
        self.status
    }

    fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name)
    }

    fn headers(&self) -> Vec<(String, String)> {
        self.headers.entries().collect()
    }

    async fn bytes(self) -> Result<Vec<u8>, ConnectionLost> {
        let buffer = self.response.array_buffer().map_err(|_| ConnectionLost)?;
        let buffer = JsFuture::from(buffer).await.map_err(|_| ConnectionLost)?;
        self.cancel.disarm();
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}
