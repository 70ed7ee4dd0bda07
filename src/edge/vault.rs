//! One token of an API client for a whole fleet: the inside of the Durable Object `TokenVault`.
//!
//! All times are of the wall clock, because a vault outlasts its program: what it counted and what it
//! holds are kept, and the next start goes on from there.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use serde::{Deserialize, Serialize};

use super::limiter::{BLOCK, Counted, ExchangeLimiter, Window};
use super::secret::{Exchange, ExchangeError, Exchanged, LIFE, Problem, TIMEOUT, limited};
use super::token_desk::{Answer, Held, REST, TokenDesk, Wanted};
use crate::engine::{Options, Runtime, Transport};

/// An exchange ends within its own time; one that was lost is begun again after this, in milliseconds.
const PATIENCE: u64 = 2 * TIMEOUT;
/// Renewals of refused tokens: 10 in a minute are half of the endpoint's limit. When an API refuses
/// whatever it is shown, the other half is left for renewals that help.
const REFUSALS: Window = Window::new(10, 60_000);
/// The rest after a failure doubles with each further one up to this, in milliseconds. Where Welkin
/// answered with a refusal it is as long as a block, in case that is how a block looks. `Retry-After`
/// makes it longer.
const LONGEST_REST: u64 = 30_000;

/// Keeps what a vault must not forget.
pub trait Keeper {
    /// Keeps the count of exchanges. The exchange begins when that is done.
    fn keep_count(&self, count: String) -> LocalBoxFuture<'static, Result<(), NotKept>>;
    /// Keeps the token, unreadable to whoever does not know the secret.
    fn keep_token(&self, token: String) -> LocalBoxFuture<'static, Result<(), NotKept>>;
    /// Reads a date as Welkin writes it, in milliseconds since 1970-01-01T00:00:00Z.
    fn date(&self, text: &str) -> Option<u64>;
}

/// The storage failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotKept;

/// What an earlier start of the vault kept.
#[derive(Default)]
pub struct Kept {
    /// What was given to [`Keeper::keep_count`].
    pub count: Option<String>,
    /// What was given to [`Keeper::keep_token`].
    pub token: Option<String>,
}

/// A token as it is handed out. It has no `Debug`, like everything that holds one.
pub struct Handed {
    /// The token.
    pub token: String,
    /// How long it still lasts, in milliseconds.
    pub life: u64,
    /// What to say of it when it is refused.
    pub generation: u64,
}

/// One token of one API client, for all who ask.
pub struct TokenVault<T, K> {
    exchange: Exchange<T>,
    keeper: K,
    runtime: Rc<dyn Runtime>,
    state: RefCell<State>,
}

struct State {
    desk: TokenDesk,
    limiter: ExchangeLimiter,
    refusals: Window,
    failure: ExchangeError,
    failures_in_a_row: u32,
    waiting: Vec<oneshot::Sender<()>>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Count {
    questions: u64,
    exchanges: Counted,
}

enum Next {
    Hand(Handed),
    Begin,
    Wait(oneshot::Receiver<()>),
    Fail(ExchangeError),
}

impl<T: Transport + 'static, K: Keeper + 'static> TokenVault<T, K> {
    /// A vault that goes on from what was kept; what cannot be read counts as nothing.
    pub fn new(
        exchange: Exchange<T>,
        keeper: K,
        runtime: Rc<dyn Runtime>,
        kept: &Kept,
    ) -> Rc<Self> {
        fn read<V: for<'a> Deserialize<'a>>(text: &Option<String>) -> Option<V> {
            serde_json::from_str(text.as_deref()?).ok()
        }
        let Count { questions, exchanges } = read(&kept.count).unwrap_or_default();
        let limiter = ExchangeLimiter::after(exchanges.clone(), runtime.wall());
        let set_back = limiter.counted() != exchanges;
        let state = RefCell::new(State {
            desk: TokenDesk::after(PATIENCE, questions, read::<Held>(&kept.token)),
            limiter,
            refusals: REFUSALS,
            failure: ExchangeError::of(Problem::Network),
            failures_in_a_row: 0,
            waiting: Vec::new(),
        });
        let vault = Rc::new(TokenVault { exchange, keeper, runtime, state });
        if set_back {
            // Otherwise a block would begin again with each start, until the clock is where it was.
            let keeping = vault.keep_count();
            // Where it cannot be kept, nothing is sent either.
            vault.runtime.spawn(Box::pin(keeping.map(drop)));
        }
        vault
    }

