//! Requests that a hub holds back until it has something to tell them.

use futures_channel::oneshot;
use futures_util::future::select;
use livery_domain::{embed::waiting::Waiting, id::VisitorId};
use std::{cell::RefCell, pin::pin, time::Duration};
use worker::Delay;

#[derive(Default)]
pub struct Waiters(RefCell<Waiting<oneshot::Sender<()>>>);

impl Waiters {
    /// Waits until `visitor` is woken or the time is over; not at all where too many wait already.
    pub async fn wait(&self, visitor: Option<VisitorId>, time: Duration) {
        let (wake, woken) = oneshot::channel();
        if self.0.borrow_mut().add(visitor, wake, oneshot::Sender::is_canceled) {
            // A client that went away is not told to an object: its waiter ends with its time.
            select(woken, pin!(Delay::from(time))).await;
        }
    }

    /// Wakes those of one visitor, or everybody.
    pub fn wake(&self, visitor: Option<VisitorId>) {
        let woken = self.0.borrow_mut().take(visitor);
        for wake in woken {
            // One whose time is over just now hears of it when it reads.
            let _ = wake.send(());
        }
    }
}
