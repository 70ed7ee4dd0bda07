//! When a request is sent again, and how long the wait is.

use std::cell::Cell;

use super::runtime::Runtime;

/// The longest wait between two attempts, in milliseconds. Who asks for more is not kept waiting:
/// the call fails at once and says when to come back.
pub const LONGEST_WAIT: u64 = 8_000;

/// The first wait is drawn from 0 to this many milliseconds, each further one from twice as many.
const FIRST_WAIT: u64 = 500;

/// No wait is longer, in seconds.
const FOR_EVER: u64 = 1_000_000_000_000_000;

/// Whether an answer of this status may be followed by a better one.
pub fn worth_repeating(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

/// The wait before the next attempt, drawn evenly ("full jitter"), in milliseconds.
pub fn wait(failed_attempts: u32, random: f64) -> u64 {
    let most = FIRST_WAIT
        .saturating_mul(1u64.checked_shl(failed_attempts.saturating_sub(1)).unwrap_or(u64::MAX))
        .min(LONGEST_WAIT);
    (most as f64 * random) as u64
}

/// Reads `Retry-After`: seconds or an HTTP date (RFC 9110, section 10.2.3), in milliseconds from now.
/// A date in the past is no wait; what is neither is `None`. A proxy may have added its own seconds,
/// behind a comma: the longest wait counts.
pub fn retry_after(value: &str, runtime: &dyn Runtime) -> Option<u64> {
    let value = value.trim_ascii();
    if !value.as_bytes().first()?.is_ascii_digit() {
        return Some(runtime.http_date(value)?.saturating_sub(runtime.wall()));
    }
    let (mut seconds, mut longest) = (0, 0);
    for byte in value.bytes() {
        seconds = match byte {
            b'0'..=b'9' => (seconds * 10 + u64::from(byte - b'0')).min(FOR_EVER),
            b' ' | b',' => 0,
            _ => return None,
        };
        longest = longest.max(seconds);
    }
    Some(longest * 1_000)
}

/// What a client may spend on repeats, so that many calls that fail together do not become a storm:
/// a repeat costs 5 of at most 500, a success gives 1 back.
pub struct Budget(Cell<u32>);

impl Budget {
    const FULL: u32 = 500;
    const REPEAT: u32 = 5;

    /// A full budget.
    pub fn new() -> Self {
        Budget(Cell::new(Self::FULL))
    }

    /// Pays for one repeat, if the budget allows it.
    pub fn spend(&self) -> bool {
        let left = self.0.get().checked_sub(Self::REPEAT);
        if let Some(left) = left {
            self.0.set(left);
        }
        left.is_some()
    }

    /// Counts a success.
    pub fn refund(&self) {
        self.0.set((self.0.get() + 1).min(Self::FULL));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_eight_seconds() {
        let longest: Vec<u64> = (1..=7).map(|failed| wait(failed, 1.0)).collect();
        assert_eq!(longest, [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
        assert_eq!(wait(3, 0.0), 0);
    }

    #[test]
    fn a_budget_stops_a_storm_and_recovers() {
        let budget = Budget::new();
        assert_eq!((0..1_000).filter(|_| budget.spend()).count(), 100);
        (0..5).for_each(|_| budget.refund());
        assert!(budget.spend() && !budget.spend());
    }
}
