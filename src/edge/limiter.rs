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
/// No answer keeps an endpoint from being asked for longer, in milliseconds: a `Retry-After` of years
/// is a mistake, and only new storage would end it.
pub const LONGEST_PAUSE: u64 = 24 * 60 * 60_000;

/// No exchange for so many milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limited {
    /// How long to wait.
    pub retry_after: u64,
}

/// Something is left alone for a time, of one clock in milliseconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pause {
    until: u64,
    length: u64,
}

impl Pause {
    /// From now on.
    pub const fn begin(length: u64, now: u64) -> Self {
        Pause { until: now.saturating_add(length), length }
    }

    /// How much is left of it.
    pub const fn left(&self, now: u64) -> u64 {
        self.until.saturating_sub(now)
    }

    /// Should the clock have been set back, the pause begins again: it never lasts longer from now than
    /// it did when it was made.
    pub fn rewind(&mut self, now: u64) {
        self.until = self.until.min(now.saturating_add(self.length));
    }
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

    /// Should the clock have been set back, what lies ahead of it counts from now.
    fn rewind(&mut self, now: u64) {
        self.begun.iter_mut().for_each(|at| *at = now.min(*at));
    }

    /// Counts what begins now, or says when the next one may.
    pub fn begin(&mut self, now: u64) -> Result<(), Limited> {
        self.rewind(now);
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
    block: Pause,
}

/// What a limiter knows, for one that goes on after it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counted {
    begun: VecDeque<u64>,
    blocked_until: u64,
    /// A text without it was kept before there was one: its block can have been of any length.
    #[serde(default = "longest_pause")]
    block_length: u64,
}

const fn longest_pause() -> u64 {
    LONGEST_PAUSE
}

impl Default for ExchangeLimiter {
    fn default() -> Self {
        ExchangeLimiter { window: Window::new(MOST, WINDOW), block: Pause::default() }
    }
}

impl ExchangeLimiter {
    /// Goes on from what another one counted.
    pub fn after(counted: Counted, now: u64) -> Self {
        let Counted { begun, blocked_until, block_length } = counted;
        let mut limiter = Self::default();
        limiter.window.begun = begun;
        // What was kept may be any number.
        limiter.block = Pause { until: blocked_until, length: block_length.min(LONGEST_PAUSE) };
        limiter.rewind(now);
        limiter
    }

    /// What has to be remembered.
    pub fn counted(&self) -> Counted {
        Counted {
            begun: self.window.begun.clone(),
            blocked_until: self.block.until,
            block_length: self.block.length,
        }
    }

    /// Should the clock have been set back, what lies ahead of it counts from now.
    pub fn rewind(&mut self, now: u64) {
        self.window.rewind(now);
        self.block.rewind(now);
    }

    /// Counts an exchange that begins now, or says when the next one may.
    pub fn begin(&mut self, now: u64) -> Result<(), Limited> {
        self.rewind(now);
        match self.block.left(now) {
            0 => self.window.begin(now),
            retry_after => Err(Limited { retry_after }),
        }
    }

    /// The endpoint answered 429: it is left alone for the time of a block, or longer if it said so, but
    /// no longer than [`LONGEST_PAUSE`].
    pub fn block(&mut self, now: u64, retry_after: Option<u64>) -> Limited {
        self.rewind(now);
        let wait = retry_after.unwrap_or(0).clamp(BLOCK, LONGEST_PAUSE);
        if wait > self.block.left(now) {
            self.block = Pause::begin(wait, now);
        }
        Limited { retry_after: self.block.left(now) }
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
    #[test]
    fn a_block_is_never_longer_from_now_than_it_was_when_it_began() {
        const DAY: u64 = 24 * 3_600_000;
        let block = |wait| {
            let mut limiter = ExchangeLimiter::default();
            limiter.block(DAY, wait);
            limiter
        };
        for (wait, longest) in [(None, BLOCK), (Some(900_000), 900_000), (Some(u64::MAX), DAY)] {
            // The clock is set back by a day, while the limiter goes on and between two of them.
            for mut limiter in [block(wait), ExchangeLimiter::after(block(wait).counted(), 0)] {
                assert_eq!(limiter.begin(0).unwrap_err().retry_after, longest);
                assert_eq!(limiter.begin(1_000).unwrap_err().retry_after, longest - 1_000);
                assert!(limiter.begin(longest).is_ok());
            }
            assert_eq!(block(wait).block(0, None).retry_after, longest);
        }
    }

    #[test]
    fn a_window_is_waited_out_once_after_the_clock_was_set_back() {
        let mut limiter = ExchangeLimiter::default();
        (0..100).for_each(|_| limiter.begin(3_600_000).unwrap());
        assert_eq!(limiter.begin(0).unwrap_err().retry_after, WINDOW);
        assert!(limiter.begin(WINDOW - 1).is_err());
        assert!(limiter.begin(WINDOW).is_ok());
    }

    #[test]
    fn what_an_older_version_kept_is_read() {
        let read = |kept: &str| serde_json::from_str::<Counted>(kept).unwrap();
        let kept = r#"{"begun":[1000],"blockedUntil":3601000}"#;
        let mut limiter = ExchangeLimiter::after(read(kept), 1_000);
        assert_eq!(limiter.begin(1_000).unwrap_err().retry_after, 3_600_000);
        // It does not tell how long its block was.
        let kept = format!(r#"{{"begun":[],"blockedUntil":{}}}"#, u64::MAX);
        let mut limiter = ExchangeLimiter::after(read(&kept), 0);
        assert_eq!(limiter.begin(0).unwrap_err().retry_after, LONGEST_PAUSE);
        let counted = limiter.counted();
        assert_eq!(read(&serde_json::to_string(&counted).unwrap()), counted);
    }

    #[test]
    fn a_kept_block_of_any_length_ends() {
        let kept = format!(r#"{{"begun":[],"blockedUntil":{0},"blockLength":{0}}}"#, u64::MAX);
        let mut limiter = ExchangeLimiter::after(serde_json::from_str(&kept).unwrap(), 0);
        assert_eq!(limiter.begin(0).unwrap_err().retry_after, LONGEST_PAUSE);
    }
}
