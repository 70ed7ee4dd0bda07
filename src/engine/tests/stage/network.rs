//! A transport that acts by a script, and the record of what was sent.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::pending;
use std::rc::Rc;

use serde_json::Value;

use super::Clock;
use crate::engine::{ConnectionLost, Payload, Request, Response, Runtime, Transport};

/// A request as it was sent.
#[derive(Clone)]
pub struct Sent {
    /// On the monotonic clock.
    pub at: u64,
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
}

impl Sent {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|(of, value)| (of == name).then_some(value.as_str()))
    }

    /// The URL after the host.
    pub fn target(&self) -> &str {
        self.url.splitn(4, '/').nth(3).unwrap()
    }
}

/// What becomes of a request.
#[derive(Clone)]
pub struct Act {
    after: u64,
    head: Head,
}

#[derive(Clone)]
enum Head {
    Comes { status: u16, headers: Vec<(String, String)>, body: Body },
    Lost,
    Never,
}

#[derive(Clone)]
enum Body {
    Comes {
        bytes: Vec<u8>,
        after: u64,
    },
    Lost,
    Never,
    /// A chunk of this many bytes, again and again, with this time between them.
    Endless {
        chunk: usize,
        every: u64,
    },
}

impl Act {
    pub fn status(status: u16) -> Self {
        Act::bytes(status, b"")
    }

    pub fn json(body: Value) -> Self {
        Act::bytes(200, body.to_string().as_bytes())
    }

    pub fn bytes(status: u16, body: &[u8]) -> Self {
        let body = Body::Comes { bytes: body.to_vec(), after: 0 };
        Act { after: 0, head: Head::Comes { status, headers: Vec::new(), body } }
    }

    /// The connection is lost: before the request arrived or after it was obeyed, nobody can tell.
    pub fn lost() -> Self {
        Act { after: 0, head: Head::Lost }
    }

    /// No answer comes.
    pub fn silence() -> Self {
        Act { after: 0, head: Head::Never }
    }

    /// The connection is lost in the middle of the body.
    pub fn body_lost(status: u16) -> Self {
        Act { after: 0, head: Head::Comes { status, headers: Vec::new(), body: Body::Lost } }
    }

    /// The head comes, and the body never ends.
    pub fn body_hangs(status: u16) -> Self {
        Act { after: 0, head: Head::Comes { status, headers: Vec::new(), body: Body::Never } }
    }

    /// The body goes on for ever: so many bytes at a time, with a time between them in milliseconds.
    pub fn body_endless(status: u16, chunk: usize, every: u64) -> Self {
        let body = Body::Endless { chunk, every };
        Act { after: 0, head: Head::Comes { status, headers: Vec::new(), body } }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Head::Comes { headers, .. } = &mut self.head {
            headers.push((name.into(), value.into()));
        }
        self
    }

    /// The body takes so long beyond its head, in milliseconds.
    pub fn body_after(mut self, milliseconds: u64) -> Self {
        if let Head::Comes { body: Body::Comes { after, .. }, .. } = &mut self.head {
            *after = milliseconds;
        }
        self
    }

    /// The answer takes so long, in milliseconds.
    pub fn after(mut self, milliseconds: u64) -> Self {
        self.after = milliseconds;
        self
    }
}

/// A transport that acts by a script.
#[derive(Clone)]
pub struct Network(Rc<NetworkInner>);

type Rule = Box<dyn Fn(&Sent) -> Act>;

struct NetworkInner {
    clock: Clock,
    sent: RefCell<Vec<Sent>>,
    script: RefCell<VecDeque<Act>>,
    rule: RefCell<Option<Rule>>,
    given_up: Cell<usize>,
    ended: Cell<usize>,
    read: Cell<usize>,
}

impl Network {
    pub(super) fn new(clock: Clock) -> Self {
        Network(Rc::new(NetworkInner {
            clock,
            sent: RefCell::default(),
            script: RefCell::default(),
            rule: RefCell::default(),
            given_up: Cell::new(0),
            ended: Cell::new(0),
            read: Cell::new(0),
        }))
    }

    /// Answers the next requests, in this order.
    pub fn script(&self, acts: impl IntoIterator<Item = Act>) {
        self.0.script.borrow_mut().extend(acts);
    }

