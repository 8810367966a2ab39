//! The steps of a publish that compile a draft.

use livery_domain::brand::theme::Theme;

/// A draft as it is stored, read and checked.
///
/// # Errors
/// Everything that is at fault, one thing a line.
pub fn read(draft: &str) -> Result<Theme, String> {
    let document = serde_json::from_str(draft).map_err(|fault| fault.to_string())?;
    Theme::parse(&document).map_err(|faults| lines(&faults))
}

/// Its stylesheet, hashed.
///
/// # Errors
/// Everything that is refused, one fault a line.
pub fn compiled(theme: &Theme) -> Result<String, String> {
    livery_theme::compile(theme).map(|sheet| sheet.css).map_err(|faults| lines(&faults))
}

fn lines(faults: &[impl std::fmt::Debug]) -> String {
    faults.iter().map(|fault| format!("{fault:?}\n")).collect()
}
