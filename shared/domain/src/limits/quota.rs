//! Quotas: what a tenant may use in a billed period, and the answer to asking for a unit.

use crate::clock::UnixMillis;
use serde::{Deserialize, Serialize};
use time::{Date, Month, OffsetDateTime, Time};

/// What a quota counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meter {
    /// Chat messages of visitors.
    Messages,
}

impl Meter {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Messages => "messages",
        }
    }
}

/// A calendar month in UTC, the period of every monthly quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// First millisecond.
    pub start: UnixMillis,
    /// First millisecond after it.
    pub end: UnixMillis,
}

impl Period {
    #[must_use]
    pub fn month_of(now: UnixMillis) -> Self {
        let date = now.utc().date();
        let start = date.replace_day(1).unwrap_or(date);
        let (year, month) = match start.month() {
            Month::December => (start.year() + 1, Month::January),
            month => (start.year(), month.next()),
        };
        let end = Date::from_calendar_date(year, month, 1).unwrap_or(start);
        Self { start: millis(start), end: millis(end) }
    }

    /// Seconds until the period ends, rounded up, at least 1: the value of `Retry-After` once a quota is used up.
    #[must_use]
    pub fn secs_left(self, now: UnixMillis) -> i64 {
        (self.end.since(now) + 999).div_euclid(1000).max(1)
    }

    #[must_use]
    pub fn secs(self) -> i64 {
        self.end.since(self.start) / 1000
    }
}

fn millis(date: Date) -> UnixMillis {
    let secs = OffsetDateTime::new_utc(date, Time::MIDNIGHT).unix_timestamp();
    UnixMillis(secs.saturating_mul(1000))
}

/// Where a counter stands after a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Units held or used in the period; never above `limit` unless the limit was lowered later.
    pub used: u64,
    pub limit: u64,
}

impl Usage {
    #[must_use]
    pub const fn remaining(self) -> u64 {
        self.limit.saturating_sub(self.used)
    }
}

/// The answer to asking for units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Reservation {
    /// The units are held. `repeated` where this reservation id held them before: nothing was counted again.
    Granted { usage: Usage, repeated: bool },
    /// Nothing was held. `units_may_return_in_secs` where units are lent out of which some may come back within so many
    /// seconds; `None` where the answer is final until the period ends or a unit is released.
    Exceeded { usage: Usage, units_may_return_in_secs: Option<i64> },
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-21T09:00:00Z
    const NOVEMBER: UnixMillis = UnixMillis(1_795_251_600_000);

    #[test]
    fn a_period_is_the_calendar_month_in_utc() {
        let period = Period::month_of(NOVEMBER);
        assert_eq!(period.start.rfc3339(), "2026-11-01T00:00:00Z");
        assert_eq!(period.end.rfc3339(), "2026-12-01T00:00:00Z");
        assert_eq!(period.secs(), 30 * 86_400);
    }

    #[test]
    fn december_ends_in_the_next_year() {
        let period = Period::month_of(UnixMillis(NOVEMBER.0 + 30 * 86_400_000));
        assert_eq!(period.end.rfc3339(), "2027-01-01T00:00:00Z");
    }

    #[test]
    fn the_first_and_last_millisecond_belong_to_the_month() {
        let period = Period::month_of(NOVEMBER);
        assert_eq!(Period::month_of(period.start), period);
        assert_eq!(Period::month_of(UnixMillis(period.end.0 - 1)), period);
        assert_eq!(Period::month_of(period.end).start, period.end);
    }

    #[test]
    fn the_seconds_left_are_never_nought() {
        let period = Period::month_of(NOVEMBER);
        assert_eq!(period.secs_left(UnixMillis(period.end.0 - 1)), 1);
        assert_eq!(period.secs_left(period.end), 1);
        assert_eq!(period.secs_left(period.start), period.secs());
    }
}
