//! Hands tokens out: one token at a time, kept as a value, asked for early.
//!
//! The desk waits for nothing. Its owner asks the provider when it is told to and brings the answer
//! back, so that in workerd no request waits for a promise of another one.

use serde::{Deserialize, Serialize};

use super::limiter::Pause;

/// A token is asked for this long before its end, or at a fifth of its life if that is shorter: what
/// is handed out must last a while.
const EARLY: u64 = 5 * 60_000;
/// Where nobody says which token was refused, a renewal within this time of the last answer gets that
/// answer: 5 s are 60 in 5 minutes, well within the limit of the token endpoint, however often a
/// portal forces.
const FORCED_APART: u64 = 5_000;
/// Another request's question is waited for this long; that request may have ended meanwhile.
pub const REQUEST_PATIENCE: u64 = 3_000;
/// After a failure the provider is left alone this long.
pub const REST: u64 = 1_000;

/// What somebody who wants a token says of the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing: any token will do.
    Any,
    /// It was refused, whichever it was.
    Another,
    /// The token of this generation was refused.
    OtherThan(u64),
}

/// What the owner of the desk does next.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// Hand this token out.
    Give {
        /// The token.
        token: String,
        /// When its life ends, in milliseconds since 1970-01-01T00:00:00Z on the wall clock.
        expires_at: u64,
        /// Tells it from the tokens before and after it.
        generation: u64,
    },
    /// Ask the provider, then call [`TokenDesk::received`] or [`TokenDesk::failed`].
    Ask {
        /// Whether the last token was refused, so that a provider's cache must not give it again.
        force_refresh: bool,
        /// That token, if it is still known.
        refused: Option<String>,
    },
    /// Another request asks already: look again shortly.
    Wait,
    /// The provider failed just now: come back in so many milliseconds.
    Rest(u64),
}

/// One token for all who ask. Times are of one clock, in milliseconds: a monotonic one, or the wall
/// clock where the token outlasts the program.
#[derive(Debug)]
pub struct TokenDesk {
    patience: u64,
    held: Option<Held>,
    /// Counts the questions; a token has the number of the question that brought it.
    questions: u64,
    asked: Option<Pause>,
    rest: Pause,
}

/// A token on a desk. It has no `Debug` that tells it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Held {
    token: String,
    generation: u64,
    received: u64,
    renew_at: u64,
    ends_at: u64,
}

impl std::fmt::Debug for Held {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Held")
    }
}

impl Held {
    /// Should the clock have been set back, the life counts from now: the token does not last longer
    /// for it.
    fn rewind(&mut self, now: u64) {
        let ahead = self.received.saturating_sub(now);
        for time in [&mut self.received, &mut self.renew_at, &mut self.ends_at] {
            *time = time.saturating_sub(ahead);
        }
    }
}

impl TokenDesk {
    /// An empty desk. A question that is not answered is asked again after `patience`, in
    /// milliseconds.
    pub const fn new(patience: u64) -> Self {
        let rest = Pause::begin(0, 0);
        TokenDesk { patience, held: None, questions: 0, asked: None, rest }
    }

    /// Goes on after a desk that asked so many questions and held this token.
    pub fn after(patience: u64, questions: u64, held: Option<Held>) -> Self {
        // Should the count be older than the token, the next one must still be told from it.
        let questions = held.as_ref().map_or(questions, |held| questions.max(held.generation));
        TokenDesk { questions, held, ..TokenDesk::new(patience) }
    }

    /// How many questions were asked.
    pub const fn questions(&self) -> u64 {
        self.questions
    }

    /// The token, whether it still lasts or not.
    pub const fn held(&self) -> Option<&Held> {
        self.held.as_ref()
    }

    /// Should the clock have been set back, what lies ahead of it counts from now.
    fn rewind(&mut self, now: u64) {
        self.rest.rewind(now);
        if let Some(asked) = &mut self.asked {
            asked.rewind(now);
        }
        if let Some(held) = &mut self.held {
            held.rewind(now);
        }
    }

