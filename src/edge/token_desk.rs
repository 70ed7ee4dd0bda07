//! Hands tokens out to a portal: one token at a time, kept as a value, asked for early.
//!
//! The desk waits for nothing. Its owner asks the provider when it is told to and brings the answer
//! back, so that in workerd no request waits for a promise of another one.

/// A token is asked for this long before its end, or at a fifth of its life if that is shorter: what
/// is handed out must last a while.
const EARLY: u64 = 5 * 60_000;
/// A forced renewal within this time of the last answer gets that answer: 5 s are 60 in 5 minutes,
/// well within the limit of the token endpoint, however often a portal forces.
const FORCED_APART: u64 = 5_000;
/// Another request's question is waited for this long; that request may have ended meanwhile.
const PATIENCE: u64 = 3_000;
/// After a failure the provider is left alone this long.
const REST: u64 = 1_000;

/// What the owner of the desk does next.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// Hand this token out.
    Give {
        /// The token.
        token: String,
        /// When its life ends, in milliseconds since 1970-01-01T00:00:00Z on the wall clock.
        expires_at: u64,
    },
    /// Ask the provider, then call [`TokenDesk::received`] or [`TokenDesk::failed`].
    Ask {
        /// Whether a token from a cache of the provider's own will not do.
        force_refresh: bool,
    },
    /// Another request asks already: look again shortly.
    Wait,
    /// The provider failed just now: come back in so many milliseconds.
    Rest(u64),
}

/// One token for all who ask. Times are of a monotonic clock, in milliseconds, unless they say
/// otherwise.
#[derive(Debug, Default)]
pub struct TokenDesk {
    held: Option<Held>,
    asked: Option<u64>,
    resting_until: u64,
}

struct Held {
    token: String,
    received: u64,
    renew_at: u64,
    ends_at: u64,
}

impl std::fmt::Debug for Held {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Held")
    }
}

impl TokenDesk {
    /// Somebody wants a token; `force_refresh` when the last one was refused.
    pub fn next(&mut self, force_refresh: bool, now: u64, wall: u64) -> Answer {
        let held = self.held.as_ref().filter(|held| now < held.ends_at);
        let fresh = held.is_some_and(|held| {
            let forced = force_refresh && now >= held.received + FORCED_APART;
            now < held.renew_at && !forced
        });
        let asking = self.asked.is_some_and(|asked| now < asked + PATIENCE);
        let give = |held: &Held| Answer::Give {
            token: held.token.clone(),
            expires_at: wall + (held.ends_at - now),
        };
        match held {
            Some(held) if fresh => give(held),
            // Renewal is another request's work, or has just failed; the old token still lasts.
            Some(held) if !force_refresh && (asking || now < self.resting_until) => give(held),
            _ if asking => Answer::Wait,
            _ if now < self.resting_until => Answer::Rest(self.resting_until - now),
            _ => {
                self.asked = Some(now);
                Answer::Ask { force_refresh }
            }
        }
    }

    /// The provider answered. `life` is how long the token lasts from now, in milliseconds. Says
    /// whether it is of any use.
    pub fn received(&mut self, token: String, life: u64, now: u64) -> bool {
        if token.is_empty() || life == 0 {
            self.failed(now);
            return false;
        }
        self.asked = None;
        self.resting_until = 0;
        let renew_at = now + life - EARLY.min(life / 5);
        self.held = Some(Held { token, received: now, renew_at, ends_at: now + life });
        true
    }

    /// The provider failed.
    pub fn failed(&mut self, now: u64) {
        self.asked = None;
        self.resting_until = now + REST;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WALL: u64 = 1_800_000_000_000;
    const HOUR: u64 = 3_600_000;

    fn given(token: &str, expires_at: u64) -> Answer {
        Answer::Give { token: token.into(), expires_at }
    }

    #[test]
    fn one_question_serves_all_until_the_token_is_due() {
        let mut desk = TokenDesk::default();
        assert_eq!(desk.next(false, 0, WALL), Answer::Ask { force_refresh: false });
        assert_eq!(desk.next(false, 10, WALL), Answer::Wait);
        assert!(desk.received("a".into(), HOUR, 20));
        assert_eq!(desk.next(false, 20, WALL), given("a", WALL + HOUR));
        let due = 20 + HOUR - EARLY;
        assert_eq!(desk.next(false, due - 1, WALL), given("a", WALL + EARLY + 1));
        assert_eq!(desk.next(false, due, WALL), Answer::Ask { force_refresh: false });
        assert_eq!(desk.next(false, due, WALL), given("a", WALL + EARLY));
    }

    #[test]
    fn forced_renewals_are_seconds_apart() {
        let mut desk = TokenDesk::default();
        desk.next(true, 0, WALL);
        desk.received("a".into(), HOUR, 0);
        assert_eq!(desk.next(true, FORCED_APART - 1, 0), given("a", HOUR - FORCED_APART + 1));
        assert_eq!(desk.next(true, FORCED_APART, 0), Answer::Ask { force_refresh: true });
        assert_eq!(desk.next(true, FORCED_APART, 0), Answer::Wait);
    }

    #[test]
    fn a_request_that_ends_while_it_asks_holds_nobody_up() {
        let mut desk = TokenDesk::default();
        desk.next(false, 0, WALL);
        assert_eq!(desk.next(false, PATIENCE - 1, WALL), Answer::Wait);
        assert_eq!(desk.next(false, PATIENCE, WALL), Answer::Ask { force_refresh: false });
    }

    #[test]
    fn a_failing_provider_is_left_alone_and_a_good_token_outlasts_it() {
        let mut desk = TokenDesk::default();
        desk.next(false, 0, WALL);
        desk.failed(0);
        assert_eq!(desk.next(false, 1, WALL), Answer::Rest(REST - 1));
        assert_eq!(desk.next(false, REST, WALL), Answer::Ask { force_refresh: false });
        assert!(!desk.received(String::new(), HOUR, REST));
        desk.next(false, 2 * REST, WALL);
        assert!(desk.received("a".into(), 10_000, 2 * REST));
        let due = 2 * REST + 8_000;
        assert_eq!(desk.next(false, due, WALL), Answer::Ask { force_refresh: false });
        desk.failed(due);
        assert_eq!(desk.next(false, due + 1, WALL), given("a", WALL + 1_999));
    }
}
