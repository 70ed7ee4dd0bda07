use std::cell::RefCell;
use std::future::pending;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::Lines;
use crate::engine::retry::{LONGEST_WAIT, retry_after, wait};
use crate::engine::{Limit, Pace, Runtime, text};
use crate::recognise::is_whole;

/// The value of `Retry-After` in the first line, and in the second the instant that a date stands for.
///
/// - Digits are seconds, the most of several count, a date is the time until then, and none overflows.
/// - No wait, whoever asks for it, is longer than the longest.
/// - A whole number is read as the standard library reads it.
pub fn waits(bytes: &[u8]) {
    let mut lines = Lines(bytes);
    let value = lines.text();
    let mut eight = [0; 8];
    lines.rest().iter().zip(&mut eight).for_each(|(byte, place)| *place = *byte);
    let number = u64::from_le_bytes(eight);
    let clock = Clock { date: (number & 1 == 1).then_some(number), asked: RefCell::default() };

    let asked = retry_after(&value, &clock);
    let plain = value.trim_ascii();
    let digits = !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit());
    let expected = if plain.starts_with(|first: char| first.is_ascii_digit()) {
        assert!(clock.asked.borrow().is_none());
        let seconds = |part: &str| part.parse::<u128>().unwrap_or(u128::MAX).min(FOR_EVER);
        let parts = plain.split([' ', ',']).filter(|part| !part.is_empty());
        let numbers = plain.bytes().all(|byte| byte.is_ascii_digit() || b" ,".contains(&byte));
        parts.map(seconds).max().filter(|_| numbers).map(|most| most as u64 * 1_000)
    } else if plain.is_empty() {
        None
    } else {
        assert_eq!(clock.asked.borrow().as_deref(), Some(plain));
        clock.date.map(|date| date.saturating_sub(clock.wall()))
    };
    assert_eq!(asked, expected);

    // As a call does it: with what the server said, and in line.
    let delay = wait(number as u32, (number as f64 / u64::MAX as f64).min(0.999_999));
    assert!(delay <= LONGEST_WAIT);
    let pace = Pace::new(Limit { burst: 1 + (number as u32 & 255), interval: 100 });
    for _ in 0..2 {
        pace.refused(clock.monotonic(), asked.unwrap_or(0));
        assert!(pace.turn(&clock).now_or_never().is_none(), "nothing goes before that time");
    }

    let whole = plain.parse::<u64>().ok().filter(|_| digits);
    assert_eq!(text::whole(plain), whole);
    let largest = 9_007_199_254_740_991;
    let same = whole.is_some_and(|whole| whole <= largest && whole.to_string() == plain);
    assert_eq!(is_whole(plain), same);
}

/// No wait is longer, in seconds.
const FOR_EVER: u128 = 1_000_000_000_000_000;

/// A clock that stands still and reads every date as the same one.
struct Clock {
    date: Option<u64>,
    asked: RefCell<Option<String>>,
}

impl Runtime for Clock {
    fn monotonic(&self) -> u64 {
        1_000
    }

    fn wall(&self) -> u64 {
        1_800_000_000_000
    }

    fn sleep(&self, _: u64) -> LocalBoxFuture<'static, ()> {
        Box::pin(pending())
    }

    fn random(&self) -> f64 {
        0.5
    }

    fn spawn(&self, _: LocalBoxFuture<'static, ()>) {}

    fn http_date(&self, text: &str) -> Option<u64> {
        self.asked.replace(Some(text.to_string()));
        self.date
    }
}
