//! The frames that a hub told lately, for clients that ask for them instead of being sent them.

use crate::{
    clock::UnixMillis,
    embed::live::{Cursor, Frame},
    id::VisitorId,
};
use std::collections::VecDeque;

/// Frames remembered. A client asks again within seconds: a tenant would have to tell 50 a second for it to miss one, and
/// then it is greeted anew.
pub const MAX_RECENT_FRAMES: usize = 1_024;
/// Bytes remembered, as JSON: most frames are below 1 KB, and a hub has 128 MB for everything.
pub const MAX_RECENT_BYTES: usize = 4 * 1024 * 1024;
/// How long a frame is remembered: a client that was away for longer reads what it missed from the API.
pub const RECENT_MILLIS: i64 = 120_000;
/// Frames and bytes of one answer; what is left comes with the next.
pub const MAX_FRAMES_HEARD: usize = 100;
pub const MAX_BYTES_HEARD: usize = 512 * 1024;

struct Told {
    number: u64,
    at: UnixMillis,
    /// `None`: for all visitors.
    to: Option<VisitorId>,
    frame: Frame,
    bytes: usize,
}

/// What one hub told since it started, the newest at the end, bounded in number, bytes and age.
pub struct RecentFrames {
    /// Names this memory: a cursor of another is not known here.
    epoch: String,
    told: VecDeque<Told>,
    bytes: usize,
    /// The number of the newest frame, and of the newest that is forgotten.
    newest: u64,
    forgotten: u64,
}

impl RecentFrames {
    /// `epoch` is fresh: no other memory of this tenant ever had it.
    #[must_use]
    pub fn new(epoch: [u8; 16]) -> Self {
        let epoch = format!("{:032x}", u128::from_be_bytes(epoch));
        Self { epoch, told: VecDeque::new(), bytes: 0, newest: 0, forgotten: 0 }
    }

    /// `bytes` is the size of the frame as JSON.
    pub fn push(&mut self, now: UnixMillis, to: Option<VisitorId>, frame: Frame, bytes: usize) {
        self.newest += 1;
        self.bytes += bytes;
        self.told.push_back(Told { number: self.newest, at: now, to, frame, bytes });
        self.forget_old(now);
    }

    /// The frames after `cursor` that are for `visitor` or for all visitors, and the cursor after those; `None` where some
    /// of them may be forgotten.
    pub fn after(
        &mut self,
        now: UnixMillis,
        visitor: Option<VisitorId>,
        cursor: &Cursor,
    ) -> Option<(Vec<Frame>, Cursor)> {
        self.forget_old(now);
        let number = cursor.as_str().strip_prefix(self.epoch.as_str())?.strip_prefix('.')?;
        let mut heard: u64 = number.parse().ok()?;
        if !(self.forgotten..=self.newest).contains(&heard) {
            return None;
        }
        let (mut frames, mut bytes) = (vec![], 0);
        let known = usize::try_from(heard - self.forgotten).unwrap_or(usize::MAX);
        for told in self.told.iter().skip(known) {
            if told.to.is_none() || told.to == visitor {
                bytes += told.bytes;
                if frames.len() == MAX_FRAMES_HEARD || (bytes > MAX_BYTES_HEARD && !frames.is_empty()) {
                    break;
                }
                frames.push(told.frame.clone());
            }
            heard = told.number;
        }
        Some((frames, self.cursor(heard)?))
    }

    /// For a client that is greeted now.
    #[must_use]
    pub fn newest(&self) -> Option<Cursor> {
        self.cursor(self.newest)
    }

    fn cursor(&self, number: u64) -> Option<Cursor> {
        Cursor::parse(&format!("{}.{number}", self.epoch))
    }

