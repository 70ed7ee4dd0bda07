//! One task waits for another of the same thread. The library's channels are made for threads, and
//! would be a kilobyte of the client's wasm.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};

/// Gives notice when it is dropped.
#[derive(Default)]
pub struct Notice(Rc<Cell<Option<Waker>>>);

impl Notice {
    /// What ends when the notice is given. There can be one such future at a time.
    pub fn given(&self) -> impl Future<Output = ()> + use<> {
        let shared = self.0.clone();
        poll_fn(move |context| {
            if Rc::strong_count(&shared) == 1 {
                return Poll::Ready(());
            }
            shared.set(Some(context.waker().clone()));
            Poll::Pending
        })
    }

    /// Whether anybody still waits for it.
    pub fn is_awaited(&self) -> bool {
        Rc::strong_count(&self.0) > 1
    }
}

impl Drop for Notice {
    fn drop(&mut self) {
        if let Some(waker) = self.0.take() {
            waker.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn who_waits_is_woken_when_the_notice_is_dropped() {
        let notice = Notice::default();
        let mut given = notice.given();
        assert!(notice.is_awaited() && (&mut given).now_or_never().is_none());
        drop(notice);
        assert!(given.now_or_never().is_some());
    }

    #[test]
    fn who_gave_up_is_not_waited_for() {
        let notice = Notice::default();
        drop(notice.given());
        assert!(!notice.is_awaited());
    }
}
