//! One token for all calls of a client: asked for once, renewed early, dropped when it is refused.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use futures_util::future::{Either, select};

use super::error::TokenProblem;
use super::event::TokenHappening;
use super::notice::Notice;
use super::runtime::{Runtime, Token, TokenError, TokenRequest, TokenSource};

/// A token is renewed this long before its end, or at a fifth of its life if that is shorter.
const EARLY: u64 = 5 * 60_000;
/// How long one question to the source may take.
const PATIENCE: u64 = 30_000;
/// How long another caller's question is waited for where that caller may vanish with its request.
const PATIENCE_WITH_OTHERS: u64 = 3_000;
/// How often a caller that may not share the other's future looks for its result.
const LOOK_AGAIN: u64 = 10;
/// After a failure the source is left alone for a time drawn from half of this to the whole,
/// doubled with each further failure in a row.
const FIRST_REST: u64 = 1_000;
const LONGEST_REST: u64 = 30_000;
/// A token that ends sooner has ended: it would be over before it is sent, and the source asked again.
const SHORTEST_LIFE: u64 = 1_000;

/// The token cache of one client.
pub struct Tokens<A> {
    inner: Rc<Inner<A>>,
}

struct Inner<A> {
    source: A,
    runtime: Rc<dyn Runtime>,
    observe: Box<dyn Fn(TokenHappening)>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// Counts the tokens received, so that a late refusal of an old one is told from a new one's.
    generation: u64,
    questions: u64,
    asking: Option<Asking>,
    rest: Option<Rest>,
    /// The last token, if it was refused: the next question says so.
    refused: Option<Rc<str>>,
    /// How many tokens in a row were refused that had replaced a refused one.
    in_vain: u32,
    waiting: Vec<Notice>,
}

struct Held {
    secret: Rc<str>,
    generation: u64,
    /// Whether it replaced a refused one, and the API has not taken it yet.
    forced: bool,
    /// On the monotonic clock.
    since: u64,
    renew_at: Option<u64>,
    ends_at: Option<u64>,
}

struct Asking {
    number: u64,
    since: u64,
}

struct Rest {
    until: u64,
    problem: TokenProblem,
    in_a_row: u32,
}

/// A token as a call uses it.
#[derive(Clone)]
pub struct Credential {
    /// What is put into the header.
    pub secret: Rc<str>,
    generation: u64,
}

enum Next {
    Use(Credential),
    Ask,
    Wait,
}

impl<A: TokenSource> Tokens<A> {
    /// An empty cache.
    pub fn new(
        source: A,
        runtime: Rc<dyn Runtime>,
        observe: impl Fn(TokenHappening) + 'static,
    ) -> Self {
        let state = RefCell::default();
        Tokens { inner: Rc::new(Inner { source, runtime, observe: Box::new(observe), state }) }
    }

    /// The token, from the cache or from the source.
    pub async fn get(&self) -> Result<Credential, TokenProblem> {
        loop {
            match self.inner.next()? {
                Next::Use(credential) => return Ok(credential),
                Next::Ask => {
                    let number = self.inner.begin();
                    if self.inner.runtime.isolates_callers() {
                        // The caller that asks does the work itself: nobody else's request may.
                        self.inner.clone().ask(number).await;
                    } else {
                        // In the background, so that a caller who gives up harms no other.
                        let answer = self.inner.wait();
                        self.inner.runtime.spawn(Box::pin(self.inner.clone().ask(number)));
                        answer.await;
                    }
                }
                Next::Wait if self.inner.runtime.isolates_callers() => {
                    self.inner.runtime.sleep(LOOK_AGAIN).await;
                }
                Next::Wait => {
                    self.inner.wait().await;
                }
            }
        }
    }

    /// The API refused this token. Says whether there is another, or one to be asked for: the token is
    /// dropped only if it is the one that is held. One that just replaced a refused one, and that the API
    /// never took, is kept for a while, doubled each time: an API that refuses all of them would exhaust
    /// the source.
    pub fn refuse(&self, credential: &Credential) -> bool {
        (self.inner.observe)(TokenHappening::Refused);
        let now = self.inner.runtime.monotonic();
        let mut state = self.inner.state.borrow_mut();
        let held = state.held.as_ref().filter(|held| held.generation == credential.generation);
        let Some(held) = held else { return true };
        if held.forced {
            if now < held.since + longest_rest(state.in_vain) {
                return false;
            }
            state.in_vain += 1;
        }
        state.held = None;
        state.refused = Some(credential.secret.clone());
        true
    }

    /// The API took this token: once it is refused, another may be had at once.
    pub fn accepted(&self, credential: &Credential) {
        let mut state = self.inner.state.borrow_mut();
        state.in_vain = 0;
        if let Some(held) = &mut state.held {
            held.forced &= held.generation != credential.generation;
        }
    }
}

