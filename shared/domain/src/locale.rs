//! The languages that mails and the console are written in.

use serde::{Deserialize, Serialize};

/// Most wishes of one `Accept-Language` that are looked at. Browsers send up to ten.
const MAX_WISHES: usize = 32;

/// A language that mails and pages are written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    En,
    Ja,
}

impl Locale {
    pub const ALL: [Self; 2] = [Self::En, Self::Ja];

    /// The language tag, as in `lang` and `Content-Language`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ja => "ja",
        }
    }

    /// A language tag (BCP 47) of ours, whatever its region: `ja`, `ja-JP`, `EN_us`.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|locale| locale.as_str().eq_ignore_ascii_case(language))
    }

    /// The language that an `Accept-Language` header likes best of ours (RFC 9110, section 12.5.4; look-up as in RFC 4647,
    /// section 3.4), the earlier one among equals; `None` where it likes none. `*` is any, so ours by default.
    #[must_use]
    pub fn negotiate(accept_language: &str) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        for wish in accept_language.split(',').take(MAX_WISHES) {
            let mut parts = wish.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let locale = if tag == "*" { Some(Self::default()) } else { Self::parse(tag) };
            let weight =
                parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(Some(1000), thousandths);
            let (Some(locale), Some(weight)) = (locale, weight) else { continue };
            if weight > best.map_or(0, |(weight, _)| weight) {
                best = Some((weight, locale));
            }
        }
        best.map(|(_, locale)| locale)
    }
}

/// A weight of RFC 9110, section 12.4.2: 0 to 1 with up to three digits behind the point.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if fraction.len() > 3 || !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let fraction: u16 = format!("{fraction:0<3}").parse().ok()?;
    match (whole, fraction) {
        ("0", _) => Some(fraction),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_by_its_language() {
        for (tag, wanted) in [
            ("ja", Some(Locale::Ja)),
            ("ja-JP", Some(Locale::Ja)),
            ("EN_us", Some(Locale::En)),
            (" en-GB ", Some(Locale::En)),
            ("jam", None),
            ("english", None),
            ("", None),
        ] {
            assert_eq!(Locale::parse(tag), wanted, "{tag}");
        }
        for locale in Locale::ALL {
            assert_eq!(Locale::parse(locale.as_str()), Some(locale));
        }
    }

    #[test]
    fn the_language_that_is_liked_best_is_taken() {
        for (header, wanted) in [
            ("ja", Some(Locale::Ja)),
            ("ja-JP,ja;q=0.9,en;q=0.8", Some(Locale::Ja)),
            ("en;q=0.5, ja;q=0.7", Some(Locale::Ja)),
            ("fr, de;q=0.9, ja;q=0.1", Some(Locale::Ja)),
            ("en, ja", Some(Locale::En)),
            ("ja;q=0, en;q=0.1", Some(Locale::En)),
            ("fr;q=1.0, *;q=0.5", Some(Locale::En)),
            ("ja;q=0.001", Some(Locale::Ja)),
            ("ja ; q=1.000", Some(Locale::Ja)),
        ] {
            assert_eq!(Locale::negotiate(header), wanted, "{header}");
        }
    }

    #[test]
    fn what_is_no_wish_for_ours_is_none() {
        for header in
            ["", "fr", "ja;q=0", "ja;q=2", "ja;q=1.5", "ja;q=x", "ja;q=0.1234", "ja;q=-1", ";;,,", "*;q=0"]
        {
            assert_eq!(Locale::negotiate(header), None, "{header}");
        }
        let late = format!("{}ja", "fr,".repeat(MAX_WISHES));
        assert_eq!(Locale::negotiate(&late), None);
        let in_time = format!("{}ja", "fr,".repeat(MAX_WISHES - 1));
        assert_eq!(Locale::negotiate(&in_time), Some(Locale::Ja));
    }
}
