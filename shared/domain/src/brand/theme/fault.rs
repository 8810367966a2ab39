//! What is wrong with a document, and where.

use crate::reason::Reason;
use serde::Serialize;

/// Most faults reported at once. A person mends a handful at a time; the bound keeps the answer small whatever was sent
/// (100 faults × ~0.5 KB of pointer and text = ~50 KB).
pub const MAX_FAULTS: usize = 100;

/// Longest key spelled out in a pointer, in characters. Every key of a theme has fewer than 32; a longer one is cut,
/// so that a megabyte of key is not sent back.
pub const MAX_POINTER_KEY_CHARS: usize = 64;

/// One thing that is wrong in a JSON document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// RFC 6901 pointer to the value, such as `/tokens/color/light/primary`; empty for the whole document.
    pub pointer: String,
    pub reason: Reason,
    /// What to do about it, for the person who wrote the document.
    pub detail: String,
}

impl Fault {
    pub fn new(pointer: impl Into<String>, reason: Reason, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), reason, detail: detail.into() }
    }
}

/// `pointer` with one more step: `~` and `/` are escaped as RFC 6901, section 3, asks.
#[must_use]
pub fn child_pointer(pointer: &str, key: &str) -> String {
    let mut child = format!("{pointer}/");
    for (position, character) in key.chars().enumerate() {
        match character {
            _ if position == MAX_POINTER_KEY_CHARS => {
                child.push('…');
                break;
            }
            '~' => child.push_str("~0"),
            '/' => child.push_str("~1"),
            other => child.push(other),
        }
    }
    child
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_with_a_slash_or_a_tilde_is_escaped_in_the_pointer() {
        assert_eq!(child_pointer("/tokens", "a/b~c"), "/tokens/a~1b~0c");
    }

    #[test]
    fn a_very_long_key_is_cut_in_the_pointer() {
        assert_eq!(child_pointer("", &"k".repeat(65)), format!("/{}…", "k".repeat(64)));
        assert_eq!(child_pointer("", &"k".repeat(64)), format!("/{}", "k".repeat(64)));
    }
}
