//! Whether a JSON document has the shape and the lengths of a theme.

use crate::{
    brand::theme::{
        MAX_FAULTS, Position, ThemeMode, assets::is_asset_url, child_pointer, fault::Fault,
        texts::TEXT_LIMITS,
    },
    reason::Reason,
};
use serde_json::Value;

/// Longest design token in characters: `oklch(62.3456% 0.187654 259.8765 / 87.654%)` has 45, the rest is air.
pub const MAX_TOKEN_CHARS: usize = 64;

/// Longest font stack in characters: ten families of ~25 characters with quotes and commas.
pub const MAX_FONT_FAMILY_CHARS: usize = 256;

/// Longest custom CSS in bytes. The largest widespread framework that anyone pastes whole, Bootstrap 5 minified,
/// has 232 KB; a hand-written sheet rarely reaches 20. It also fits a D1 row (2 MB) many times over.
pub const MAX_CUSTOM_CSS_BYTES: usize = 256 * 1024;

/// Compares `given` with a whole theme: every field must be known and of the right type. `null` fits anywhere,
/// as it does in a merge patch. Never goes deeper than the theme itself does, whatever it is given.
pub(super) fn check_fields(whole: &Value, given: &Value, pointer: &str, faults: &mut Vec<Fault>) {
    if faults.len() >= MAX_FAULTS || given.is_null() {
        return;
    }
    match (whole, given) {
        (Value::Object(fields), Value::Object(entries)) => {
            for (key, value) in entries {
                let child = child_pointer(pointer, key);
                match fields.get(key) {
                    Some(field) => check_fields(field, value, &child, faults),
                    None if faults.len() < MAX_FAULTS => faults.push(Fault::new(
                        child,
                        Reason::UnknownField,
                        format!(
                            "is not a field here; the fields are {}",
                            names(fields.keys().map(String::as_str))
                        ),
                    )),
                    None => return,
                }
            }
        }
        (Value::Object(_), _) => faults.push(Fault::new(pointer, Reason::WrongType, "must be an object")),
        (Value::Bool(_), Value::Bool(_)) | (Value::String(_) | Value::Null, Value::String(_)) => {}
        (Value::Bool(_), _) => faults.push(Fault::new(pointer, Reason::WrongType, "must be true or false")),
        (_, _) => faults.push(Fault::new(pointer, Reason::WrongType, "must be a string")),
    }
}

/// Checks the texts of a whole theme: lengths, words, URLs. Field names and types are right already.
pub(super) fn check_values(whole: &Value, faults: &mut Vec<Fault>) {
    for group in ["color/light", "color/dark", "typography", "spacing", "radius", "layout"] {
        check_group(whole, &format!("/tokens/{group}"), faults);
    }
    check_word(whole, "/tokens/layout/position", &Position::WORDS, faults);
    check_word(whole, "/theme_mode", &ThemeMode::WORDS, faults);
    for (name, max_chars, multiline) in TEXT_LIMITS {
        let pointer = format!("/texts/{name}");
        check_text(text_at(whole, &pointer), &pointer, 0..=*max_chars, *multiline, faults);
    }
    for pointer in ["/assets/logo", "/assets/favicon"] {
        if whole.pointer(pointer).and_then(Value::as_str).is_some_and(|url| !is_asset_url(url)) {
            faults.push(Fault::new(
                pointer,
                Reason::InvalidValue,
                "must be null, an https:// URL or the path /a/{hash} of an uploaded asset",
            ));
        }
    }
    let css_bytes = text_at(whole, "/custom_css").len();
    if css_bytes > MAX_CUSTOM_CSS_BYTES {
        faults.push(Fault::new(
            "/custom_css",
            Reason::TooLong,
            format!("has {css_bytes} bytes; the limit is {MAX_CUSTOM_CSS_BYTES}"),
        ));
    }
    faults.truncate(MAX_FAULTS);
}

fn text_at<'a>(whole: &'a Value, pointer: &str) -> &'a str {
    whole.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn check_group(whole: &Value, pointer: &str, faults: &mut Vec<Fault>) {
    for (name, value) in whole.pointer(pointer).and_then(Value::as_object).into_iter().flatten() {
        let max_chars = if name == "font_family" { MAX_FONT_FAMILY_CHARS } else { MAX_TOKEN_CHARS };
        check_text(
            value.as_str().unwrap_or_default(),
            &child_pointer(pointer, name),
            1..=max_chars,
            false,
            faults,
        );
    }
}

fn check_text(
    text: &str,
    pointer: &str,
    chars: std::ops::RangeInclusive<usize>,
    multiline: bool,
    faults: &mut Vec<Fault>,
) {
    let count = text.chars().count();
    if count > *chars.end() {
        faults.push(Fault::new(
            pointer,
            Reason::TooLong,
            format!("has {count} characters; the limit is {}", chars.end()),
        ));
    }
    if count < *chars.start() {
        faults.push(Fault::new(pointer, Reason::Empty, "must not be empty; null resets it to the default"));
    }
    if let Some(control) = text.chars().find(|c| c.is_control() && !(multiline && *c == '\n')) {
        faults.push(Fault::new(
            pointer,
            Reason::ControlCharacters,
            format!("holds the control character U+{:04X}; take it out", u32::from(control)),
        ));
    }
}

fn check_word(whole: &Value, pointer: &str, words: &[&str], faults: &mut Vec<Fault>) {
    if !words.contains(&text_at(whole, pointer)) {
        faults.push(Fault::new(
            pointer,
            Reason::NotOneOf,
            format!("must be one of {}", names(words.iter().copied())),
        ));
    }
}

fn names<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
