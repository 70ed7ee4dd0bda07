//! The stage: nothing here sleeps or looks at a real clock. When no task can go on, the clock moves to
//! the next timer, so that a test of thirty seconds takes none.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::future::{Future, pending};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::UNIX_EPOCH;

use futures_executor::LocalPool;
use futures_util::future::LocalBoxFuture;
use futures_util::task::LocalSpawnExt;
use serde_json::Value;

use crate::engine::{
    Arguments, ConnectionLost, Engine, Error, Event, Form, Happening, Options, Payload, Reply,
    Request, Response, Runtime, Settings, Token, TokenError, TokenRequest, TokenSource, Transport,
};
use crate::inbox_health::InboxHealth;
use crate::operation::{Api, Operation};
use crate::welkin::Welkin;

/// 2027-01-15T08:00:00Z.
pub const WALL: u64 = 1_800_000_000_000;

pub const SECOND: u64 = 1_000;
pub const MINUTE: u64 = 60 * SECOND;
pub const HOUR: u64 = 60 * MINUTE;

/// All that a client needs, and the record of what it did.
pub struct Stage {
    pub clock: Clock,
    pub network: Network,
    pub tokens: Tokens,
    pub events: Rc<RefCell<Vec<Event>>>,
}

impl Stage {
    pub fn new() -> Self {
        let clock = Clock::new();
        Stage {
            network: Network::new(clock.clone()),
            tokens: Tokens::new(clock.clone()),
            events: Rc::default(),
            clock,
        }
    }

    fn observed(&self, mut settings: Settings) -> Settings {
        let events = self.events.clone();
        settings.observer = Some(Rc::new(move |event| events.borrow_mut().push(event.clone())));
        settings
    }

    pub fn welkin(&self) -> Welkin<Network, Tokens> {
        self.welkin_with(|_| ())
    }

    pub fn welkin_with(&self, change: impl FnOnce(&mut Settings)) -> Welkin<Network, Tokens> {
        let mut settings = self.observed(Settings::welkin("gh", "sb-demo"));
        change(&mut settings);
        Welkin::new(settings, self.network.clone(), Some(self.tokens.clone()), self.runtime())
    }

    pub fn inbox_health(&self) -> InboxHealth<Network, Tokens> {
        self.inbox_health_with(|_| ())
    }

    pub fn inbox_health_with(
        &self,
        change: impl FnOnce(&mut Settings),
    ) -> InboxHealth<Network, Tokens> {
        let mut settings = self.observed(Settings::inbox_health("https://inbox.example.test"));
        change(&mut settings);
        let tokens = Some(self.tokens.clone());
        InboxHealth::new(settings, self.network.clone(), tokens, self.runtime())
    }

    pub fn runtime(&self) -> Rc<dyn Runtime> {
        Rc::new(self.clock.clone())
    }

    /// Runs a future to its end, and the background work with it.
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        self.clock.run(future)
    }

    /// Lets time pass, and with it whatever was left behind in the background.
    pub fn pass(&self, milliseconds: u64) {
        self.run(self.clock.sleep(milliseconds));
    }

    /// What the observer was told, without the calls it belongs to.
    pub fn happenings(&self) -> Vec<Happening> {
        self.events.borrow().iter().map(|event| event.what.clone()).collect()
    }
}

/// The arguments of a call as JSON values.
#[derive(Default)]
pub struct Given(Arguments);

impl Given {
    pub fn path(path: Value) -> Self {
        Given(Arguments { path: path.to_string(), ..Arguments::default() })
    }

    pub fn nothing() -> Self {
        Given(Arguments::default())
    }

    pub fn query(mut self, query: Value) -> Self {
        self.0.query = Some(query.to_string());
        self
    }

    pub fn body(mut self, body: Value) -> Self {
        self.0.body = Some(body.to_string());
        self
    }

    pub fn wire(mut self) -> Self {
        self.0.form = Form::Wire;
        self
    }

    pub fn arguments(self) -> Arguments {
        self.0
    }
}

pub fn operation(api: Api, id: &str) -> &'static Operation {
    api.operation(id).unwrap()
}

/// Calls an operation by its id.
pub async fn call(
    engine: &Engine<Network, Tokens>,
    id: &str,
    given: Given,
    options: Options,
) -> Result<Reply, Error> {
    let operation = operation(engine.settings().api, id);
    engine.call(operation, &given.arguments(), options).await
}