    fn forget_old(&mut self, now: UnixMillis) {
        while self.told.front().is_some_and(|oldest| {
            self.told.len() > MAX_RECENT_FRAMES
                || self.bytes > MAX_RECENT_BYTES
                || now.since(oldest.at) > RECENT_MILLIS
        }) {
            if let Some(oldest) = self.told.pop_front() {
                self.bytes -= oldest.bytes;
                self.forgotten = oldest.number;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embed::live::ReleasePointer;

    const NOW: UnixMillis = UnixMillis(1_795_251_600_000);

    fn frame(rev: i64) -> Frame {
        Frame::Release(ReleasePointer { rev, stylesheet: String::new(), config: String::new() })
    }

    fn visitor(number: u8) -> VisitorId {
        VisitorId::new(NOW, [number; 10])
    }

    fn told(frames: std::ops::RangeInclusive<i64>, bytes: usize) -> RecentFrames {
        let mut recent = RecentFrames::new([7; 16]);
        for rev in frames {
            recent.push(NOW, None, frame(rev), bytes);
        }
        recent
    }

    fn at(number: usize) -> Cursor {
        Cursor::parse(&format!("{}.{number}", "07".repeat(16))).unwrap()
    }

    /// How many frames come after a cursor.
    fn count(recent: &mut RecentFrames, number: usize) -> Option<usize> {
        recent.after(NOW, None, &at(number)).map(|(frames, _)| frames.len())
    }

    #[test]
    fn each_frame_is_heard_once_and_in_order() {
        let mut recent = told(1..=3, 10);
        assert_eq!(recent.after(NOW, None, &at(1)), Some((vec![frame(2), frame(3)], at(3))));
        assert_eq!(recent.after(NOW, None, &at(3)), Some((vec![], at(3))));
        assert_eq!(recent.newest(), Some(at(3)));
    }

    #[test]
    fn a_visitors_frames_are_heard_by_nobody_else_and_do_not_stop_anybody() {
        let mut recent = told(1..=1, 10);
        recent.push(NOW, Some(visitor(1)), frame(2), 10);
        recent.push(NOW, Some(visitor(2)), frame(3), 10);
        assert_eq!(recent.after(NOW, Some(visitor(1)), &at(0)), Some((vec![frame(1), frame(2)], at(3))));
        assert_eq!(recent.after(NOW, Some(visitor(2)), &at(1)), Some((vec![frame(3)], at(3))));
        assert_eq!(recent.after(NOW, None, &at(1)), Some((vec![], at(3))));
    }

    #[test]
    fn a_cursor_of_another_memory_or_of_nothing_is_not_known() {
        let mut recent = told(1..=3, 10);
        for unknown in ["1", "07", &format!("{}.1", "08".repeat(16)), &format!("{}.x", "07".repeat(16))] {
            assert_eq!(recent.after(NOW, None, &Cursor::parse(unknown).unwrap()), None, "{unknown}");
        }
        assert_eq!(count(&mut recent, 4), None, "ahead of everything told");
    }

    #[test]
    fn frames_are_forgotten_by_number() {
        let most = i64::try_from(MAX_RECENT_FRAMES).unwrap();
        assert_eq!(count(&mut told(1..=most, 10), 0), Some(MAX_FRAMES_HEARD));
        let mut recent = told(1..=most + 1, 10);
        assert_eq!((count(&mut recent, 0), count(&mut recent, 1)), (None, Some(MAX_FRAMES_HEARD)));
    }

    #[test]
    fn frames_are_forgotten_by_bytes() {
        let mut recent = told(1..=4, MAX_RECENT_BYTES / 4);
        assert_eq!(count(&mut recent, 0), Some(1));
        recent.push(NOW, None, frame(5), 1);
        assert_eq!((count(&mut recent, 0), count(&mut recent, 1)), (None, Some(1)));
    }

    #[test]
    fn frames_are_forgotten_by_age() {
        let mut recent = told(1..=2, 10);
        let later = |millis| UnixMillis(NOW.0 + millis);
        assert!(recent.after(later(RECENT_MILLIS), None, &at(0)).is_some());
        assert_eq!(recent.after(later(RECENT_MILLIS + 1), None, &at(0)), None);
        assert_eq!(recent.after(later(RECENT_MILLIS + 1), None, &at(2)), Some((vec![], at(2))));
    }

    #[test]
    fn more_than_one_answer_holds_comes_with_the_next() {
        let most = MAX_FRAMES_HEARD;
        let mut recent = told(1..=i64::try_from(most).unwrap() + 1, 10);
        let (frames, cursor) = recent.after(NOW, None, &at(0)).unwrap();
        assert_eq!((frames.len(), &cursor), (most, &at(most)));
        assert_eq!(count(&mut recent, most), Some(1));
        // However large a frame is, it is heard.
        let mut large = told(1..=3, MAX_BYTES_HEARD / 2 + 1);
        assert_eq!(count(&mut large, 0), Some(1));
        let mut largest = told(1..=2, MAX_BYTES_HEARD + 1);
        assert_eq!(count(&mut largest, 1), Some(1));
    }
}