    /// Answers all requests that the script does not.
    pub fn always(&self, rule: impl Fn(&Sent) -> Act + 'static) {
        *self.0.rule.borrow_mut() = Some(Box::new(rule));
    }

    pub fn sent(&self) -> Vec<Sent> {
        self.0.sent.borrow().clone()
    }

    pub fn count(&self) -> usize {
        self.0.sent.borrow().len()
    }

    /// The only request that was sent.
    pub fn only(&self) -> Sent {
        let sent = self.sent();
        assert_eq!(sent.len(), 1);
        sent.into_iter().next().unwrap()
    }

    /// The times between the requests.
    pub fn gaps(&self) -> Vec<u64> {
        self.0.sent.borrow().windows(2).map(|pair| pair[1].at - pair[0].at).collect()
    }

    /// How many exchanges neither ended nor were dropped.
    pub fn left(&self) -> usize {
        self.count() - self.0.ended.get() - self.0.given_up.get()
    }

    /// How many bytes of endless bodies were read.
    pub fn read(&self) -> usize {
        self.0.read.get()
    }

    /// How many exchanges were dropped before they ended.
    pub fn given_up(&self) -> usize {
        self.0.given_up.get()
    }
}

/// Counts an exchange that is dropped before it ends.
struct Exchange {
    network: Network,
    ended: bool,
}

impl Exchange {
    fn end(mut self) {
        self.ended = true;
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        let NetworkInner { ended, given_up, .. } = &*self.network.0;
        let counter = if self.ended { ended } else { given_up };
        counter.set(counter.get() + 1);
    }
}

/// A body that the engine hands through; `true` when it can be sent twice.
pub type Foreign = bool;

pub struct AnswerHead {
    status: u16,
    headers: Vec<(String, String)>,
    body: Body,
    exchange: Exchange,
}

impl Transport for Network {
    type Opaque = Foreign;
    type Response = AnswerHead;

    async fn send(&self, request: Request<Foreign>) -> Result<AnswerHead, ConnectionLost> {
        let body = match request.body {
            Some(Payload::Json(text)) => Some(text),
            Some(Payload::Opaque(_)) => Some("opaque".into()),
            None => None,
        };
        let headers = request.headers.into_iter().map(|(name, value)| (name.into_owned(), value));
        let sent = Sent {
            at: self.0.clock.monotonic(),
            method: request.method.into_owned(),
            url: request.url,
            headers: headers.collect(),
            body,
        };
        let act = self.0.script.borrow_mut().pop_front();
        let act = act.or_else(|| self.0.rule.borrow().as_ref().map(|rule| rule(&sent)));
        let act = act.expect("a request that the script does not know");
        self.0.sent.borrow_mut().push(sent);
        let exchange = Exchange { network: self.clone(), ended: false };
        if act.after > 0 {
            self.0.clock.sleep(act.after).await;
        }
        match act.head {
            Head::Comes { status, headers, body } => {
                Ok(AnswerHead { status, headers, body, exchange })
            }
            Head::Lost => {
                exchange.end();
                Err(ConnectionLost)
            }
            Head::Never => pending().await,
        }
    }

    fn repeatable(&self, body: &Foreign) -> bool {
        *body
    }
}

impl Response for AnswerHead {
    fn status(&self) -> u16 {
        self.status
    }

    fn header(&self, name: &str) -> Option<String> {
        let values = self.headers.iter().filter(|(of, _)| of == name);
        let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    fn headers(&self) -> Vec<(String, String)> {
        self.headers.clone()
    }

    async fn bytes(self, most: usize) -> Result<Option<Vec<u8>>, ConnectionLost> {
        let NetworkInner { clock, read, .. } = &*self.exchange.network.0;
        let bytes = match self.body {
            Body::Comes { bytes, after } => {
                if after > 0 {
                    clock.sleep(after).await;
                }
                Ok(Some(bytes).filter(|bytes| bytes.len() <= most))
            }
            Body::Lost => Err(ConnectionLost),
            Body::Never => pending().await,
            Body::Endless { chunk, every } => {
                let mut length = 0;
                while length <= most {
                    length += chunk;
                    read.set(read.get() + chunk);
                    if every > 0 {
                        clock.sleep(every).await;
                    }
                }
                // The rest is never read.
                return Ok(None);
            }
        };
        self.exchange.end();
        bytes
    }
}
