//! A mail to one person.

use crate::{id::TenantId, identity::email::Email};

/// Longest subject or sender's name, in characters. Mail programs show some 70; a tenant's name of 80 and the longest
/// sentence around it stay below.
pub const MAX_LINE_CHARS: usize = 160;

/// What a mail is about. Stored by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailKind {
    Welcome,
    Invitation,
    PasswordReset,
    PasswordChanged,
    NewDevice,
}

impl MailKind {
    pub const ALL: [Self; 5] =
        [Self::Welcome, Self::Invitation, Self::PasswordReset, Self::PasswordChanged, Self::NewDevice];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
            Self::PasswordChanged => "password_changed",
            Self::NewDevice => "new_device",
        }
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Text that stands in a mail's header: one line that ends nothing and turns nothing around.
///
/// Line breaks and other control characters, the separators of lines and paragraphs, and what changes the direction of
/// writing become one space; what is longer than [`MAX_LINE_CHARS`] ends in `…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderText(String);

impl HeaderText {
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut line = String::new();
        let words = text.split(|c: char| c.is_whitespace() || c.is_control() || is_format(c));
        for word in words.filter(|word| !word.is_empty()) {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if line.chars().count() > MAX_LINE_CHARS {
            line = line.chars().take(MAX_LINE_CHARS - 1).collect();
            line.push('…');
        }
        Self(line)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Marks, embeddings, overrides and isolates of writing direction (UAX #9); they can make a name read as another one.
const fn is_format(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A mail, written. It may hold a token that lets its reader in: neither the address nor a body is ever logged, which is
/// why it has no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    pub kind: MailKind,
    /// In whose name it is sent; `None` where that is the platform itself.
    pub tenant: Option<TenantId>,
    pub to: Email,
    /// Whom the reader sees as the sender: the tenant's name, or the platform's.
    pub brand: HeaderText,
    pub subject: HeaderText,
    /// Plain text.
    pub text: String,
    /// A whole HTML document that says the same.
    pub html: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_one_line_whatever_a_name_holds() {
        for (text, wanted) in [
            ("Acme\r\nBcc: everybody@else.test", "Acme Bcc: everybody@else.test"),
            ("  Acme \t Chat\u{2028}\u{0}", "Acme Chat"),
            ("Ac\u{202e}me\u{2066}", "Ac me"),
            ("株式会社アクメ", "株式会社アクメ"),
            ("\n", ""),
        ] {
            assert_eq!(HeaderText::new(text).as_str(), wanted);
        }
    }

    #[test]
    fn a_header_has_at_most_160_characters() {
        let whole = "あ".repeat(MAX_LINE_CHARS);
        assert_eq!(HeaderText::new(&whole).as_str(), whole);
        let cut = HeaderText::new(&format!("{whole}あ"));
        assert_eq!(cut.as_str().chars().count(), MAX_LINE_CHARS);
        assert!(cut.as_str().ends_with('…'));
    }

    #[test]
    fn every_kind_survives_its_name() {
        for kind in MailKind::ALL {
            assert_eq!(MailKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(MailKind::parse("spam"), None);
    }
}
