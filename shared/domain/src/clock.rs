//! Points in time as the whole system stores them.

use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Milliseconds since 1970-01-01T00:00:00Z. Stored as an SQL integer, shown outside as RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// Whole seconds, rounded down.
    #[must_use]
    pub const fn secs(self) -> i64 {
        self.0.div_euclid(1000)
    }

    #[must_use]
    pub const fn plus_secs(self, secs: i64) -> Self {
        Self(self.0.saturating_add(secs.saturating_mul(1000)))
    }

    /// Milliseconds from `earlier` to `self`; negative where the clock went back.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// `2026-11-21T09:00:00Z`; the epoch for a value outside the calendar of years 0 to 9999.
    #[must_use]
    pub fn rfc3339(self) -> String {
        self.utc().format(&Rfc3339).unwrap_or_else(|_| String::from("1970-01-01T00:00:00Z"))
    }

    /// The moment that an RFC 3339 text names, in whatever offset.
    #[must_use]
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let nanos = OffsetDateTime::parse(text, &Rfc3339).ok()?.unix_timestamp_nanos();
        i64::try_from(nanos.div_euclid(1_000_000)).ok().map(Self)
    }

    /// On the calendar, in UTC; the epoch for a value outside of it.
    #[must_use]
    pub fn utc(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_in_utc() {
        assert_eq!(UnixMillis(1_795_251_600_000).rfc3339(), "2026-11-21T09:00:00Z");
    }

    #[test]
    fn a_time_that_was_shown_is_read_again() {
        for at in [0, -1, 1_795_251_600_000, 1_795_251_600_123].map(UnixMillis) {
            assert_eq!(UnixMillis::from_rfc3339(&at.rfc3339()), Some(at));
        }
        let tokyo = UnixMillis::from_rfc3339("2026-11-21T18:00:00+09:00");
        assert_eq!(tokyo, Some(UnixMillis(1_795_251_600_000)));
        for no_time in ["", "soon", "2026-13-01T00:00:00Z", "2026-11-21T09:00"] {
            assert_eq!(UnixMillis::from_rfc3339(no_time), None, "{no_time}");
        }
    }

    #[test]
    fn a_time_outside_the_calendar_does_not_panic() {
        assert_eq!(UnixMillis(i64::MAX).rfc3339(), "1970-01-01T00:00:00Z");
    }
}
