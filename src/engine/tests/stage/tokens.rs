//! A token source that answers by a script, and the record of what it was asked.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::pending;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use super::Clock;
use crate::engine::{Runtime, Token, TokenError, TokenRequest, TokenSource};

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
    rule: RefCell<Option<Rule>>,
    given: RefCell<Vec<Option<Given>>>,
    open: Cell<usize>,
    most_at_once: Cell<usize>,
}

type Rule = Box<dyn Fn(Question) -> Answer>;

/// A question as it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// On the monotonic clock.
    pub at: u64,
    pub force_refresh: bool,
}

/// A token as it was given, on the monotonic clock.
#[derive(Clone, Copy, Debug)]
pub struct Given {
    pub at: u64,
    /// By what the wall clock said when it came.
    pub ends_at: Option<u64>,
}

impl Tokens {
    pub(super) fn new(clock: Clock) -> Self {
        Tokens(Rc::new(TokensInner {
            clock,
            questions: RefCell::default(),
            script: RefCell::default(),
            rule: RefCell::default(),
            given: RefCell::default(),
            open: Cell::new(0),
            most_at_once: Cell::new(0),
        }))
    }

    /// Answers the next questions, in this order.
    pub fn script(&self, answers: impl IntoIterator<Item = Answer>) {
        self.0.script.borrow_mut().extend(answers);
    }

    /// Answers all questions that the script does not.
    pub fn always(&self, answer: Answer) {
        self.always_by(move |_| answer.clone());
    }

    /// Answers all questions that the script does not, each by what it is.
    pub fn always_by(&self, rule: impl Fn(Question) -> Answer + 'static) {
        *self.0.rule.borrow_mut() = Some(Box::new(rule));
    }

    /// What the question of this number was answered, counted from 1.
    pub fn given(&self, number: usize) -> Given {
        self.0.given.borrow()[number - 1].unwrap()
    }

    /// How many questions neither were answered nor dropped.
    pub fn left(&self) -> usize {
        self.0.open.get()
    }

    /// How many questions were under way at the same time, at most.
    pub fn most_at_once(&self) -> usize {
        self.0.most_at_once.get()
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
        let question = Question { at, force_refresh };
        inner.questions.borrow_mut().push(question);
        let answer = inner.script.borrow_mut().pop_front();
        let answer = answer.or_else(|| inner.rule.borrow().as_ref().map(|rule| rule(question)));
        let number = inner.questions.borrow().len();
        let answer = answer.unwrap_or_else(|| Answer::token(&format!("token-{number}")));
        let open = Open::new(&inner);
        inner.given.borrow_mut().push(None);
        Box::pin(async move {
            let _open = open;
            if answer.after > 0 {
                inner.clock.sleep(answer.after).await;
            }
            let at = inner.clock.monotonic();
            if let Some(Ok(token)) = &answer.what {
                let life = |end: u64| end.saturating_sub(inner.clock.wall());
                let ends_at = token.expires_at.map(|end| at.saturating_add(life(end)));
                inner.given.borrow_mut()[number - 1] = Some(Given { at, ends_at });
            }
            match answer.what {
                Some(what) => what,
                None => pending().await,
            }
        })
    }
}

/// Counts a question as long as it is under way.
struct Open(Rc<TokensInner>);

impl Open {
    fn new(inner: &Rc<TokensInner>) -> Self {
        let open = inner.open.get() + 1;
        inner.open.set(open);
        inner.most_at_once.set(inner.most_at_once.get().max(open));
        Open(inner.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.set(self.0.open.get() - 1);
    }
}
