//! Requests that wait at a hub until there is a frame for them.

use futures_channel::oneshot;
use futures_util::future::select;
use livery_domain::{embed::waiting::Waiting, id::VisitorId};
use std::{cell::RefCell, pin::pin, time::Duration};
use worker::Delay;

#[derive(Default)]
pub struct Waiters(RefCell<Waiting<oneshot::Sender<()>>>);

impl Waiters {
    /// Waits until `visitor` is woken or the time is over; not at all if too many requests are waiting already.
    pub async fn wait(&self, visitor: Option<VisitorId>, time: Duration) {
        let (wake, woken) = oneshot::channel();
        if self.0.borrow_mut().add(visitor, wake, oneshot::Sender::is_canceled) {
            // An object is not told that a client has disconnected: its waiter ends when its time is over.
            select(woken, pin!(Delay::from(time))).await;
        }
    }

    /// Wakes the requests of one visitor, or all of them.
    pub fn wake(&self, visitor: Option<VisitorId>) {
        let woken = self.0.borrow_mut().take(visitor);
        for wake in woken {
            // One whose time ends at this moment finds the frame when it reads.
            let _ = wake.send(());
        }
    }
}