/// Both clocks, timers, chance and background work.
#[derive(Clone)]
pub struct Clock(Rc<ClockInner>);

struct ClockInner {
    now: Cell<u64>,
    wall: Cell<u64>,
    timers: RefCell<BTreeMap<(u64, u64), Waker>>,
    timers_made: Cell<u64>,
    spawned: RefCell<Vec<LocalBoxFuture<'static, ()>>>,
    pool: RefCell<LocalPool>,
    random: Cell<f64>,
    isolates_callers: Cell<bool>,
}

impl Clock {
    fn new() -> Self {
        Clock(Rc::new(ClockInner {
            now: Cell::new(5 * SECOND),
            wall: Cell::new(WALL),
            timers: RefCell::default(),
            timers_made: Cell::new(0),
            spawned: RefCell::default(),
            pool: RefCell::new(LocalPool::new()),
            random: Cell::new(0.5),
            isolates_callers: Cell::new(false),
        }))
    }

    /// What every drawing of chance gives; a half unless it is set.
    pub fn set_random(&self, random: f64) {
        self.0.random.set(random);
    }

    /// Makes this a place like workerd, where callers may not wait for each other's work.
    pub fn isolate_callers(&self) {
        self.0.isolates_callers.set(true);
    }

    /// Sets the wall clock, as a user or a time server does.
    pub fn set_wall(&self, milliseconds: u64) {
        self.0.wall.set(milliseconds);
    }

    fn run<F: Future>(&self, future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let woken = Arc::new(Woken(AtomicBool::new(true)));
        let waker = Waker::from(woken.clone());
        loop {
            self.run_background();
            if woken.0.swap(false, Ordering::Relaxed) {
                if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker))
                {
                    self.run_background();
                    return output;
                }
            } else if self.0.spawned.borrow().is_empty() {
                assert!(self.turn(), "nothing is left to wait for");
            }
        }
    }

    fn run_background(&self) {
        let mut pool = self.0.pool.borrow_mut();
        for task in self.0.spawned.take() {
            pool.spawner().spawn_local(task).unwrap();
        }
        pool.run_until_stalled();
    }

    /// Goes to the next timer; `false` when there is none.
    fn turn(&self) -> bool {
        let Some(((due, _), waker)) = self.0.timers.borrow_mut().pop_first() else { return false };
        let passed = due.saturating_sub(self.0.now.get());
        self.0.now.set(self.0.now.get() + passed);
        self.0.wall.set(self.0.wall.get() + passed);
        waker.wake();
        true
    }
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Runtime for Clock {
    fn monotonic(&self) -> u64 {
        self.0.now.get()
    }

    fn wall(&self) -> u64 {
        self.0.wall.get()
    }

    fn sleep(&self, milliseconds: u64) -> LocalBoxFuture<'static, ()> {
        let made = self.0.timers_made.get();
        self.0.timers_made.set(made + 1);
        let due = self.0.now.get().saturating_add(milliseconds);
        Box::pin(Sleep { clock: self.clone(), key: (due, made) })
    }

    fn random(&self) -> f64 {
        self.0.random.get()
    }

    fn spawn(&self, task: LocalBoxFuture<'static, ()>) {
        self.0.spawned.borrow_mut().push(task);
    }

    fn http_date(&self, text: &str) -> Option<u64> {
        let time = httpdate::parse_http_date(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
        u64::try_from(time.as_millis()).ok()
    }

    fn isolates_callers(&self) -> bool {
        self.0.isolates_callers.get()
    }
}

struct Sleep {
    clock: Clock,
    key: (u64, u64),
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.clock.0.now.get() >= self.key.0 {
            return Poll::Ready(());
        }
        self.clock.0.timers.borrow_mut().insert(self.key, context.waker().clone());
        Poll::Pending
    }
}

/// A timer that nobody waits for must not move the clock.
impl Drop for Sleep {
    fn drop(&mut self) {
        self.clock.0.timers.borrow_mut().remove(&self.key);
    }
}

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
    Comes(Vec<u8>),
    Lost,
    Never,
}

impl Act {
    pub fn status(status: u16) -> Self {
        Act::bytes(status, b"")
    }

    pub fn json(body: Value) -> Self {
        Act::bytes(200, body.to_string().as_bytes())
    }

