//! Values chosen by other people, as a mail shows them.

use livery_domain::{identity::email::Email, mail::HeaderText, name::MAX_CHARS};
use std::{fmt, net::IpAddr};

/// An invisible character that breaks a word.
const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// A name or another value from outside, as a mail shows it: one line, no longer than a name can be, and
/// never a link.
///
/// A tenant can be registered as `evil.example/prize` and then send invitations to any address, and mail programs make a
/// link of any text that looks like one. So every full stop within a word, and `://`, is followed by an invisible space. An
/// e-mail address and an IP address are not changed, since people copy them.
pub struct Name(String);

impl Name {
    pub fn new(text: &str) -> Self {
        let line = HeaderText::new(text);
        let mut name: String = line.as_str().chars().take(MAX_CHARS).collect();
        if name.len() < line.as_str().len() {
            name.pop();
            name.push('…');
        }
        if Email::parse(&name).is_ok() || name.parse::<IpAddr>().is_ok() {
            return Self(name);
        }
        let mut shown = String::with_capacity(name.len());
        let mut rest = name.chars().peekable();
        while let Some(character) = rest.next() {
            shown.push(character);
            let goes_on = rest.peek().is_some_and(|next| !next.is_whitespace());
            if matches!(character, '.' | '/' | ':' | '@' | '．' | '。') && goes_on {
                shown.push(ZERO_WIDTH_SPACE);
            }
        }
        Self(shown)
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Name::new(text).to_string()
    }

    #[test]
    fn a_name_is_shown_whole_and_a_longer_text_is_cut_off() {
        assert_eq!(shown("Acme\r\n\r\nClick here"), "Acme Click here");
        let longest = "あ".repeat(MAX_CHARS);
        assert_eq!(shown(&longest), longest);
        assert_eq!(shown(&format!("{longest}あ")), format!("{}…", "あ".repeat(MAX_CHARS - 1)));
        assert!(shown(&"a.".repeat(400)).len() < 5 * MAX_CHARS);
    }

    #[test]
    fn a_name_is_no_link_and_reads_the_same() {
        for (text, wanted) in [
            ("evil.example/prize", "evil.\u{200b}example/\u{200b}prize"),
            ("https://evil.example", "https:\u{200b}/\u{200b}/\u{200b}evil.\u{200b}example"),
            ("Acme Inc.", "Acme Inc."),
            ("Dr. Ada Lovelace", "Dr. Ada Lovelace"),
        ] {
            assert_eq!(shown(text), wanted);
            assert_eq!(shown(text).replace('\u{200b}', ""), text);
        }
    }

    #[test]
    fn an_address_can_be_copied() {
        for address in ["ada@acme.test", "192.0.2.7", "2001:db8::7"] {
            assert_eq!(shown(address), address);
        }
    }
}
