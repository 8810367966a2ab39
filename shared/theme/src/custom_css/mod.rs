//! Custom CSS: what it may contain, and how it is limited to the widget.
//!
//! The sheet is read twice. [`scan`] reads tokens, with escapes resolved, and refuses constructs that are dangerous anywhere; it also
//! bounds depth and counts before the real parser runs. Then lightningcss parses strictly, [`inventory`] makes sure that it dropped
//! nothing, [`check`] decides on rules, selectors and properties, and [`scope`] puts every selector under `.livery`.
//! The output is compiled again until it no longer changes, so the result itself has passed every check.
//!
//! lightningcss prints with `minify` (shortest spelling of every value), but its rule-merging pass is not used: it takes
//! time that grows with the square of adjacent equal `@media` rules, gives a different result when run twice, and would add
//! a third to the wasm.

mod anchor;
mod bounds;
mod check;
mod faults;
mod fetch;
mod functions;
mod inventory;
mod scan;
mod scope;
mod selector;
mod value;

pub use bounds::*;

use crate::fault::{CssFault, Refusal};
use faults::{Faults, Place};
use lightningcss::{
    stylesheet::{ParserOptions, PrinterOptions, StyleSheet},
    targets::{Features, Targets},
};

/// Most rounds until the result no longer changes. One, which only confirms the result, is enough for every sheet of the
/// corpora; a few mutated ones need another. A sheet that needs more rounds than these has no stable hash.
const MAX_ROUNDS: usize = 4;

/// Compiles custom CSS alone: checked, scoped under `.livery`, minified. Compiling the result again gives the same bytes.
///
/// # Errors
/// Everything that is refused, with its place, in the order of the sheet; at most [`MAX_CSS_FAULTS`].
pub fn compile_custom_css(css: &str) -> Result<String, Vec<CssFault>> {
    settle(compile_once(css)?)
}

/// Compiles the output again until it no longer changes.
///
/// # Errors
/// [`Refusal::NotStable`] when it keeps changing; too large a result. Everything else was refused in the first round.
pub(crate) fn settle(mut css: String) -> Result<String, Vec<CssFault>> {
    for _ in 0..MAX_ROUNDS {
        let next = compile_once(&css)?;
        if next == css {
            return Ok(css);
        }
        css = next;
    }
    let mut faults = Faults::default();
    faults.push(
        START,
        Refusal::NotStable,
        "compiling the result again keeps changing it; simplify the sheet",
    );
    Err(faults.into_sorted())
}

const START: Place = Place { line: 0, column: 1 };

/// One round: the output is in scope and minified, but may still change when it is compiled again.
///
/// # Errors
/// As [`compile_custom_css`].
pub(crate) fn compile_once(css: &str) -> Result<String, Vec<CssFault>> {
    let mut faults = Faults::default();
    if css.len() > MAX_SHEET_BYTES {
        let reason = format!("the sheet has {} bytes; the limit is {MAX_SHEET_BYTES}", css.len());
        faults.push(START, Refusal::TooLarge, reason);
        return Err(faults.into_sorted());
    }
    // A byte order mark is no character of the sheet.
    let css = css.strip_prefix('\u{feff}').unwrap_or(css);
    let Some(inventory) = scan::scan(css, &mut faults) else { return Err(faults.into_sorted()) };
    let mut sheet = match StyleSheet::parse(css, ParserOptions::default()) {
        Ok(sheet) => sheet,
        Err(error) => {
            let at = error.loc.as_ref().map_or(START, |loc| Place { line: loc.line, column: loc.column });
            faults.push(at, Refusal::SyntaxError, faults::quoted(&error.kind.to_string()));
            return Err(faults.into_sorted());
        }
    };
    inventory::compare(&sheet.rules, &inventory, &mut faults);
    check::check_and_scope(&mut sheet.rules, &inventory, &mut faults);
    if !faults.is_empty() {
        return Err(faults.into_sorted());
    }
    // Comments stay in the draft; a licence comment may hold anything and is not needed to style a page.
    sheet.license_comments.clear();
    print(&sheet).map_err(|(rule, reason)| {
        faults.push(START, rule, reason);
        faults.into_sorted()
    })
}

fn print(sheet: &StyleSheet<'_>) -> Result<String, (Refusal, String)> {
    // `(width < 40em)` is printed as `not (min-width: 40em)`, so that no `<` is left in any sheet.
    let targets =
        Targets { include: Features::MediaRangeSyntax | Features::MediaIntervalSyntax, ..Targets::default() };
    let options = PrinterOptions { minify: true, targets, ..PrinterOptions::default() };
    let css = sheet.to_css(options).map_err(|error| (Refusal::SyntaxError, error.kind.to_string()))?.code;
    if css.len() > MAX_SHEET_BYTES {
        let reason = format!("the compiled sheet has {} bytes; the limit is {MAX_SHEET_BYTES}", css.len());
        return Err((Refusal::TooLarge, reason));
    }
    if css.contains('<') {
        return Err((Refusal::MarkupRefused, "the compiled sheet holds a less-than sign".into()));
    }
    Ok(css)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_behind_a_value_leaves_nothing_that_the_next_round_takes_away() {
        let css = ".a { content: var(--x, \"/\") /* rtl: var(--y) */; --z: 1px 2px /**/ ; --n: /**/ ; color: var(--z) /**/ !important }";
        let once = compile_once(css).expect("accepted");
        assert_eq!(once, ".livery .a{content:var(--x,\"/\");--z:1px 2px;--n:;color:var(--z)!important}");
        assert_eq!(compile_once(&once), Ok(once));
    }
}