    pub fn bytes(status: u16, body: &[u8]) -> Self {
        let body = Body::Comes(body.to_vec());
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

    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Head::Comes { headers, .. } = &mut self.head {
            headers.push((name.into(), value.into()));
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
}

impl Network {
    fn new(clock: Clock) -> Self {
        Network(Rc::new(NetworkInner {
            clock,
            sent: RefCell::default(),
            script: RefCell::default(),
            rule: RefCell::default(),
            given_up: Cell::new(0),
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
        if !self.ended {
            self.network.0.given_up.set(self.network.0.given_up.get() + 1);
        }
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
        self.headers.iter().find_map(|(of, value)| (of == name).then(|| value.clone()))
    }

    fn headers(&self) -> Vec<(String, String)> {
        self.headers.clone()
    }

    async fn bytes(self) -> Result<Vec<u8>, ConnectionLost> {
        let bytes = match self.body {
            Body::Comes(bytes) => Ok(bytes),
            Body::Lost => Err(ConnectionLost),
            Body::Never => pending().await,
        };
        self.exchange.end();
        bytes
    }
}

/// What the token source answers to a question.
#[derive(Clone)]
pub struct Answer {
    after: u64,
    what: Option<Result<Token, TokenError>>,
}

impl Answer {
    pub fn token(secret: &str) -> Self {
        let token = Token { secret: secret.into(), expires_at: None };
        Answer { after: 0, what: Some(Ok(token)) }
    }

    /// A token that ends at this time of the wall clock.
    pub fn until(secret: &str, expires_at: u64) -> Self {
        let token = Token { secret: secret.into(), expires_at: Some(expires_at) };
        Answer { after: 0, what: Some(Ok(token)) }
    }

    /// The source failed, or threw.
    pub fn failure() -> Self {
        Answer { after: 0, what: Some(Err(TokenError::Failed)) }
    }

    /// Something that is no token.
    pub fn nonsense() -> Self {
        Answer { after: 0, what: Some(Err(TokenError::Malformed)) }
    }

    pub fn silence() -> Self {
        Answer { after: 0, what: None }
    }

    pub fn after(mut self, milliseconds: u64) -> Self {
        self.after = milliseconds;
        self
    }
}

/// A token source that answers by a script, and otherwise with `token-1`, `token-2` and so on.
#[derive(Clone)]
pub struct Tokens(Rc<TokensInner>);

struct TokensInner {
    clock: Clock,
    questions: RefCell<Vec<Question>>,
    script: RefCell<VecDeque<Answer>>,
    rule: RefCell<Option<Answer>>,
}

/// A question as it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// On the monotonic clock.
    pub at: u64,
    pub force_refresh: bool,
}

impl Tokens {
    fn new(clock: Clock) -> Self {
        Tokens(Rc::new(TokensInner {
            clock,
            questions: RefCell::default(),
            script: RefCell::default(),
            rule: RefCell::default(),
        }))
    }

    /// Answers the next questions, in this order.
    pub fn script(&self, answers: impl IntoIterator<Item = Answer>) {
        self.0.script.borrow_mut().extend(answers);
    }

    /// Answers all questions that the script does not.
    pub fn always(&self, answer: Answer) {
        *self.0.rule.borrow_mut() = Some(answer);
    }

    pub fn questions(&self) -> Vec<Question> {
        self.0.questions.borrow().clone()
    }

    pub fn count(&self) -> usize {
        self.0.questions.borrow().len()
    }
}

impl TokenSource for Tokens {
    fn token(&self, request: TokenRequest) -> LocalBoxFuture<'static, Result<Token, TokenError>> {
        let Tokens(inner) = self.clone();
        let force_refresh = request.refused.is_some();
        let at = inner.clock.monotonic();
        inner.questions.borrow_mut().push(Question { at, force_refresh });
        let answer = inner.script.borrow_mut().pop_front();
        let answer = answer.or_else(|| inner.rule.borrow().clone());
        let number = inner.questions.borrow().len();
        let answer = answer.unwrap_or_else(|| Answer::token(&format!("token-{number}")));
        Box::pin(async move {
            if answer.after > 0 {
                inner.clock.sleep(answer.after).await;
            }
            match answer.what {
                Some(what) => what,
                None => pending().await,
            }
        })
    }
}