    /// The token; `refused` is the generation of one that the API refused.
    pub async fn token(self: &Rc<Self>, refused: Option<u64>) -> Result<Handed, ExchangeError> {
        let mut wanted = refused.map_or(Wanted::Any, Wanted::OtherThan);
        loop {
            let next = self.state.borrow_mut().next(&mut wanted, self.runtime.wall());
            match next {
                Next::Hand(handed) => return Ok(handed),
                Next::Fail(error) => return Err(error),
                // In the background: the question that began it may be given up.
                Next::Begin => self.runtime.spawn(Box::pin(self.clone().renew())),
                // Whether it failed or not, the state knows.
                Next::Wait(renewed) => drop(renewed.await),
            }
        }
    }

    async fn renew(self: Rc<Self>) {
        // An exchange that is not counted could be one too many after a restart.
        let answer = match self.keep_count().await {
            Ok(()) => self.exchange.send(Options::default()).await,
            Err(NotKept) => Err(ExchangeError::of(Problem::Unkept)),
        };
        let end = match &answer {
            Ok(Exchanged { expires_at: Some(text), .. }) => self.keeper.date(text),
            _ => None,
        };
        let settled = self.state.borrow_mut().settle(answer, end, self.runtime.wall());
        // Without these the vault works on, and the next start asks Welkin again.
        let _ = match settled {
            Settled::Token(text) => self.keeper.keep_token(text).await,
            Settled::Blocked => self.keep_count().await,
            Settled::Failed => Ok(()),
        };
        let waiting = std::mem::take(&mut self.state.borrow_mut().waiting);
        for waiter in waiting {
            let _ = waiter.send(());
        }
    }

    fn keep_count(&self) -> LocalBoxFuture<'static, Result<(), NotKept>> {
        self.keeper.keep_count(self.state.borrow().count())
    }
}

enum Settled {
    /// As it is kept.
    Token(String),
    Blocked,
    Failed,
}

impl State {
    fn next(&mut self, wanted: &mut Wanted, now: u64) -> Next {
        // If only the desk saw now that the clock was set back, the block would begin again after it.
        self.limiter.rewind(now);
        loop {
            match self.desk.next(*wanted, now, now) {
                Answer::Give { token, expires_at, generation } => {
                    let life = expires_at.saturating_sub(now);
                    return Next::Hand(Handed { token, life, generation });
                }
                Answer::Ask { force_refresh: true, refused: Some(_) }
                    if self.refusals.begin(now).is_err() =>
                {
                    self.desk.withdraw();
                    *wanted = Wanted::Any;
                }
                Answer::Ask { .. } => match self.limiter.begin(now) {
                    Ok(()) => return Next::Begin,
                    Err(wait) => {
                        self.desk.failed(now, wait.retry_after);
                        self.failure = limited(wait);
                    }
                },
                Answer::Wait => {
                    let (sender, receiver) = oneshot::channel();
                    self.waiting.push(sender);
                    return Next::Wait(receiver);
                }
                Answer::Rest(wait) => {
                    return Next::Fail(ExchangeError {
                        retry_after: Some(wait),
                        ..self.failure.clone()
                    });
                }
            }
        }
    }

    /// `end` is when the life of the token ends, if Welkin told it.
    fn settle(
        &mut self,
        answer: Result<Exchanged, ExchangeError>,
        end: Option<u64>,
        now: u64,
    ) -> Settled {
        let answer = answer.and_then(|Exchanged { token, .. }| {
            let life = end.map_or(LIFE, |end| end.saturating_sub(now));
            let usable = self.desk.received(token, life, now);
            usable.then_some(()).ok_or(ExchangeError::of(Problem::Malformed))
        });
        match answer {
            Ok(()) => {
                self.failures_in_a_row = 0;
                Settled::Token(serde_json::to_string(&self.desk.held()).unwrap_or_default())
            }
            Err(error) if error.problem == Problem::Limited => {
                let wait = self.limiter.block(now, error.retry_after);
                self.desk.failed(now, wait.retry_after);
                self.failure = ExchangeError { status: error.status, ..limited(wait) };
                Settled::Blocked
            }
            Err(error) => {
                let refused = error.status.is_some_and(|status| (400..500).contains(&status));
                let longest = if refused { BLOCK } else { LONGEST_REST };
                let rest = (REST << self.failures_in_a_row.min(16)).min(longest);
                self.failures_in_a_row += 1;
                self.desk.failed(now, rest.max(error.retry_after.unwrap_or(0)));
                self.failure = error;
                Settled::Failed
            }
        }
    }

