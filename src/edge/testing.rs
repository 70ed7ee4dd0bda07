//! A transport that answers from a function, and a clock that a test turns by hand.
#![allow(clippy::expect_used, reason = "a test that can not go on has failed")]

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::future::pending;
use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::secret::{Endpoint, WelkinSecret};
use crate::engine::{ConnectionLost, Payload, Request, Response, Runtime, Transport};

/// An API client as a worker knows it.
pub fn welkin_secret() -> WelkinSecret {
    WelkinSecret {
        tenant: "gh".into(),
        api_client: "portal".into(),
        secret: "s3cret".into(),
        auth_base_url: None,
        base_url: None,
        endpoint: Endpoint::Primary,
    }
}

/// What the API answers.
#[derive(Clone)]
pub enum Answered {
    With { status: u16, headers: Vec<(String, String)>, body: String },
    Lost,
}

impl Answered {
    pub fn json(status: u16, body: &str) -> Self {
        Answered::With { status, headers: Vec::new(), body: body.into() }
    }

    /// With `Retry-After`, and nothing else.
    pub fn later(status: u16, retry_after: &str) -> Self {
        let headers = vec![("retry-after".into(), retry_after.into())];
        Answered::With { status, headers, body: "[]".into() }
    }
}

/// A request as it was sent.
#[derive(Clone)]
pub struct Sent {
    pub method: String,
    pub url: String,
    pub headers: Vec<(Cow<'static, str>, String)>,
    pub body: Option<String>,
}

impl Sent {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|(of, value)| (of == name).then_some(value.as_str()))
    }
}

pub struct Scripted {
    sent: RefCell<Vec<Sent>>,
    answer: Box<dyn Fn(&Sent) -> Answered>,
}

impl Scripted {
    pub fn new(answer: impl Fn(&Sent) -> Answered + 'static) -> Rc<Self> {
        Rc::new(Scripted { sent: RefCell::default(), answer: Box::new(answer) })
    }

    pub fn sent(&self) -> Ref<'_, Vec<Sent>> {
        self.sent.borrow()
    }
}

/// A body of somebody else; `true` when it can be sent twice.
pub type Foreign = bool;

impl Transport for Rc<Scripted> {
    type Opaque = Foreign;
    type Response = Answered;

    async fn send(&self, request: Request<Foreign>) -> Result<Answered, ConnectionLost> {
        let body = match request.body {
            Some(Payload::Json(text)) => Some(text),
            _ => None,
        };
        let Request { method, url, headers, .. } = request;
        let sent = Sent { method: method.into_owned(), url, headers, body };
        let answered = (self.answer)(&sent);
        self.sent.borrow_mut().push(sent);
        match answered {
            Answered::Lost => Err(ConnectionLost),
            answered => Ok(answered),
        }
    }

    fn repeatable(&self, body: &Foreign) -> bool {
        *body
    }
}

impl Response for Answered {
    fn status(&self) -> u16 {
        match self {
            Answered::With { status, .. } => *status,
            Answered::Lost => 0,
        }
    }

    fn header(&self, name: &str) -> Option<String> {
        self.headers().into_iter().find_map(|(of, value)| (of == name).then_some(value))
    }

    fn headers(&self) -> Vec<(String, String)> {
        match self {
            Answered::With { headers, .. } => headers.clone(),
            Answered::Lost => Vec::new(),
        }
    }

    async fn bytes(self, _most: usize) -> Result<Option<Vec<u8>>, ConnectionLost> {
        match self {
            Answered::With { body, .. } => Ok(Some(body.into_bytes())),
            Answered::Lost => Err(ConnectionLost),
        }
    }
}

/// A clock that stands still until it is advanced. Nobody wakes up by it; what is begun in the
/// background waits for [`StoppedClock::work`].
pub struct StoppedClock {
    now: Cell<u64>,
    set_back: Cell<u64>,
    spawned: RefCell<Vec<LocalBoxFuture<'static, ()>>>,
}

impl StoppedClock {
    pub fn new() -> Rc<Self> {
        Rc::new(StoppedClock {
            now: Cell::new(0),
            set_back: Cell::new(0),
            spawned: RefCell::default(),
        })
    }

    pub fn advance(&self, milliseconds: u64) {
        self.now.set(self.now.get() + milliseconds);
    }

    /// Sets the wall clock back. The other one only ever goes on.
    #[cfg(test)]
    pub fn set_back(&self, milliseconds: u64) {
        self.set_back.set(self.set_back.get() + milliseconds);
    }

    /// Does the work in the background, none of which may wait.
    pub fn work(&self) {
        for task in self.spawned.take() {
            task.now_or_never().expect("ends at once");
        }
    }
}

impl Runtime for StoppedClock {
    fn monotonic(&self) -> u64 {
        self.now.get()
    }

    fn wall(&self) -> u64 {
        1_800_000_000_000 + self.now.get() - self.set_back.get()
    }

    fn sleep(&self, _: u64) -> LocalBoxFuture<'static, ()> {
        Box::pin(pending())
    }

    fn random(&self) -> f64 {
        0.0
    }

    fn spawn(&self, task: LocalBoxFuture<'static, ()>) {
        self.spawned.borrow_mut().push(task);
    }

    fn http_date(&self, _: &str) -> Option<u64> {
        None
    }

    fn isolates_callers(&self) -> bool {
        true
    }
}
