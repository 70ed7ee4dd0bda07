//! Keeps to a rate limit by waiting in line.

use std::cell::Cell;

/// The limit of an API: so many requests at once, then one per interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How many requests may be sent at once after a rest.
    pub burst: u32,
    /// How long one request counts, in milliseconds.
    pub interval: u64,
}

/// Gives each request its place in line (generic cell rate algorithm).
pub struct Pace {
    limit: Limit,
    /// When the line is served, on the monotonic clock in milliseconds.
    served: Cell<u64>,
}

impl Pace {
    /// An empty line.
    pub fn new(limit: Limit) -> Self {
        Pace { limit, served: Cell::new(0) }
    }

    /// Takes the next place and says how long to wait for it, in milliseconds.
    pub fn take_place(&self, now: u64) -> u64 {
        let place = self.served.get().max(now);
        self.served.set(place + self.limit.interval);
        let ahead = u64::from(self.limit.burst.saturating_sub(1)) * self.limit.interval;
        place.saturating_sub(ahead).saturating_sub(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_goes_at_once_and_the_rest_waits_in_order() {
        let pace = Pace::new(Limit { burst: 3, interval: 100 });
        let waits: Vec<u64> = (0..6).map(|_| pace.take_place(1_000)).collect();
        assert_eq!(waits, [0, 0, 0, 100, 200, 300]);
        assert_eq!(pace.take_place(10_000), 0);
    }
}
