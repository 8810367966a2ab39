//! The one rule for what people call something: a person, a tenant, a role, a partner, an API key.

use crate::reason::Reason;
use thiserror::Error;

/// Longest name, in characters: what one line of a page, a mail and a list shows whole.
pub const MAX_CHARS: usize = 100;

/// A text that is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("A name has 1 to {} characters on one line.", MAX_CHARS)]
pub struct InvalidName;

impl InvalidName {
    #[must_use]
    pub const fn reason(self) -> Reason {
        Reason::InvalidName
    }
}

/// Why a text of several lines does not fit a field of so many characters; `None` where it fits.
#[must_use]
pub fn paragraph_fault(text: &str, max_chars: usize) -> Option<Reason> {
    if text.chars().count() > max_chars {
        return Some(Reason::TooLong);
    }
    text.chars().any(|c| c.is_control() && c != '\n').then_some(Reason::ControlCharacters)
}

/// A name as it is kept: without space around it.
///
/// # Errors
/// A text that is empty, longer than [`MAX_CHARS`], or has control characters or a line separator in it.
pub fn parse(text: &str) -> Result<&str, InvalidName> {
    let name = text.trim();
    // The length in octets first: a text of megabytes is not counted.
    let short = name.len() <= 4 * MAX_CHARS && name.chars().count() <= MAX_CHARS;
    if name.is_empty() || !short || name.chars().any(breaks_the_line) { Err(InvalidName) } else { Ok(name) }
}

fn breaks_the_line(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

/// What the OpenAPI document says of a name.
#[cfg(feature = "schema")]
pub enum Name {}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Name {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Name".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "What people call something, on one line. Space around it is dropped.",
            "minLength": 1,
            "maxLength": MAX_CHARS,
            "pattern": r"^\S[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_up_to_100_characters() {
        assert_eq!(parse(" Acme \u{2013} Chat "), Ok("Acme \u{2013} Chat"));
        for longest in ["x", "株", "𠮷"].map(|character| character.repeat(MAX_CHARS)) {
            assert_eq!(parse(&longest), Ok(longest.as_str()));
            assert_eq!(parse(&format!("{longest}x")), Err(InvalidName));
        }
        for bad in ["", "  ", "a\nb", "a\0", "a\u{85}b", "a\u{2028}b", "a\u{2029}b"] {
            assert_eq!(parse(bad), Err(InvalidName), "{bad:?}");
        }
        assert_eq!(InvalidName.to_string(), "A name has 1 to 100 characters on one line.");
    }
}
