//! The answer of a handler.

use serde_json::Value;

/// Status and content of an answer: JSON, or the bytes of a file.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Option<Value>,
    /// A file, whose type and length are in the headers.
    pub file: Box<[u8]>,
}

impl Reply {
    /// An answer with a body.
    pub fn json(status: u16, body: impl Into<Value>) -> Reply {
        Reply { body: Some(body.into()), ..Reply::empty(status) }
    }

    /// An answer without one.
    pub fn empty(status: u16) -> Reply {
        Reply { status, headers: Vec::new(), body: None, file: Box::default() }
    }

    /// A file.
    pub fn file(content_type: &str, disposition: &str, bytes: &[u8]) -> Reply {
        let length = bytes.len().to_string();
        let headers = [
            ("content-type", content_type),
            ("content-disposition", disposition),
            ("content-length", &length),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        Reply { headers, file: bytes.into(), ..Reply::empty(200) }
    }
}
