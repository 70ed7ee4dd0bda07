//! What comes in and what goes out, as the bindings see it.

use serde_json::Value;

use super::form::Part;
use super::reply::Reply;
use crate::operation::{Api, Operation};

/// A request.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The URL; the host does not matter.
    pub url: &'a str,
    /// The headers.
    pub headers: &'a [(String, String)],
    /// The body; empty when there is none. Of a form the bytes of its files, one after another.
    pub body: &'a [u8],
    /// The parts of the body if it is a form.
    pub parts: Option<&'a [Part]>,
    /// The time on the sandbox's clock, in milliseconds since 1970.
    pub now: i64,
}

impl<'a> Incoming<'a> {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        let found = self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// An answer, or what stands in its place.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The status; 0 when the connection is lost before there is one.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How long the answer is held back, in milliseconds.
    pub delay: u64,
    /// Whether the connection is lost instead.
    pub dropped: bool,
    /// The API that was asked.
    pub api: Option<Api>,
    /// The operation, if the request was one.
    pub operation: Option<&'static Operation>,
}

impl Outgoing {
    pub(super) fn of(
        api: Option<Api>,
        operation: Option<&'static Operation>,
        reply: Reply,
    ) -> Outgoing {
        let mut headers = reply.headers;
        if reply.body.is_some() {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        if api == Some(Api::Welkin) {
            headers.extend(
                super::welkin::CORS
                    .iter()
                    .map(|(name, value)| (name.to_string(), value.to_string())),
            );
        }
        let body = reply.body.as_ref().map_or_else(|| reply.file.into_vec(), write);
        Outgoing { status: reply.status, headers, body, delay: 0, dropped: false, api, operation }
    }
}

/// JSON as it travels.
pub(super) fn write(json: &Value) -> Vec<u8> {
    // A value can always be written; `to_string` would do it too, several times slower.
    serde_json::to_vec(json).unwrap_or_default()
}
