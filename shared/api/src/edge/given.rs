use livery_domain::clock::UnixMillis;
use std::cell::Cell;

/// How often the log says what was given from memory: one line per request would cost more than the answer.
const LINE_MILLIS: i64 = 10_000;

/// How many answers were given from memory since the log last said so.
#[derive(Default)]
pub struct Given {
    count: Cell<u64>,
    since: Cell<Option<UnixMillis>>,
}

impl Given {
    /// Counts one; a log line where it is time for one. What an isolate counted since its last line ends with it.
    pub fn one(&self, now: UnixMillis) -> Option<String> {
        let count = self.count.get() + 1;
        let since = self.since.get().unwrap_or(now);
        let span = now.since(since);
        if span < LINE_MILLIS {
            self.count.set(count);
            self.since.set(Some(since));
            return None;
        }
        self.count.set(0);
        self.since.set(Some(now));
        Some(format!(
            "{{\"level\":\"info\",\"message\":\"answered from memory\",\"count\":{count},\"span_ms\":{span}}}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_counts_what_was_given_every_ten_seconds() {
        let given = Given::default();
        let at = |millis: i64| given.one(UnixMillis(1_000_000 + millis));
        assert_eq!((at(0), at(1), at(9_999)), (None, None, None));
        let line = "{\"level\":\"info\",\"message\":\"answered from memory\",\"count\":4,\"span_ms\":10000}";
        assert_eq!(at(10_000).as_deref(), Some(line));
        assert_eq!(at(10_001), None);
    }
}
