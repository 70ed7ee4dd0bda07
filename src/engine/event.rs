//! What an observer of the client is told. No event holds an identifier, a token, a body or a value:
//! a request is named by its operation and by the template of its path.

use std::borrow::Cow;

use super::error::{Mismatch, Outcome, TokenProblem};

/// Something that happened inside a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The id of the operation; `request` for the generic request.
    pub operation: &'static str,
    /// The path with its parameters in braces; empty for the generic request.
    pub path_template: &'static str,
    /// What happened.
    pub what: Happening,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A request is sent.
    Request {
        /// The method of HTTP.
        method: Cow<'static, str>,
        /// Counts from 1 in each call.
        attempt: u32,
    },
    /// The head of an answer came, or the connection was lost.
    Response {
        /// Counts from 1 in each call.
        attempt: u32,
        /// The status; `None` when the connection failed.
        status: Option<u16>,
        /// Since the request was sent, in milliseconds.
        duration: u64,
        /// The request id that the API gave.
        request_id: Option<String>,
    },
    /// The request will be sent again.
    Retry {
        /// The attempt that failed.
        attempt: u32,
        /// The wait, in milliseconds.
        delay: u64,
        /// The status that led to it; `None` when the connection failed.
        status: Option<u16>,
    },
    /// The token changed.
    Token(TokenHappening),
    /// A reply differs from the declared types.
    Drift(Mismatch),
    /// A page of a list came.
    Page {
        /// How many records it holds.
        records: usize,
        /// Whether it was the last.
        last: bool,
    },
    /// A call ended with an error.
    Failed {
        /// What became of the request.
        outcome: Outcome,
    },
}

/// What happened to the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenHappening {
    /// The provider is asked.
    Requested,
    /// The provider gave a token.
    Received,
    /// The provider gave none.
    Failed(TokenProblem),
    /// The API refused the token.
    Refused,
}
