//! lightningcss without any code of Livery: the cost of a sheet that is not checked.

use lightningcss::{
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet},
    targets::{Browsers, Targets},
};

/// The browsers that the widget is built for.
fn targets() -> Targets {
    Targets::from(Browsers {
        chrome: Some(94 << 16),
        edge: Some(94 << 16),
        firefox: Some(93 << 16),
        safari: Some(15 << 16),
        ..Browsers::default()
    })
}

/// Parsed, minified with prefixes and fallbacks for the targets, printed.
///
/// # Errors
/// What the parser, the minifier or the printer says.
pub fn minified(css: &str) -> Result<String, String> {
    let targets = targets();
    let mut sheet = parsed(css)?;
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|fault| fault.to_string())?;
    let options = PrinterOptions { minify: true, targets, ..PrinterOptions::default() };
    sheet.to_css(options).map(|printed| printed.code).map_err(|fault| fault.to_string())
}

/// Parsed and printed in the shortest spelling: the part of it that Livery uses.
///
/// # Errors
/// What the parser or the printer says.
pub fn parsed_and_printed(css: &str) -> Result<String, String> {
    let options = PrinterOptions { minify: true, ..PrinterOptions::default() };
    parsed(css)?.to_css(options).map(|printed| printed.code).map_err(|fault| fault.to_string())
}

fn parsed(css: &str) -> Result<StyleSheet<'_>, String> {
    StyleSheet::parse(css, ParserOptions::default()).map_err(|fault| fault.to_string())
}
