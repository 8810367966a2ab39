//! Who waits at a hub for a frame, bounded.

use crate::id::VisitorId;

/// Requests held at once by one hub. Each comes back at least every 25 s: 2,000 are 80 requests a second, of the 1,000
/// that an object answers.
pub const MAX_WAITING: usize = 2_000;

/// Each who waits, with what wakes it.
pub struct Waiting<W>(Vec<(Option<VisitorId>, W)>);

impl<W> Default for Waiting<W> {
    fn default() -> Self {
        Self(vec![])
    }
}

impl<W> Waiting<W> {
    /// Whether there is room for one more, once those are gone that `is_gone` tells of.
    pub fn add(&mut self, visitor: Option<VisitorId>, waker: W, is_gone: impl Fn(&W) -> bool) -> bool {
        self.0.retain(|(_, waiting)| !is_gone(waiting));
        let room = self.0.len() < MAX_WAITING;
        if room {
            self.0.push((visitor, waker));
        }
        room
    }

    /// Removes and returns the waiters of this visitor, or all of them.
    pub fn take(&mut self, visitor: Option<VisitorId>) -> Vec<W> {
        let woken = self.0.extract_if(.., |(whose, _)| visitor.is_none() || *whose == visitor);
        woken.map(|(_, waker)| waker).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::UnixMillis;

    fn visitor(number: u8) -> Option<VisitorId> {
        Some(VisitorId::new(UnixMillis(0), [number; 10]))
    }

    #[test]
    fn a_visitor_is_woken_alone_and_everybody_at_once() {
        let mut waiting = Waiting::default();
        for (who, name) in [(visitor(1), "a"), (visitor(2), "b"), (None, "c"), (visitor(1), "d")] {
            assert!(waiting.add(who, name, |_| false));
        }
        assert_eq!(waiting.take(visitor(1)), ["a", "d"]);
        assert_eq!(waiting.take(visitor(1)), [] as [&str; 0]);
        assert_eq!(waiting.take(None), ["b", "c"]);
    }

    #[test]
    fn no_more_wait_than_there_is_room_for_and_those_who_are_gone_take_none() {
        let mut waiting = Waiting::default();
        for number in 0..MAX_WAITING {
            assert!(waiting.add(None, number, |_| false));
        }
        assert!(!waiting.add(None, MAX_WAITING, |_| false));
        assert!(waiting.add(None, MAX_WAITING, |number| *number < 2));
        assert_eq!(waiting.take(None).len(), MAX_WAITING - 1);
    }
}
