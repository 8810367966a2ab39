//! Dates and times between Spin's tuples and the numbers of Postgres, which count from the start of the year 2000.

pub type Date = (i32, u8, u8);
pub type Time = (u8, u8, u8, u32);
pub type DateTime = (i32, u8, u8, u8, u8, u8, u32);

const MICROS_PER_SECOND: i64 = 1_000_000;
const MICROS_PER_DAY: i64 = 86_400 * MICROS_PER_SECOND;
/// From 1970, where Unix begins, to 2000.
const EPOCH_SECONDS: i64 = 946_684_800;
/// From 0000-03-01, where the arithmetic begins, to 2000-01-01.
const EPOCH_DAYS: i64 = 730_425;
/// Of the Gregorian cycle, 400 years.
const CYCLE_DAYS: i64 = 146_097;

/// Days since 2000-01-01; `None` for a date that no calendar has.
pub fn days((year, month, day): Date) -> Option<i32> {
    if !(1..=12).contains(&month) || day == 0 || day > days_in(year, month) {
        return None;
    }
    // Years begin in March here, so that the leap day is the last one of its year.
    let year = i64::from(year) - i64::from(month <= 2);
    let (cycle, year) = (year.div_euclid(400), year.rem_euclid(400));
    let month = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + i64::from(day) - 1;
    let day = cycle * CYCLE_DAYS + year * 365 + year / 4 - year / 100 + day_of_year;
    i32::try_from(day - EPOCH_DAYS).ok()
}

pub fn date(days: i32) -> Option<Date> {
    let day = i64::from(days) + EPOCH_DAYS;
    let (cycle, day) = (day.div_euclid(CYCLE_DAYS), day.rem_euclid(CYCLE_DAYS));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = cycle * 400 + year + i64::from(month <= 2);
    Some((i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
}

/// Microseconds since midnight; what is finer is cut off, as the driver of Spin does.
pub fn micros((hour, minute, second, nanosecond): Time) -> Option<i64> {
    if hour > 23 || minute > 59 || second > 59 || nanosecond >= 1_000_000_000 {
        return None;
    }
    let seconds = (i64::from(hour) * 60 + i64::from(minute)) * 60 + i64::from(second);
    Some(seconds * MICROS_PER_SECOND + i64::from(nanosecond) / 1000)
}

pub fn time(micros: i64) -> Option<Time> {
    let seconds = micros / MICROS_PER_SECOND;
    let nanosecond = u32::try_from(micros % MICROS_PER_SECOND).ok()? * 1000;
    let part = |seconds: i64| u8::try_from(seconds).ok();
    Some((part(seconds / 3600)?, part(seconds / 60 % 60)?, part(seconds % 60)?, nanosecond))
}

/// Microseconds since the start of 2000.
pub fn timestamp((year, month, day, hour, minute, second, nanosecond): DateTime) -> Option<i64> {
    let days = i64::from(days((year, month, day))?);
    days.checked_mul(MICROS_PER_DAY)?.checked_add(micros((hour, minute, second, nanosecond))?)
}

pub fn date_time(timestamp: i64) -> Option<DateTime> {
    let (year, month, day) = date(i32::try_from(timestamp.div_euclid(MICROS_PER_DAY)).ok()?)?;
    let (hour, minute, second, nanosecond) = time(timestamp.rem_euclid(MICROS_PER_DAY))?;
    Some((year, month, day, hour, minute, second, nanosecond))
}

/// Microseconds since the start of 2000, of seconds since 1970.
pub fn timestamp_of_unix(seconds: i64) -> Option<i64> {
    seconds.checked_sub(EPOCH_SECONDS)?.checked_mul(MICROS_PER_SECOND)
}

fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_epochs_are_where_postgres_and_unix_have_them() {
        assert_eq!(days((2000, 1, 1)), Some(0));
        assert_eq!(days((1999, 12, 31)), Some(-1));
        assert_eq!(days((1970, 1, 1)), Some(-10_957));
        assert_eq!(timestamp_of_unix(EPOCH_SECONDS), Some(0));
        assert_eq!(timestamp((2000, 1, 2, 0, 0, 1, 1999)), Some(MICROS_PER_DAY + MICROS_PER_SECOND + 1));
    }

    #[test]
    fn every_day_of_eight_centuries_comes_back_as_it_went() {
        let mut last = None;
        for day in -146_097..146_097 {
            let date = date(day).unwrap();
            assert_eq!(days(date), Some(day));
            assert!(last < Some(date));
            last = Some(date);
        }
    }

    #[test]
    fn what_no_calendar_has_is_refused() {
        assert!(
            [(2023, 2, 29), (1900, 2, 29), (2024, 13, 1), (2024, 0, 1), (2024, 4, 31), (2024, 1, 0)]
                .into_iter()
                .all(|date| days(date).is_none())
        );
        assert_eq!(micros((24, 0, 0, 0)), None);
        assert_eq!(timestamp_of_unix(i64::MAX), None);
    }

    #[test]
    fn a_moment_before_2000_keeps_its_time_of_day() {
        assert_eq!(date_time(-1), Some((1999, 12, 31, 23, 59, 59, 999_999_000)));
        assert_eq!(timestamp((1999, 12, 31, 23, 59, 59, 999_999_000)), Some(-1));
    }
}
