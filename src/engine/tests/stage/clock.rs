//! Both clocks, timers, chance and background work.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::UNIX_EPOCH;

use futures_executor::LocalPool;
use futures_util::future::LocalBoxFuture;
use futures_util::task::LocalSpawnExt;

use super::{SECOND, WALL};
use crate::engine::Runtime;

/// Both clocks, timers, chance and background work.
#[derive(Clone)]
pub struct Clock(Rc<ClockInner>);

struct ClockInner {
    now: Cell<u64>,
    wall: Cell<u64>,
    timers: RefCell<BTreeMap<(u64, u64), Waker>>,
    timers_made: Cell<u64>,
    timers_dropped: Cell<u64>,
    spawned: RefCell<Vec<LocalBoxFuture<'static, ()>>>,
    pool: RefCell<LocalPool>,
    random: Cell<f64>,
    isolates_callers: Cell<bool>,
}

impl Clock {
    pub(super) fn new() -> Self {
        Clock(Rc::new(ClockInner {
            now: Cell::new(5 * SECOND),
            wall: Cell::new(WALL),
            timers: RefCell::default(),
            timers_made: Cell::new(0),
            timers_dropped: Cell::new(0),
            spawned: RefCell::default(),
            pool: RefCell::new(LocalPool::new()),
            random: Cell::new(0.5),
            isolates_callers: Cell::new(false),
        }))
    }

    /// What every drawing of chance gives; a half unless it is set.
    pub fn set_random(&self, random: f64) {
        self.0.random.set(random);
    }

    /// Makes this a place like workerd, where callers may not wait for each other's work.
    pub fn isolate_callers(&self) {
        self.0.isolates_callers.set(true);
    }

    /// Sets the wall clock, as a user or a time server does.
    pub fn set_wall(&self, milliseconds: u64) {
        self.0.wall.set(milliseconds);
    }

    /// The monotonic clock.
    pub fn now(&self) -> u64 {
        self.0.now.get()
    }

    /// How many timers were made and not dropped.
    pub fn left(&self) -> usize {
        (self.0.timers_made.get() - self.0.timers_dropped.get()) as usize
    }

    pub(super) fn run<F: Future>(&self, future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let woken = Arc::new(Woken(AtomicBool::new(true)));
        let waker = Waker::from(woken.clone());
        loop {
            self.run_background();
            if woken.0.swap(false, Ordering::Relaxed) {
                if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker))
                {
                    self.run_background();
                    return output;
                }
            } else if self.0.spawned.borrow().is_empty() {
                assert!(self.turn(), "nothing is left to wait for");
            }
        }
    }

    fn run_background(&self) {
        let mut pool = self.0.pool.borrow_mut();
        for task in self.0.spawned.take() {
            pool.spawner().spawn_local(task).unwrap();
        }
        pool.run_until_stalled();
    }

    /// Goes to the next timer; `false` when there is none.
    fn turn(&self) -> bool {
        let Some(((due, _), waker)) = self.0.timers.borrow_mut().pop_first() else { return false };
        let passed = due.saturating_sub(self.0.now.get());
        self.0.now.set(self.0.now.get() + passed);
        self.0.wall.set(self.0.wall.get() + passed);
        waker.wake();
        true
    }
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Runtime for Clock {
    fn monotonic(&self) -> u64 {
        self.0.now.get()
    }

    fn wall(&self) -> u64 {
        self.0.wall.get()
    }

    fn sleep(&self, milliseconds: u64) -> LocalBoxFuture<'static, ()> {
        let made = self.0.timers_made.get();
        self.0.timers_made.set(made + 1);
        let due = self.0.now.get().saturating_add(milliseconds);
        Box::pin(Sleep { clock: self.clone(), key: (due, made) })
    }

    fn random(&self) -> f64 {
        self.0.random.get()
    }

    fn spawn(&self, task: LocalBoxFuture<'static, ()>) {
        self.0.spawned.borrow_mut().push(task);
    }

    fn http_date(&self, text: &str) -> Option<u64> {
        let time = httpdate::parse_http_date(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
        u64::try_from(time.as_millis()).ok()
    }

    fn isolates_callers(&self) -> bool {
        self.0.isolates_callers.get()
    }
}

struct Sleep {
    clock: Clock,
    key: (u64, u64),
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.clock.0.now.get() >= self.key.0 {
            return Poll::Ready(());
        }
        self.clock.0.timers.borrow_mut().insert(self.key, context.waker().clone());
        Poll::Pending
    }
}

/// A timer that nobody waits for must not move the clock.
impl Drop for Sleep {
    fn drop(&mut self) {
        let ClockInner { timers, timers_dropped, .. } = &*self.clock.0;
        timers.borrow_mut().remove(&self.key);
        timers_dropped.set(timers_dropped.get() + 1);
    }
}