    /// Somebody wants a token.
    pub fn next(&mut self, wanted: Wanted, now: u64, wall: u64) -> Answer {
        self.rewind(now);
        let held = self.held.as_ref().filter(|held| now < held.ends_at);
        let generation = held.map(|held| held.generation);
        let (refused, forced) = match wanted {
            Wanted::Any => (false, false),
            Wanted::Another => {
                (true, held.is_none_or(|held| now.saturating_sub(held.received) >= FORCED_APART))
            }
            Wanted::OtherThan(refused) => {
                let same = generation.is_none_or(|held| held == refused);
                (same, same)
            }
        };
        let fresh = held.is_some_and(|held| now < held.renew_at && !forced);
        let asking = self.asked.is_some_and(|asked| asked.left(now) > 0);
        let rest = self.rest.left(now);
        let give = |held: &Held| Answer::Give {
            token: held.token.clone(),
            expires_at: wall + (held.ends_at - now),
            generation: held.generation,
        };
        match held {
            Some(held) if fresh => give(held),
            // Renewal is another request's work, or has just failed; the old token still lasts.
            Some(held) if !refused && (asking || rest > 0) => give(held),
            _ if asking => Answer::Wait,
            _ if rest > 0 => Answer::Rest(rest),
            _ => {
                let last = held.filter(|_| refused).map(|held| held.token.clone());
                self.asked = Some(Pause::begin(self.patience, now));
                // What was kept may be any number.
                self.questions = self.questions.wrapping_add(1);
                Answer::Ask { force_refresh: refused, refused: last }
            }
        }
    }

    /// The provider answered. `life` is how long the token lasts from now, in milliseconds. Says
    /// whether it is of any use.
    pub fn received(&mut self, token: String, life: u64, now: u64) -> bool {
        if token.is_empty() || life == 0 {
            self.failed(now, REST);
            return false;
        }
        self.asked = None;
        self.rest = Pause::default();
        let (generation, ends_at) = (self.questions, now.saturating_add(life));
        let renew_at = ends_at - EARLY.min(life / 5);
        self.held = Some(Held { token, generation, received: now, renew_at, ends_at });
        true
    }

    /// The provider failed, and is left alone for `rest` milliseconds.
    pub fn failed(&mut self, now: u64, rest: u64) {
        self.asked = None;
        self.rest = Pause::begin(rest, now);
    }

