//! The stage: nothing here sleeps or looks at a real clock. When no task can go on, the clock moves to
//! the next timer, so that a test of thirty seconds takes none.

mod clock;
mod network;
mod tokens;

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use serde_json::Value;

use crate::engine::{
    Arguments, Engine, Error, Event, Form, Happening, Options, Reply, Runtime, Settings,
};
use crate::inbox_health::InboxHealth;
use crate::operation::{Api, Operation};
use crate::welkin::Welkin;

pub use clock::Clock;
pub use network::{Act, Network, Sent};
pub use tokens::{Answer, Question, Tokens};

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

    /// A further token source, for another client.
    pub fn source(&self) -> Tokens {
        Tokens::new(self.clock.clone())
    }

    /// A client of these settings over this source; a gateway's without one.
    pub fn engine(&self, settings: Settings, tokens: Option<&Tokens>) -> Engine<Network, Tokens> {
        let settings = self.observed(settings);
        Engine::new(settings, self.network.clone(), tokens.cloned(), self.runtime())
    }

    /// What was begun and neither ended nor was dropped: timers, exchanges and questions.
    pub fn left(&self) -> (usize, usize, usize) {
        (self.clock.left(), self.network.left(), self.tokens.left())
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
