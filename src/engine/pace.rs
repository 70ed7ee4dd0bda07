//! Keeps to a rate limit by waiting in line.

use std::cell::{Cell, RefCell};

use super::retry::LONGEST_WAIT;
use super::runtime::Runtime;

/// The limit of an API: so many requests at once, then one per interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How many requests may be sent at once after a rest.
    pub burst: u32,
    /// How long one request counts, in milliseconds.
    pub interval: u64,
}

/// The longest sleep in line, in milliseconds: calls further ahead may be given up meanwhile.
const NAP: u64 = 1_000;

/// When who is first has not looked for so long, in milliseconds, nobody in line is counted any more:
/// workerd neither runs on nor drops what waits in a request that has ended.
const FORGOTTEN: u64 = 3 * NAP;

/// Lets requests go in the order in which they came (generic cell rate algorithm). Each waits by a
/// timer of its own, for a workerd request may not be woken by another.
pub struct Pace {
    limit: Limit,
    /// When all that was sent is served, on the monotonic clock in milliseconds.
    served: Cell<u64>,
    /// Who waits, in order of arrival, and the number of the latest.
    line: RefCell<Vec<u64>>,
    latest: Cell<u64>,
    /// When who was first looked last.
    looked: Cell<u64>,
}

impl Pace {
    /// An empty line.
    pub fn new(limit: Limit) -> Self {
        let [served, latest, looked] = [0; 3].map(Cell::new);
        Pace { limit, served, line: RefCell::default(), latest, looked }
    }

    /// Waits in line, and says whether there was anything to wait for. Who gives up leaves the line
    /// and costs nothing.
    pub async fn turn(&self, runtime: &dyn Runtime) -> bool {
        let place = self.join();
        let mut waited = false;
        loop {
            let now = runtime.monotonic();
            let wait = place.wait(now);
            if wait == 0 {
                self.served.set(self.served.get().max(now) + self.limit.interval);
                return waited;
            }
            waited = true;
            runtime.sleep(wait.min(NAP)).await;
        }
    }

    /// Notes that the server refused a request for its rate: others use the same key, and the burst is
    /// spent. Nothing goes before the time that the server named, but for who asks for longer than a call
    /// may wait.
    pub fn refused(&self, now: u64, wait: u64) {
        let served = now + self.ahead() + wait.min(LONGEST_WAIT).max(self.limit.interval);
        self.served.set(self.served.get().max(served));
    }

    fn join(&self) -> Place<'_> {
        let number = self.latest.get() + 1;
        self.latest.set(number);
        self.line.borrow_mut().push(number);
        Place { pace: self, number }
    }

    /// How far service may lie ahead of the clock.
    fn ahead(&self) -> u64 {
        u64::from(self.limit.burst.saturating_sub(1)) * self.limit.interval
    }
}

/// A place in line, until it is dropped.
struct Place<'a> {
    pace: &'a Pace,
    number: u64,
}

impl Place<'_> {
    /// How long to wait, in milliseconds; 0 when it is this one's turn.
    fn wait(&self, now: u64) -> u64 {
        let Pace { limit, served, line, looked, .. } = self.pace;
        let mut line = line.borrow_mut();
        let mut before = line.iter().take_while(|number| **number < self.number).count() as u64;
        if before > 0 && now >= looked.get() + FORGOTTEN {
            line.clear();
            before = 0;
        }
        if before == 0 {
            looked.set(now);
        }
        let turn = served.get().max(now) + before * limit.interval;
        let wait = turn.saturating_sub(self.pace.ahead() + now);
        // Whoever is first goes first, even when there is room for more.
        if before > 0 { wait.max(limit.interval) } else { wait }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.pace.line.borrow_mut().retain(|number| *number != self.number);
    }
}
