use livery_domain::clock::UnixMillis;
use std::cell::Cell;

/// How often the number of successful answers is logged: one line per request would cost more than the answer.
const LINE_MILLIS: i64 = 10_000;

/// How many answers were successful since the last log line.
#[derive(Default)]
pub struct HitCounter {
    count: Cell<u64>,
    from_memory: Cell<u64>,
    since: Cell<Option<UnixMillis>>,
}

impl HitCounter {
    /// Counts one answer, from memory or newly made; returns a log line when it is time for one. The count since the last
    /// line is lost when the isolate ends.
    pub fn one(&self, from_memory: bool, now: UnixMillis) -> Option<String> {
        let count = self.count.get() + 1;
        let from_memory = self.from_memory.get() + u64::from(from_memory);
        let since = self.since.get().unwrap_or(now);
        let span = now.since(since);
        let is_due = span >= LINE_MILLIS;
        self.count.set(if is_due { 0 } else { count });
        self.from_memory.set(if is_due { 0 } else { from_memory });
        self.since.set(Some(if is_due { now } else { since }));
        is_due.then(|| {
            format!(
                "{{\"level\":\"info\",\"message\":\"requests answered\",\"count\":{count},\"from_memory\":{from_memory},\
                 \"span_ms\":{span}}}"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_counts_what_was_given_every_ten_seconds() {
        let given = HitCounter::default();
        let at = |millis: i64| given.one(millis > 1, UnixMillis(1_000_000 + millis));
        assert_eq!((at(0), at(1), at(9_999)), (None, None, None));
        let line = "{\"level\":\"info\",\"message\":\"requests answered\",\"count\":4,\"from_memory\":2,\"span_ms\":10000}";
        assert_eq!(at(10_000).as_deref(), Some(line));
        assert_eq!(at(10_001), None);
    }
}