    /// The question is not asked after all.
    pub fn withdraw(&mut self) {
        self.asked = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WALL: u64 = 1_800_000_000_000;
    const HOUR: u64 = 3_600_000;

    const ASK: Answer = Answer::Ask { force_refresh: false, refused: None };

    fn given(token: &str, expires_at: u64) -> Answer {
        Answer::Give { token: token.into(), expires_at, generation: 1 }
    }

    fn desk() -> TokenDesk {
        TokenDesk::new(REQUEST_PATIENCE)
    }

    #[test]
    fn one_question_serves_all_until_the_token_is_due() {
        let mut desk = desk();
        assert_eq!(desk.next(Wanted::Any, 0, WALL), ASK);
        assert_eq!(desk.next(Wanted::Any, 10, WALL), Answer::Wait);
        assert!(desk.received("a".into(), HOUR, 20));
        assert_eq!(desk.next(Wanted::Any, 20, WALL), given("a", WALL + HOUR));
        let due = 20 + HOUR - EARLY;
        assert_eq!(desk.next(Wanted::Any, due - 1, WALL), given("a", WALL + EARLY + 1));
        assert_eq!(desk.next(Wanted::Any, due, WALL), ASK);
        assert_eq!(desk.next(Wanted::Any, due, WALL), given("a", WALL + EARLY));
    }

    #[test]
    fn forced_renewals_are_seconds_apart() {
        let mut desk = desk();
        desk.next(Wanted::Another, 0, WALL);
        desk.received("a".into(), HOUR, 0);
        assert_eq!(
            desk.next(Wanted::Another, FORCED_APART - 1, 0),
            given("a", HOUR - FORCED_APART + 1)
        );
        let forced = Answer::Ask { force_refresh: true, refused: Some("a".into()) };
        assert_eq!(desk.next(Wanted::Another, FORCED_APART, 0), forced);
        assert_eq!(desk.next(Wanted::Another, FORCED_APART, 0), Answer::Wait);
    }

    #[test]
    fn a_request_that_ends_while_it_asks_holds_nobody_up() {
        let mut desk = desk();
        desk.next(Wanted::Any, 0, WALL);
        assert_eq!(desk.next(Wanted::Any, REQUEST_PATIENCE - 1, WALL), Answer::Wait);
        assert_eq!(desk.next(Wanted::Any, REQUEST_PATIENCE, WALL), ASK);
    }

    #[test]
    fn a_failing_provider_is_left_alone_and_a_good_token_outlasts_it() {
        let mut desk = desk();
        desk.next(Wanted::Any, 0, WALL);
        desk.failed(0, REST);
        assert_eq!(desk.next(Wanted::Any, 1, WALL), Answer::Rest(REST - 1));
        assert_eq!(desk.next(Wanted::Any, REST, WALL), ASK);
        assert!(!desk.received(String::new(), HOUR, REST));
        desk.next(Wanted::Any, 2 * REST, WALL);
        assert!(desk.received("a".into(), 10_000, 2 * REST));
        let due = 2 * REST + 8_000;
        assert_eq!(desk.next(Wanted::Any, due, WALL), ASK);
        desk.failed(due, REST);
        let held = Answer::Give { token: "a".into(), expires_at: WALL + 1_999, generation: 3 };
        assert_eq!(desk.next(Wanted::Any, due + 1, WALL), held);
    }

    #[test]
    fn only_who_was_refused_the_held_token_makes_it_renewed() {
        let mut desk = desk();
        desk.next(Wanted::Any, 0, WALL);
        desk.received("a".into(), HOUR, 0);
        let forced = Answer::Ask { force_refresh: true, refused: Some("a".into()) };
        assert_eq!(desk.next(Wanted::OtherThan(1), 1, WALL), forced);
        assert_eq!(desk.next(Wanted::OtherThan(1), 2, WALL), Answer::Wait);
        assert_eq!(desk.next(Wanted::Any, 2, WALL), given("a", WALL + HOUR - 2));
        desk.received("b".into(), HOUR, 3);
        let renewed = Answer::Give { token: "b".into(), expires_at: WALL + HOUR, generation: 2 };
        for late in [1, 0, 7] {
            assert_eq!(desk.next(Wanted::OtherThan(late), 3, WALL), renewed);
        }
    }
    #[test]
    fn nothing_lasts_longer_for_a_clock_that_is_set_back() {
        const DAY: u64 = 24 * HOUR;
        let mut desk = desk();
        desk.next(Wanted::Any, DAY, WALL);
        assert_eq!(desk.next(Wanted::Any, 0, WALL), Answer::Wait);
        assert_eq!(desk.next(Wanted::Any, REQUEST_PATIENCE, WALL), ASK);
        desk.failed(DAY, REST);
        assert_eq!(desk.next(Wanted::Any, 0, WALL), Answer::Rest(REST));
        assert_eq!(desk.next(Wanted::Any, REST, WALL), ASK);
        desk.received("a".into(), HOUR, DAY);
        let held = Answer::Give { token: "a".into(), expires_at: WALL + HOUR, generation: 3 };
        assert_eq!(desk.next(Wanted::Any, 0, WALL), held);
        let forced = Answer::Ask { force_refresh: true, refused: Some("a".into()) };
        assert_eq!(desk.next(Wanted::Another, FORCED_APART, WALL), forced);
        desk.withdraw();
        assert_eq!(desk.next(Wanted::Any, HOUR - EARLY, WALL), ASK);
    }
}
