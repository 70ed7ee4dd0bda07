//! What the engine needs of the place it runs in. The browser side is in `binding`; a native program
//! brings its own.

use std::borrow::Cow;
use std::future::Future;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

/// Clock, timers, chance and background work. A test brings its own and waits for nothing.
pub trait Runtime {
    /// Milliseconds on a clock that never jumps.
    fn monotonic(&self) -> u64;
    /// Milliseconds since 1970-01-01T00:00:00Z on the wall clock.
    fn wall(&self) -> u64;
    /// Ends after so many milliseconds.
    fn sleep(&self, milliseconds: u64) -> LocalBoxFuture<'static, ()>;
    /// An evenly distributed number of at least 0 and less than 1.
    fn random(&self) -> f64;
    /// Runs a task in the background.
    fn spawn(&self, task: LocalBoxFuture<'static, ()>);
    /// Reads a date of HTTP (RFC 9110, section 5.6.7), in milliseconds since
    /// 1970-01-01T00:00:00Z.
    fn http_date(&self, text: &str) -> Option<u64>;
    /// Whether work begun for one caller must not be awaited by another: a workerd request may not
    /// wait for the input and output of a second one, which also may end at any time.
    fn isolates_callers(&self) -> bool {
        false
    }
}

/// A request, ready to be sent. It holds credentials, so it has no `Debug`.
pub struct Request<P> {
    /// The method of HTTP.
    pub method: Cow<'static, str>,
    /// The whole URL.
    pub url: String,
    /// Headers in the order in which they were set.
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// The body, if there is one.
    pub body: Option<Payload<P>>,
}

/// The body of a request.
#[derive(Clone)]
pub enum Payload<P> {
    /// JSON text.
    Json(String),
    /// Whatever the transport takes: a form, a stream, or the place for a file that comes.
    Opaque(P),
}

/// The connection failed or was lost. Nothing is known of how far the request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionLost;

/// Sends requests. Dropping a future of it must cancel what it does.
pub trait Transport {
    /// A body that the engine hands through without looking at it.
    type Opaque: Clone + 'static;
    /// An answer whose body has not been read.
    type Response: Response;

    /// Sends one request and waits for the head of the answer. It must not follow redirects:
    /// credentials would follow too.
    fn send(
        &self,
        request: Request<Self::Opaque>,
    ) -> impl Future<Output = Result<Self::Response, ConnectionLost>>;

    /// Whether a body can be sent a second time.
    fn repeatable(&self, body: &Self::Opaque) -> bool;
}

/// The head of an answer.
pub trait Response {
    /// The status.
    fn status(&self) -> u16;
    /// One header; several of one name are joined by `, `, as `fetch` does.
    fn header(&self, name: &str) -> Option<String>;
    /// All headers.
    fn headers(&self) -> Vec<(String, String)>;
    /// Reads the body to its end; `None` as soon as it is longer than `most` bytes, and the rest is not
    /// read. Where the transport was given a place for the bytes of a file, it takes a success there,
    /// however long, and gives none; the time of the call goes on meanwhile, and dropping the future
    /// ends it.
    fn bytes(self, most: usize) -> impl Future<Output = Result<Option<Vec<u8>>, ConnectionLost>>;
}

/// A credential from a [`TokenSource`].
#[derive(Clone)]
pub struct Token {
    /// What is put into the header.
    pub secret: String,
    /// When its life ends, in milliseconds since 1970-01-01T00:00:00Z; `None` when nobody knows, and
    /// the token is good until it is refused.
    pub expires_at: Option<u64>,
}

/// What the engine asks a [`TokenSource`]. It may hold a token, so it has no `Debug`.
#[derive(Clone, Default)]
pub struct TokenRequest {
    /// The last token, if it was refused: one from a cache will not do, unless it is another one.
    pub refused: Option<Rc<str>>,
}

/// The token source has no token. What it said stays with it: it may hold a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenError {
    /// The source failed.
    Failed,
    /// The source gave something that is no token.
    Malformed,
}

/// Gives tokens. The engine asks one question at a time and keeps the answer.
pub trait TokenSource: 'static {
    /// Gets a token. Dropping the future gives the request up.
    fn token(&self, request: TokenRequest) -> LocalBoxFuture<'static, Result<Token, TokenError>>;
}
