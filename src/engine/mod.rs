//! What every call does, whatever its operation: check and build the request, get a token, send,
//! retry, read and check the reply. It knows no operation and no wasm; it interprets the table.

mod call;
pub mod check;
mod error;
mod event;
mod exchange;
pub mod json;
pub(crate) mod notice;
mod pace;
pub(crate) mod paging;
pub(crate) mod request;
pub(crate) mod retry;
mod runtime;
mod settings;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
pub mod text;
mod token;

pub use call::{Call, Pages};
pub use error::{Argument, Error, Failure, Mismatch, Outcome, Rejection, TokenProblem};
pub use event::{Event, Happening, TokenHappening};
pub use exchange::{Engine, Generic, LARGEST_REPLY, Options, Reply};
pub use pace::{Limit, Pace};
pub use paging::{Page, Position};
pub use request::{Arguments, Form};
pub use runtime::{
    ConnectionLost, Payload, Request, Response, Runtime, Token, TokenError, TokenRequest,
    TokenSource, Transport,
};
pub use settings::{Drift, Observer, Scheme, Settings};
pub use token::{Credential, Tokens};