impl<A: TokenSource> Inner<A> {
    fn next(self: &Rc<Self>) -> Result<Next, TokenProblem> {
        let now = self.runtime.monotonic();
        let state = self.state.borrow();
        let patience =
            if self.runtime.isolates_callers() { PATIENCE_WITH_OTHERS } else { 2 * PATIENCE };
        let asking = state.asking.as_ref().is_some_and(|asking| now < asking.since + patience);
        let rest = state.rest.as_ref().filter(|rest| now < rest.until).map(|rest| rest.problem);
        let held = state.held.as_ref().filter(|held| held.ends_at.is_none_or(|end| now < end));
        match (held, rest) {
            (Some(held), rest) => {
                let credential =
                    Credential { secret: held.secret.clone(), generation: held.generation };
                let due = held.renew_at.is_some_and(|at| now >= at);
                drop(state);
                if due && !asking && rest.is_none() {
                    let number = self.begin();
                    self.runtime.spawn(Box::pin(self.clone().ask(number)));
                }
                Ok(Next::Use(credential))
            }
            (None, _) if asking => Ok(Next::Wait),
            (None, Some(problem)) => Err(problem),
            (None, None) => Ok(Next::Ask),
        }
    }

    /// Marks the question as asked, so that nobody else asks it.
    fn begin(&self) -> u64 {
        let mut state = self.state.borrow_mut();
        state.questions += 1;
        let number = state.questions;
        state.asking = Some(Asking { number, since: self.runtime.monotonic() });
        number
    }

    /// Ends with the next answer of the source, whoever asked.
    fn wait(&self) -> impl Future<Output = ()> + use<A> {
        let notice = Notice::default();
        let given = notice.given();
        let mut state = self.state.borrow_mut();
        // Who gave up would be kept as long as the source is silent.
        state.waiting.retain(Notice::is_awaited);
        state.waiting.push(notice);
        given
    }

    async fn ask(self: Rc<Self>, number: u64) {
        // A question that is dropped half-way, with the request that asked it, frees its place.
        let question = Question { inner: &self, number };
        let refused = self.state.borrow().refused.clone();
        let forced = refused.is_some();
        (self.observe)(TokenHappening::Requested);
        let answer = self.source.token(TokenRequest { refused });
        let answer = match select(answer, self.runtime.sleep(PATIENCE)).await {
            Either::Left((Ok(token), _)) => self.accept(token),
            Either::Left((Err(TokenError::Failed), _)) => Err(TokenProblem::Failed),
            Either::Left((Err(TokenError::Malformed), _)) => Err(TokenProblem::Malformed),
            Either::Right(_) => Err(TokenProblem::Slow),
        };
        (self.observe)(match &answer {
            Ok(_) => TokenHappening::Received,
            Err(problem) => TokenHappening::Failed(*problem),
        });
        self.settle(answer, forced);
        drop(question);
    }

    /// Looks at a token and counts its life on the monotonic clock from now.
    fn accept(&self, token: Token) -> Result<Held, TokenProblem> {
        // No token of either API holds a blank: `Bearer …` would become `Bearer Bearer …`.
        if token.secret.is_empty() || !token.secret.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(TokenProblem::Malformed);
        }
        let life = token.expires_at.map(|at| at.saturating_sub(self.runtime.wall()));
        if life.is_some_and(|life| life < SHORTEST_LIFE) {
            return Err(TokenProblem::Expired);
        }
        let now = self.runtime.monotonic();
        // Up to a tenth of the margin is left to chance, so that a fleet does not renew as one.
        let renew_at = life.map(|life| {
            let margin = EARLY.min(life / 5);
            now.saturating_add(life)
                - margin
                - (margin as f64 / 10.0 * self.runtime.random()) as u64
        });
        Ok(Held {
            secret: token.secret.into(),
            generation: 0,
            forced: false,
            since: now,
            renew_at,
            ends_at: life.map(|life| now.saturating_add(life)),
        })
    }

    fn settle(&self, answer: Result<Held, TokenProblem>, forced: bool) {
        let mut state = self.state.borrow_mut();
        match answer {
            // It was refused while the question was under way: the next question says so.
            Ok(held) if !forced && state.refused.as_ref() == Some(&held.secret) => {}
            Ok(mut held) => {
                state.generation += 1;
                held.generation = state.generation;
                held.forced = forced;
                state.held = Some(held);
                state.refused = None;
                state.rest = None;
            }
            Err(problem) => {
                let before = state.rest.as_ref().map_or(0, |rest| rest.in_a_row);
                let in_a_row = before + 1;
                let longest = longest_rest(before);
                let rest = longest / 2 + (longest as f64 / 2.0 * self.runtime.random()) as u64;
                let until = self.runtime.monotonic() + rest;
                state.rest = Some(Rest { until, problem, in_a_row });
            }
        }
    }
}

/// The longest rest after so many failures before.
fn longest_rest(failures: u32) -> u64 {
    (FIRST_REST << failures.min(10)).min(LONGEST_REST)
}

struct Question<'a, A> {
    inner: &'a Rc<Inner<A>>,
    number: u64,
}

impl<A> Drop for Question<'_, A> {
    fn drop(&mut self) {
        let waiting = {
            let mut state = self.inner.state.borrow_mut();
            if state.asking.as_ref().is_some_and(|asking| asking.number == self.number) {
                state.asking = None;
            }
            std::mem::take(&mut state.waiting)
        };
        drop(waiting);
    }
}