    fn count(&self) -> String {
        let count = Count { questions: self.desk.questions(), exchanges: self.limiter.counted() };
        serde_json::to_string(&count).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::future::Future;

    use futures_util::future::{join_all, ready};

    use super::*;
    use crate::edge::testing::{Answered, Scripted, StoppedClock, welkin_secret};

    const MINUTE: u64 = 60_000;
    const HOUR: u64 = 60 * MINUTE;

    /// What the vaults of a test keep, one after the other.
    #[derive(Default)]
    struct Drawer {
        count: RefCell<Option<String>>,
        token: RefCell<Option<String>>,
        broken: Cell<bool>,
    }

    impl Keeper for Rc<Drawer> {
        fn keep_count(&self, count: String) -> LocalBoxFuture<'static, Result<(), NotKept>> {
            if self.broken.get() {
                return Box::pin(ready(Err(NotKept)));
            }
            self.count.replace(Some(count));
            Box::pin(ready(Ok(())))
        }

        fn keep_token(&self, token: String) -> LocalBoxFuture<'static, Result<(), NotKept>> {
            self.token.replace(Some(token));
            Box::pin(ready(Ok(())))
        }

        fn date(&self, text: &str) -> Option<u64> {
            text.parse().ok()
        }
    }

    type Vault = Rc<TokenVault<Rc<Scripted>, Rc<Drawer>>>;

    struct Stage {
        api: Rc<Scripted>,
        clock: Rc<StoppedClock>,
        drawer: Rc<Drawer>,
    }

    impl Stage {
        /// The endpoint answers its n-th exchange so.
        fn new(answer: impl Fn(u64) -> Answered + 'static) -> Self {
            let exchanges = Cell::new(0);
            let api = Scripted::new(move |_| {
                exchanges.set(exchanges.get() + 1);
                answer(exchanges.get())
            });
            Stage { api, clock: StoppedClock::new(), drawer: Rc::default() }
        }

        /// The endpoint answers the first exchange so, and each after it with a token.
        fn after(first: Answered) -> Self {
            Self::new(move |number| if number == 1 { first.clone() } else { numbered(number) })
        }

        /// A vault as it starts.
        fn start(&self) -> Vault {
            let exchange =
                Exchange::new(welkin_secret(), self.api.clone(), self.clock.clone()).ok().unwrap();
            let kept = Kept {
                count: self.drawer.count.borrow().clone(),
                token: self.drawer.token.borrow().clone(),
            };
            TokenVault::new(exchange, self.drawer.clone(), self.clock.clone(), &kept)
        }

        fn ask(&self, vault: &Vault, refused: Option<u64>) -> Result<Handed, ExchangeError> {
            self.run(vault.token(refused))
        }

        fn run<F: Future>(&self, question: F) -> F::Output {
            let mut question = Box::pin(question);
            if let Some(answer) = question.as_mut().now_or_never() {
                return answer;
            }
            self.clock.work();
            question.now_or_never().expect("the exchange has ended")
        }

        fn exchanges(&self) -> usize {
            self.api.sent().len()
        }
    }

    fn numbered(number: u64) -> Answered {
        Answered::json(200, &format!(r#"{{"token":"token-{number}"}}"#))
    }

    #[test]
    fn ten_thousand_questions_cost_one_exchange() {
        let stage = Stage::new(numbered);
        let vault = stage.start();
        let handed = stage.run(join_all((0..10_000).map(|_| vault.token(None))));
        assert!(handed.iter().all(|handed| handed.as_ref().is_ok_and(|it| it.token == "token-1")));
        assert_eq!(stage.exchanges(), 1);
    }

    #[test]
    fn a_question_that_is_given_up_leaves_its_exchange_to_the_others() {
        let stage = Stage::new(numbered);
        let vault = stage.start();
        let mut first = Box::pin(vault.token(None));
        assert!(first.as_mut().now_or_never().is_none());
        let second = vault.token(None);
        drop(first);
        assert_eq!(stage.run(second).ok().unwrap().token, "token-1");
        assert_eq!(stage.exchanges(), 1);
    }

    #[test]
    fn a_token_that_is_due_is_handed_out_while_it_is_renewed() {
        let stage = Stage::new(numbered);
        let vault = stage.start();
        stage.ask(&vault, None).ok().unwrap();
        stage.clock.advance(HOUR - 4 * MINUTE);
        let handed = stage.ask(&vault, None).ok().unwrap();
        assert_eq!((handed.token.as_str(), handed.life), ("token-1", 4 * MINUTE));
        stage.clock.work();
        assert_eq!(stage.ask(&vault, None).ok().unwrap().token, "token-2");
        assert_eq!(stage.exchanges(), 2);
    }

    #[test]
    fn the_life_that_welkin_tells_is_kept_to() {
        let end = StoppedClock::new().wall() + 10 * MINUTE;
        let stage = Stage::new(move |_| {
            Answered::json(200, &format!(r#"{{"token":"t","expiresAt":"{end}"}}"#))
        });
        assert_eq!(stage.ask(&stage.start(), None).ok().unwrap().life, 10 * MINUTE);
        stage.clock.advance(11 * MINUTE);
        let dead = stage.ask(&stage.start(), None).err().unwrap();
        assert_eq!(dead.problem, Problem::Malformed);
    }

    #[test]
    fn a_refusal_renews_only_the_token_that_is_held() {
        let stage = Stage::new(numbered);
        let vault = stage.start();
        let first = stage.ask(&vault, None).ok().unwrap().generation;
        let renewed = stage.run(join_all((0..50).map(|_| vault.token(Some(first)))));
        assert!(renewed.iter().all(|handed| handed.as_ref().is_ok_and(|it| it.token == "token-2")));
        assert_eq!(stage.ask(&vault, Some(first)).ok().unwrap().token, "token-2");
        assert_eq!(stage.exchanges(), 2);
    }

    #[test]
    fn an_api_that_refuses_every_token_leaves_half_of_the_limit() {
        let stage = Stage::new(numbered);
        let vault = stage.start();
        let mut generation = None;
        for _ in 0..1_500 {
            generation = Some(stage.ask(&vault, generation).ok().unwrap().generation);
            stage.clock.advance(200);
        }
        assert_eq!(stage.exchanges(), 51);
    }

    #[test]
    fn a_restart_goes_on_with_the_token_and_never_uses_a_generation_twice() {
        let stage = Stage::new(numbered);
        let first = stage.ask(&stage.start(), None).ok().unwrap();
        stage.clock.advance(10 * MINUTE);
        let again = stage.ask(&stage.start(), None).ok().unwrap();
        assert_eq!((again.token.as_str(), again.life), ("token-1", 50 * MINUTE));
        assert_eq!(again.generation, first.generation);
        assert_eq!(stage.exchanges(), 1);
        // As with another secret, which cannot read what was kept under the last one.
        stage.drawer.token.replace(Some("unreadable".into()));
        let other = stage.ask(&stage.start(), Some(first.generation)).ok().unwrap();
        assert_eq!(other.token, "token-2");
        assert!(other.generation > first.generation);
    }

    #[test]
    fn restarts_never_make_more_than_100_exchanges_in_5_minutes() {
        let stage = Stage::new(|_| Answered::Lost);
        let mut begun = Vec::new();
        for _ in 0..600 {
            let before = stage.exchanges();
            let error = stage.ask(&stage.start(), None).err().unwrap();
            if stage.exchanges() > before {
                begun.push(stage.clock.monotonic());
                assert_eq!(error.problem, Problem::Network);
            } else {
                assert_eq!(error.problem, Problem::Limited);
                assert!(error.retry_after.is_some_and(|wait| wait <= 5 * MINUTE));
            }
            stage.clock.advance(1_000);
        }
        let most = begun
            .iter()
            .map(|end| begun.iter().filter(|at| *at <= end && *at + 5 * MINUTE > *end).count());
        assert_eq!((begun.len(), most.max()), (200, Some(100)));
    }

    #[test]
    fn a_block_outlasts_a_restart_and_is_waited_out_while_the_token_is_handed_out() {
        let stage = Stage::new(|number| match number {
            2 => Answered::json(429, "[]"),
            number => numbered(number),
        });
        let vault = stage.start();
        let held = stage.ask(&vault, None).ok().unwrap();
        let blocked = stage.ask(&vault, Some(held.generation)).err().unwrap();
        assert_eq!((blocked.problem, blocked.status), (Problem::Limited, Some(429)));
        assert_eq!(blocked.retry_after, Some(5 * MINUTE));
        stage.clock.advance(MINUTE);
        for vault in [vault, stage.start()] {
            assert_eq!(stage.ask(&vault, None).ok().unwrap().token, "token-1");
            let error = stage.ask(&vault, Some(held.generation)).err().unwrap();
            assert_eq!((error.problem, error.retry_after), (Problem::Limited, Some(4 * MINUTE)));
        }
        assert_eq!(stage.exchanges(), 2);
        stage.clock.advance(4 * MINUTE);
        let renewed = stage.ask(&stage.start(), Some(held.generation)).ok().unwrap();
        assert_eq!(renewed.token, "token-3");
    }

    #[test]
    fn what_may_be_a_block_is_asked_ever_more_seldom() {
        let stage = Stage::new(|_| Answered::json(403, "[]"));
        let vault = stage.start();
        let mut last = 0;
        for _ in 0..3_600 {
            let error = stage.ask(&vault, None).err().unwrap();
            assert_eq!((error.problem, error.status), (Problem::Rejected, Some(403)));
            last = error.retry_after.unwrap().max(last);
            stage.clock.advance(1_000);
        }
        assert_eq!(last, 5 * MINUTE);
        assert!(stage.exchanges() <= 21, "{}", stage.exchanges());
    }

    #[test]
    fn an_exchange_that_cannot_be_counted_is_not_sent() {
        let stage = Stage::new(numbered);
        stage.drawer.broken.set(true);
        let vault = stage.start();
        assert_eq!(stage.ask(&vault, None).err().unwrap().problem, Problem::Unkept);
        assert_eq!(stage.exchanges(), 0);
        stage.drawer.broken.set(false);
        stage.clock.advance(REST);
        assert_eq!(stage.ask(&vault, None).ok().unwrap().token, "token-1");
    }
    #[test]
    fn a_block_lasts_no_longer_for_a_clock_that_is_set_back() {
        let stage = Stage::after(Answered::json(429, "[]"));
        let vault = stage.start();
        stage.ask(&vault, None).err().unwrap();
        stage.clock.set_back(24 * HOUR);
        for vault in [&vault, &stage.start(), &vault] {
            let error = stage.ask(vault, None).err().unwrap();
            assert_eq!((error.problem, error.retry_after), (Problem::Limited, Some(5 * MINUTE)));
        }
        stage.clock.advance(5 * MINUTE);
        assert_eq!(stage.ask(&vault, None).ok().unwrap().token, "token-2");
    }

    #[test]
    fn restarts_do_not_begin_a_block_again_after_the_clock_was_set_back() {
        let stage = Stage::after(Answered::json(429, "[]"));
        stage.ask(&stage.start(), None).err().unwrap();
        stage.clock.set_back(24 * HOUR);
        for left in (1..=5).rev() {
            let error = stage.ask(&stage.start(), None).err().unwrap();
            assert_eq!(error.retry_after, Some(left * MINUTE));
            stage.clock.advance(MINUTE);
        }
        assert_eq!(stage.ask(&stage.start(), None).ok().unwrap().token, "token-2");
    }

    #[test]
    fn a_rest_lasts_no_longer_for_a_clock_that_is_set_back() {
        let stage = Stage::after(Answered::json(503, ""));
        let vault = stage.start();
        stage.ask(&vault, None).err().unwrap();
        stage.clock.set_back(24 * HOUR);
        assert_eq!(stage.ask(&vault, None).err().unwrap().retry_after, Some(REST));
        stage.clock.advance(REST);
        assert_eq!(stage.ask(&vault, None).ok().unwrap().token, "token-2");
    }

    #[test]
    fn a_token_lasts_no_longer_for_a_clock_that_is_set_back() {
        let stage = Stage::new(numbered);
        let vault = stage.start();
        stage.ask(&vault, None).ok().unwrap();
        stage.clock.set_back(24 * HOUR);
        for vault in [vault, stage.start()] {
            assert_eq!(stage.ask(&vault, None).ok().unwrap().life, HOUR);
        }
    }

    #[test]
    fn retry_after_is_obeyed_up_to_a_day() {
        for (status, asked, told) in [
            (429, "60", 5 * MINUTE),
            (429, "3600", HOUR),
            (429, "315360000", 24 * HOUR),
            (503, "0", REST),
            (503, "3600", HOUR),
            (503, "315360000", 24 * HOUR),
            (403, "3600", HOUR),
        ] {
            let stage = Stage::after(Answered::later(status, asked));
            let vault = stage.start();
            let wait = stage.ask(&vault, None).err().unwrap().retry_after;
            assert_eq!(wait, Some(told), "{status} {asked}");
            stage.clock.advance(told - 1);
            assert_eq!(stage.ask(&vault, None).err().unwrap().retry_after, Some(1));
            stage.clock.advance(1);
            assert_eq!(stage.ask(&vault, None).ok().unwrap().token, "token-2");
        }
    }
}
