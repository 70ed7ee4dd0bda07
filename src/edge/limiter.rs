//! Keeps to the limit of Welkin's token endpoints: more than 100 calls in 5 minutes block it for
//! 5 minutes (welkin-notes, Hosts and auth).

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

/// How many exchanges fit into a window.
const MOST: usize = 100;
/// The window, in milliseconds.
const WINDOW: u64 = 5 * 60_000;
/// How long a block lasts, in milliseconds.
const BLOCK: u64 = 5 * 60_000;

/// No exchange for so many milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limited {
    /// How long to wait.
    pub retry_after: u64,
}

/// Counts exchanges and remembers a block. Times are of a monotonic clock, in milliseconds.
#[derive(Debug, Default)]
pub struct ExchangeLimiter {
    begun: RefCell<VecDeque<u64>>,
    blocked_until: Cell<u64>,
}

impl ExchangeLimiter {
    /// Counts an exchange that begins now, or says when the next one may.
    pub fn begin(&self, now: u64) -> Result<(), Limited> {
        let blocked = self.blocked_until.get();
        if now < blocked {
            return Err(Limited { retry_after: blocked - now });
        }
        let mut begun = self.begun.borrow_mut();
        while begun.front().is_some_and(|at| at + WINDOW <= now) {
            begun.pop_front();
        }
        match begun.front() {
            Some(first) if begun.len() >= MOST => {
                Err(Limited { retry_after: (first + WINDOW).saturating_sub(now) })
            }
            _ => {
                begun.push_back(now);
                Ok(())
            }
        }
    }

    /// The endpoint answered 429: it is left alone for the time of a block, or longer if it said so.
    pub fn block(&self, now: u64, retry_after: Option<u64>) -> Limited {
        let wait = retry_after.unwrap_or(0).max(BLOCK);
        let until = now.saturating_add(wait).max(self.blocked_until.get());
        self.blocked_until.set(until);
        Limited { retry_after: until - now }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_more_than_100_exchanges_begin_within_any_5_minutes() {
        let limiter = ExchangeLimiter::default();
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
        let limiter = ExchangeLimiter::default();
        (0..100).for_each(|at| limiter.begin(1_000 + at).unwrap());
        let Limited { retry_after } = limiter.begin(61_000).unwrap_err();
        assert_eq!(retry_after, 240_000);
        assert!(limiter.begin(61_000 + retry_after - 1).is_err());
        assert!(limiter.begin(61_000 + retry_after).is_ok());
    }

    #[test]
    fn a_block_is_waited_out_and_never_undercut() {
        let limiter = ExchangeLimiter::default();
        limiter.begin(0).unwrap();
        assert_eq!(limiter.block(1_000, Some(2_000)).retry_after, BLOCK);
        assert_eq!(limiter.begin(2_000).unwrap_err().retry_after, BLOCK - 1_000);
        assert_eq!(limiter.block(2_000, Some(900_000)).retry_after, 900_000);
        assert!(limiter.begin(901_999).is_err());
        assert!(limiter.begin(902_000).is_ok());
    }
}
