//! A theme's tokens as a design tokens file.

use livery_domain::brand::theme::{Theme, Token, TokenKind};
use serde_json::{Map, Value, json};

/// Writes the tokens of a theme as a W3C design tokens file: Livery's own paths, classic text values, one `$type` each.
/// [`super::import_design_tokens`] of the result gives a patch that turns any theme into one with the same tokens.
#[must_use]
pub fn export_design_tokens(theme: &Theme) -> Value {
    let mut file = Value::Object(Map::new());
    theme.tokens.each(|token| {
        let mut at = &mut file;
        for step in token.path {
            let Some(group) = at.as_object_mut() else { return };
            at = group.entry(*step).or_insert_with(|| Value::Object(Map::new()));
        }
        *at = json!({ "$type": type_of(token.kind), "$value": value_of(token) });
    });
    file
}

fn type_of(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Color => "color",
        TokenKind::FontFamily => "fontFamily",
        TokenKind::Length(_) | TokenKind::SignedLength(_) => "dimension",
        TokenKind::Number(_) => "number",
        TokenKind::FontWeight => "fontWeight",
        // The format has no type for keywords; other tools ignore this one.
        TokenKind::Position => "string",
    }
}

/// Numbers are written as numbers where the format requires it and no precision is lost; all other values stay as they were.
fn value_of(token: Token<'_>) -> Value {
    let number = matches!(token.kind, TokenKind::Number(_) | TokenKind::FontWeight)
        .then(|| serde_json::from_str::<Value>(token.value).ok())
        .flatten()
        .filter(|number| number.is_number() && same_text(number, token.value));
    number.unwrap_or_else(|| Value::String(token.value.to_owned()))
}

fn same_text(number: &Value, text: &str) -> bool {
    serde_json::to_string(number).is_ok_and(|written| written == text)
}
