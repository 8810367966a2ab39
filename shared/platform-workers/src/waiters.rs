//! Requests that a hub holds back until it has something to tell them.

use futures_channel::oneshot;
use futures_util::future::select;
use livery_domain::id::VisitorId;
use std::{cell::RefCell, pin::pin, time::Duration};
use worker::Delay;

/// Requests held at once by one hub. Each comes back at least every 25 s: 2,000 are 80 requests a second, of the 1,000
/// that an object answers.
const MAX_WAITERS: usize = 2_000;

#[derive(Default)]
pub struct Waiters(RefCell<Vec<Waiter>>);

struct Waiter {
    visitor: Option<VisitorId>,
    wake: oneshot::Sender<()>,
}

impl Waiters {
    /// Waits until `visitor` is woken or the time is over; not at all where too many wait already.
    pub async fn wait(&self, visitor: Option<VisitorId>, time: Duration) {
        let Some(woken) = self.add(visitor) else { return };
        // A client that went away is not told to an object: its waiter ends with its time.
        select(woken, pin!(Delay::from(time))).await;
    }

    fn add(&self, visitor: Option<VisitorId>) -> Option<oneshot::Receiver<()>> {
        let mut waiters = self.0.borrow_mut();
        waiters.retain(|waiter| !waiter.wake.is_canceled());
        if waiters.len() >= MAX_WAITERS {
            return None;
        }
        let (wake, woken) = oneshot::channel();
        waiters.push(Waiter { visitor, wake });
        Some(woken)
    }

    /// Wakes those of one visitor, or everybody.
    pub fn wake(&self, visitor: Option<VisitorId>) {
        let woken = |waiter: &mut Waiter| visitor.is_none() || waiter.visitor == visitor;
        let woken: Vec<_> = self.0.borrow_mut().extract_if(.., woken).collect();
        for waiter in woken {
            // One whose time is over just now hears of it when it reads.
            let _ = waiter.wake.send(());
        }
    }
}
