//! Everything that a page says, in the reader's language: made from `messages/*.ftl` by `build/messages.rs`.

use livery_domain::locale::Locale;
use std::fmt::{Display, Write};

/// The words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(pub Locale);

/// A whole number that a message chooses its form by.
pub trait Count {
    fn count(self) -> i64;
}

impl Count for i64 {
    fn count(self) -> i64 {
        self
    }
}

impl Count for usize {
    fn count(self) -> i64 {
        i64::try_from(self).unwrap_or(i64::MAX)
    }
}

impl<C: Count + Copy> Count for &C {
    fn count(self) -> i64 {
        (*self).count()
    }
}

fn put(text: &mut String, value: &dyn Display) {
    // Writing to a string never fails.
    let _ = write!(text, "{value}");
}

include!(concat!(env!("OUT_DIR"), "/messages.rs"));
