//! A moment as a page shows it.

use crate::words::Words;
use livery_domain::{clock::UnixMillis, locale::Locale};

/// In UTC, which says so: the page's script puts the reader's own zone in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// RFC 3339, for machines.
    pub iso: String,
    pub text: String,
    pub day: String,
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl When {
    pub fn at(words: Words, at: UnixMillis) -> Self {
        Self::read(words, &at.rfc3339())
    }

    /// From RFC 3339 in UTC, as the API's views have it.
    pub fn read(words: Words, iso: &str) -> Self {
        let plain = || Self { iso: iso.to_owned(), text: iso.to_owned(), day: iso.to_owned() };
        let Some((date, time)) = iso.split_once('T') else { return plain() };
        let mut parts = date.split('-').map(|part| part.parse::<usize>().ok());
        let (Some(Some(year)), Some(Some(month)), Some(Some(day))) =
            (parts.next(), parts.next(), parts.next())
        else {
            return plain();
        };
        let Some(name) = MONTHS.get(month.wrapping_sub(1)) else { return plain() };
        let minutes = time.get(..5).unwrap_or(time);
        let day = match words.0 {
            Locale::En => format!("{day} {name} {year}"),
            Locale::Ja => format!("{year}年{month}月{day}日"),
        };
        Self { iso: iso.to_owned(), text: format!("{day} {minutes} UTC"), day }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_as_its_language_writes_it() {
        let at = UnixMillis(1_795_251_600_000);
        assert_eq!(When::at(Words(Locale::En), at).text, "21 Nov 2026 09:00 UTC");
        assert_eq!(When::at(Words(Locale::Ja), at).text, "2026年11月21日 09:00 UTC");
        assert_eq!(When::at(Words(Locale::Ja), at).day, "2026年11月21日");
        assert_eq!(When::read(Words(Locale::En), "soon").text, "soon");
        assert_eq!(When::read(Words(Locale::En), "2026-13-01T").text, "2026-13-01T");
    }
}
