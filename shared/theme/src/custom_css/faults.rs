//! Collects what is refused, each with its place.

use super::bounds::MAX_CSS_FAULTS;
use crate::fault::{CssFault, CustomCssFault, Refusal};

/// Where a token starts: line from 0 and column from 1, as cssparser and lightningcss count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct Place {
    pub line: u32,
    pub column: u32,
}

impl From<cssparser::SourceLocation> for Place {
    fn from(at: cssparser::SourceLocation) -> Self {
        Self { line: at.line, column: at.column }
    }
}

impl From<lightningcss::rules::Location> for Place {
    fn from(at: lightningcss::rules::Location) -> Self {
        Self { line: at.line, column: at.column }
    }
}

#[derive(Default)]
pub(super) struct Faults(Vec<CustomCssFault>);

impl Faults {
    pub fn push(&mut self, at: Place, rule: Refusal, detail: impl Into<String>) {
        let fault = CustomCssFault { line: at.line + 1, column: at.column, rule, detail: detail.into() };
        // The token scan and the tree check can see the same thing; one report is enough.
        let known = self
            .0
            .iter()
            .any(|known| (known.line, known.column, known.rule) == (fault.line, fault.column, fault.rule));
        if !known && self.0.len() < MAX_CSS_FAULTS {
            self.0.push(fault);
        }
    }

    /// Whether something at this place is refused already.
    pub fn has(&self, at: Place) -> bool {
        self.0.iter().any(|known| (known.line, known.column) == (at.line + 1, at.column))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the order of the sheet.
    pub fn into_sorted(mut self) -> Vec<CssFault> {
        self.0.sort_by_key(|fault| (fault.line, fault.column, fault.rule));
        self.0.into_iter().map(CssFault::Custom).collect()
    }
}

/// A piece of the customer's text to be quoted in a reason: short, on one line, without `<`.
pub(super) fn quoted(text: &str) -> String {
    const MAX_QUOTED_CHARS: usize = 60;
    let mut short: String = text.chars().take(MAX_QUOTED_CHARS).map(printable).collect();
    if text.chars().nth(MAX_QUOTED_CHARS).is_some() {
        short.push('…');
    }
    format!("`{short}`")
}

fn printable(character: char) -> char {
    match character {
        '<' => '‹',
        control if control.is_control() => '\u{fffd}',
        other => other,
    }
}
