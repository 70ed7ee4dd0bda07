//! Keeps to the limit of Welkin's token endpoints: more than 100 calls in 5 minutes block it for
//! 5 minutes (welkin-notes, Hosts and auth).

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// How many exchanges fit into a window.
const MOST: usize = 100;
/// The window, in milliseconds.
const WINDOW: u64 = 5 * 60_000;
/// How long a block lasts, in milliseconds.
pub const BLOCK: u64 = 5 * 60_000;

/// No exchange for so many milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limited {
    /// How long to wait.
    pub retry_after: u64,
}

/// So many beginnings within any window of time, and no more. Times are of one clock, in milliseconds.
#[derive(Debug)]
pub struct Window {
    most: usize,
    length: u64,
    begun: VecDeque<u64>,
}

impl Window {
    /// At most `most` within `length` milliseconds.
    pub const fn new(most: usize, length: u64) -> Self {
        Window { most, length, begun: VecDeque::new() }
    }

    /// Counts what begins now, or says when the next one may.
    pub fn begin(&mut self, now: u64) -> Result<(), Limited> {
        while self.begun.front().is_some_and(|at| at + self.length <= now) {
            self.begun.pop_front();
        }
        match self.begun.front() {
            Some(first) if self.begun.len() >= self.most => {
                Err(Limited { retry_after: (first + self.length).saturating_sub(now) })
            }
            _ => {
                self.begun.push_back(now);
                Ok(())
            }
        }
    }
}

/// Counts exchanges and remembers a block. Times are of one clock, in milliseconds: a monotonic one, or
/// the wall clock where the count outlasts the program.
#[derive(Debug)]
pub struct ExchangeLimiter {
    window: Window,
    blocked_until: u64,
}

/// What a limiter knows, for one that goes on after it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counted {
    begun: VecDeque<u64>,
    blocked_until: u64,
}

impl Default for ExchangeLimiter {
    fn default() -> Self {
        ExchangeLimiter { window: Window::new(MOST, WINDOW), blocked_until: 0 }
    }
}

impl ExchangeLimiter {
    /// Goes on from what another one counted.
    pub fn after(counted: Counted, now: u64) -> Self {
        let mut limiter =
            ExchangeLimiter { blocked_until: counted.blocked_until, ..Self::default() };
        // Should the clock have been set back, what lies ahead of it counts from now.
        limiter.window.begun.extend(counted.begun.iter().map(|at| now.min(*at)));
        limiter
    }

    /// What has to be remembered.
    pub fn counted(&self) -> Counted {
        Counted { begun: self.window.begun.clone(), blocked_until: self.blocked_until }
    }

    /// Counts an exchange that begins now, or says when the next one may.
    pub fn begin(&mut self, now: u64) -> Result<(), Limited> {
        if now < self.blocked_until {
            return Err(Limited { retry_after: self.blocked_until - now });
        }
        self.window.begin(now)
    }

    /// The endpoint answered 429: it is left alone for the time of a block, or longer if it said so.
    pub fn block(&mut self, now: u64, retry_after: Option<u64>) -> Limited {
        let wait = retry_after.unwrap_or(0).max(BLOCK);
        self.blocked_until = now.saturating_add(wait).max(self.blocked_until);
        Limited { retry_after: self.blocked_until - now }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_more_than_100_exchanges_begin_within_any_5_minutes() {
        let mut limiter = ExchangeLimiter::default();
        let mut begun = Vec::new();
        for second in 0..1_800 {
            let now = second * 1_000;
            if limiter.begin(now).is_ok() {
                begun.push(now);
            }
            let recent = begun.iter().filter(|at| **at + WINDOW > now).count();
            assert!(recent <= MOST);
        }
        assert_eq!(begun.len(), 600);
    }

    #[test]
    fn a_full_window_says_when_the_next_exchange_may_begin() {
        let mut limiter = ExchangeLimiter::default();
        (0..100).for_each(|at| limiter.begin(1_000 + at).unwrap());
        let Limited { retry_after } = limiter.begin(61_000).unwrap_err();
        assert_eq!(retry_after, 240_000);
        assert!(limiter.begin(61_000 + retry_after - 1).is_err());
        assert!(limiter.begin(61_000 + retry_after).is_ok());
    }

    #[test]
    fn a_limiter_that_goes_on_after_another_counts_what_that_one_began() {
        let mut limiter = ExchangeLimiter::default();
        (0..60).for_each(|at| limiter.begin(at).unwrap());
        let mut next = ExchangeLimiter::after(limiter.counted(), 1_000);
        (0..40).for_each(|at| next.begin(1_000 + at).unwrap());
        assert_eq!(next.begin(2_000).unwrap_err().retry_after, WINDOW - 2_000);
        next.block(3_000, None);
        let mut last = ExchangeLimiter::after(next.counted(), 4_000);
        assert_eq!(last.begin(4_000).unwrap_err().retry_after, BLOCK - 1_000);
        // With a clock that was set back by an hour, a window from then on is the longest wait.
        let mut earlier = ExchangeLimiter::default();
        (0..100).for_each(|_| earlier.begin(3_600_000).unwrap());
        let mut later = ExchangeLimiter::after(earlier.counted(), 0);
        assert_eq!(later.begin(0).unwrap_err().retry_after, WINDOW);
    }

    #[test]
    fn a_block_is_waited_out_and_never_undercut() {
        let mut limiter = ExchangeLimiter::default();
        limiter.begin(0).unwrap();
        assert_eq!(limiter.block(1_000, Some(2_000)).retry_after, BLOCK);
        assert_eq!(limiter.begin(2_000).unwrap_err().retry_after, BLOCK - 1_000);
        assert_eq!(limiter.block(2_000, Some(900_000)).retry_after, 900_000);
        assert!(limiter.begin(901_999).is_err());
        assert!(limiter.begin(902_000).is_ok());
    }
}
