//! The published limits of both APIs.

use jiff::Timestamp;

/// Welkin's limit on token exchanges: more than 100 in 5 minutes block for 5 minutes.
#[derive(Debug, Default)]
pub struct Exchanges {
    times: Vec<i64>,
    blocked_until: i64,
}

impl Exchanges {
    const MOST: usize = 100;
    const WINDOW: i64 = 300_000;
    const BLOCK: i64 = 300_000;

    /// Counts an exchange; `false` when it is one too many.
    pub fn allow(&mut self, now: Timestamp) -> bool {
        let now = now.as_millisecond();
        if now < self.blocked_until {
            return false;
        }
        self.times.retain(|time| now - time < Self::WINDOW);
        if self.times.len() >= Self::MOST {
            self.times.clear();
            self.blocked_until = now + Self::BLOCK;
            return false;
        }
        self.times.push(now);
        true
    }
}

/// Inbox Health's limit: 10 requests a second, 100 at once.
#[derive(Debug)]
pub struct Bucket {
    /// Hundredths of a request: one comes back each millisecond.
    level: i64,
    filled: i64,
}

impl Bucket {
    const REQUEST: i64 = 100;
    const FULL: i64 = 100 * Self::REQUEST;

    /// A full bucket.
    pub fn new(now: Timestamp) -> Bucket {
        Bucket { level: Self::FULL, filled: now.as_millisecond() }
    }

    /// Takes a request out; `false` when there is none left.
    pub fn allow(&mut self, now: Timestamp) -> bool {
        let now = now.as_millisecond();
        let gained = now.saturating_sub(self.filled).clamp(0, Self::FULL);
        self.level = (self.level + gained).min(Self::FULL);
        self.filled = now;
        let allowed = self.level >= Self::REQUEST;
        if allowed {
            self.level -= Self::REQUEST;
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::super::instant::at;
    use super::*;

    #[test]
    fn the_hundred_and_first_exchange_blocks_for_five_minutes() {
        let mut exchanges = Exchanges::default();
        assert!((0..100).all(|second| exchanges.allow(at(second * 1000))));
        assert!(!exchanges.allow(at(100_000)));
        assert!(!exchanges.allow(at(399_999)));
        assert!(exchanges.allow(at(400_000)));
    }

    #[test]
    fn exchanges_older_than_five_minutes_do_not_count() {
        let mut exchanges = Exchanges::default();
        assert!((0..1000).all(|turn| exchanges.allow(at(turn * 3_000))));
    }

    #[test]
    fn a_hundred_requests_pass_at_once_and_then_ten_a_second() {
        let mut bucket = Bucket::new(at(0));
        assert_eq!((0..200).filter(|_| bucket.allow(at(0))).count(), 100);
        assert_eq!((0..200).filter(|_| bucket.allow(at(1_000))).count(), 10);
        assert_eq!((0..200).filter(|_| bucket.allow(at(3_600_000))).count(), 100);
    }
}
