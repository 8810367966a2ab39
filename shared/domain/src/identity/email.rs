//! E-mail addresses.

use crate::reason::Reason;
use thiserror::Error;

/// Longest e-mail address in octets (RFC 5321, section 4.5.3.1.3, without the angle brackets).
pub const MAX_EMAIL_OCTETS: usize = 254;

/// An e-mail address in its one spelling: lower-case, trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not an e-mail address")]
pub struct MalformedEmail;

impl MalformedEmail {
    #[must_use]
    pub const fn reason(self) -> Reason {
        Reason::NotAnEmail
    }
}

impl Email {
    /// # Errors
    /// What is not two parts around one `@`, holds a character that has a meaning of its own beside an address (RFC 5322,
    /// section 3.2.3: a list of two would be one), white space or control characters, or is over 254 octets.
    pub fn parse(text: &str) -> Result<Self, MalformedEmail> {
        let text = text.trim();
        let (local, domain) = text.split_once('@').ok_or(MalformedEmail)?;
        let is_special = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '@' | ',' | ';' | ':' | '<' | '>' | '(' | ')' | '[' | ']' | '"' | '\\')
        };
        let fits = text.len() <= MAX_EMAIL_OCTETS
            && !local.is_empty()
            && !domain.is_empty()
            && !local.chars().chain(domain.chars()).any(is_special);
        if fits { Ok(Self(text.to_lowercase())) } else { Err(MalformedEmail) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_has_one_spelling() {
        assert_eq!(
            Email::parse(" Owner@Acme.Test ").map(|e| e.as_str().to_owned()),
            Ok("owner@acme.test".into())
        );
    }

    #[test]
    fn what_is_no_email_is_refused() {
        let lists = [
            "a@b,c@d", "a@b;c@d", "a@b@c", "A <a@b", "<a@b>", "a@[::1]", "\"a\"@b", "a(c)@b", "a:b@c",
            "a\\b@c",
        ];
        for bad in ["", "@", "a@", "@b", "a b@c", "a\n@b", "a\0@b"].into_iter().chain(lists) {
            assert_eq!(Email::parse(bad), Err(MalformedEmail), "{bad:?}");
        }
        assert!(Email::parse(&format!("{}@acme.test", "a".repeat(250))).is_err());
    }
}
