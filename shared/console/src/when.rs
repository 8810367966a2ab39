//! A moment as a page shows it.

use crate::words::Words;
use livery_domain::{clock::UnixMillis, locale::Locale};
use time::{format_description::BorrowedFormatItem, macros::format_description};

/// In UTC, which says so: the page's script puts the reader's own zone in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// RFC 3339, for machines.
    pub iso: String,
    pub text: String,
    pub day: String,
}

const MINUTES: &[BorrowedFormatItem<'_>] = format_description!("[hour]:[minute] UTC");

const fn days(words: Words) -> &'static [BorrowedFormatItem<'static>] {
    match words.0 {
        Locale::En => format_description!("[day padding:none] [month repr:short] [year]"),
        Locale::Ja => format_description!("[year]年[month padding:none]月[day padding:none]日"),
    }
}

impl When {
    pub fn at(words: Words, at: UnixMillis) -> Self {
        Self::shown(words, at, at.rfc3339())
    }

    /// From RFC 3339, as the API's views have it; another text stands as it is.
    pub fn read(words: Words, iso: &str) -> Self {
        match UnixMillis::from_rfc3339(iso) {
            Some(at) => Self::shown(words, at, iso.to_owned()),
            None => Self { iso: iso.to_owned(), text: iso.to_owned(), day: iso.to_owned() },
        }
    }

    fn shown(words: Words, at: UnixMillis, iso: String) -> Self {
        let day = at.utc().format(days(words)).unwrap_or_default();
        let minutes = at.utc().format(MINUTES).unwrap_or_default();
        Self { iso, text: format!("{day} {minutes}"), day }
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
        assert_eq!(When::at(Words(Locale::En), UnixMillis(1_767_578_520_000)).text, "5 Jan 2026 02:02 UTC");
        assert_eq!(When::read(Words(Locale::En), "soon").text, "soon");
        assert_eq!(When::read(Words(Locale::En), "2026-13-01T").text, "2026-13-01T");
    }
}
