//! The answer of a handler.

use serde_json::Value;

/// Status and JSON of an answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Option<Value>,
}

impl Reply {
    /// An answer with a body.
    pub fn json(status: u16, body: impl Into<Value>) -> Reply {
        Reply { status, headers: Vec::new(), body: Some(body.into()) }
    }

    /// An answer without one.
    pub fn empty(status: u16) -> Reply {
        Reply { status, headers: Vec::new(), body: None }
    }
}
