use livery_domain::locale::Locale;

/// The words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(pub Locale);

fn put(text: &mut String, value: &dyn std::fmt::Display) {
    // Writing to a string never fails.
    let _ = std::fmt::Write::write_fmt(text, format_args!("{value}"));
}
