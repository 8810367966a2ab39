//! From a design tokens file to a merge patch of a theme.

use super::{
    flatten::{Mode, RawToken, Tokens, flatten},
    resolve::{MAX_ALIAS_STEPS, Unresolved, resolve},
    synonyms::{SYNONYMS, plain_name},
    text::text_of,
};
use crate::value::print_value;
use livery_domain::{
    brand::theme::{Fault, MAX_FAULTS, MAX_FONT_FAMILY_CHARS, MAX_TOKEN_CHARS, Theme, TokenKind},
    reason::Reason,
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The result of importing a design tokens file.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// A merge patch for [`Theme::patched`], which accepts it.
    pub patch: Value,
    /// Which token was mapped to which token of the theme, in the order of the theme document.
    pub mapped: Vec<Mapped>,
    /// Every other token and why, by path.
    pub skipped: Vec<Skipped>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    /// Dotted path in the file.
    pub from: String,
    /// RFC 6901 pointer in the theme.
    pub to: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Dotted path in the file.
    pub path: String,
    pub reason: String,
}

/// Reads a design tokens file (classic values and the object forms of 2025; `$type` of groups; aliases).
///
/// Livery's own paths win (`color.light.primary`, `radius.md`: what [`super::export_design_tokens`] writes); then names in common
/// use by [`SYNONYMS`], the earlier in a row the better; then the shorter path, then the alphabet. A group called `light` or
/// `dark` anywhere in the path, or a value `{light, dark}`, chooses the palette; otherwise a colour goes to the light one.
///
/// # Errors
/// A document that is not an object, too many tokens, groups too deep, aliases that form a cycle or go on too long.
pub fn import_design_tokens(document: &Value) -> Result<Import, Vec<Fault>> {
    let tokens = flatten(document)?;
    let targets = targets();
    let (mut faults, mut skipped) = (Vec::new(), Vec::new());
    let mut candidates: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
    for ((path, _), token) in &tokens {
        match candidate(token, &tokens, &targets) {
            Ok((pointer, candidate)) => candidates.entry(pointer).or_default().push(candidate),
            Err(Unfit::Skip(reason)) => skipped.push(Skipped { path: path.clone(), reason }),
            Err(Unfit::Fault(detail)) if faults.len() < MAX_FAULTS => {
                faults.push(Fault::new(pointer_of(token), Reason::InvalidValue, detail));
            }
            Err(Unfit::Fault(_)) => {}
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut patch = Value::Object(Map::new());
    let mut mapped = Vec::new();
    for (pointer, mut rivals) in candidates {
        rivals.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut rivals = rivals.into_iter();
        let Some(best) = rivals.next() else { continue };
        for other in rivals {
            skipped
                .push(Skipped { path: other.path, reason: format!("{pointer} is taken from {}", best.path) });
        }
        put(&mut patch, &pointer, best.text);
        mapped.push(Mapped { from: best.path, to: pointer });
    }
    skipped.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Import { patch, mapped, skipped })
}

/// Why a token is not imported.
enum Unfit {
    Skip(String),
    /// The file itself is broken.
    Fault(String),
}

/// A possible mapping of a token: pointer, text, and the rank of its name.
fn candidate(
    token: &RawToken<'_>,
    tokens: &Tokens<'_>,
    targets: &BTreeMap<String, TokenKind>,
) -> Result<(String, Candidate), Unfit> {
    let (value, said_type) = resolve(token, tokens).map_err(|broken| match broken {
        Unresolved::Missing(target) => {
            Unfit::Skip(format!("refers to {{{target}}}, which is not in the file"))
        }
        Unresolved::Cycle => Unfit::Fault("refers, in the end, to itself".into()),
        Unresolved::TooLong => {
            Unfit::Fault(format!("is an alias of an alias of …: the limit is {MAX_ALIAS_STEPS} steps"))
        }
    })?;
    let named =
        target_of(token, targets).and_then(|(pointer, rank)| Some((*targets.get(&pointer)?, pointer, rank)));
    let Some((kind, pointer, rank)) = named else {
        return Err(Unfit::Skip("no token of a theme goes by this name".into()));
    };
    let text = usable_text(kind, value, said_type).map_err(Unfit::Skip)?;
    Ok((pointer, Candidate { rank, path: token.path.join("."), text }))
}

/// A token that can be mapped to a token of the theme.
struct Candidate {
    /// 0 for Livery's own path, then the place in the row of synonyms.
    rank: usize,
    path: String,
    text: String,
}

impl Candidate {
    fn order(&self) -> (usize, usize, &str) {
        (self.rank, self.path.len(), &self.path)
    }
}

/// Pointer and kind of every token of a theme.
fn targets() -> BTreeMap<String, TokenKind> {
    let mut targets = BTreeMap::new();
    Theme::default().tokens.each(|token| {
        targets.insert(format!("/tokens/{}", token.path.join("/")), token.kind);
    });
    targets
}

/// The token of the theme that a name maps to, and the rank of the name.
fn target_of(token: &RawToken<'_>, targets: &BTreeMap<String, TokenKind>) -> Option<(String, usize)> {
    let own = token
        .path
        .iter()
        .map(String::as_str)
        .filter(|segment| *segment != "tokens")
        .collect::<Vec<_>>()
        .join("/");
    let own = format!("/tokens/{own}");
    if token.mode.is_none() && targets.contains_key(&own) {
        return Some((own, 0));
    }
    let is = |segment: &String, name: &str| segment.eq_ignore_ascii_case(name);
    let in_dark = token.path.iter().any(|segment| is(segment, "dark"));
    let mode = token.mode.unwrap_or(if in_dark { Mode::Dark } else { Mode::Light });
    let path: Vec<String> =
        token.path.iter().filter(|segment| !is(segment, "dark") && !is(segment, "light")).cloned().collect();
    let name = plain_name(&path);
    let (target, rank) = SYNONYMS
        .iter()
        .find_map(|(target, names)| Some((*target, names.iter().position(|known| *known == name)? + 1)))?;
    let mode = match mode {
        Mode::Light => "light",
        Mode::Dark => "dark",
    };
    match target.contains('/') {
        true => Some((format!("/tokens/{target}"), rank)),
        false => Some((format!("/tokens/color/{mode}/{target}"), rank)),
    }
}

/// The text, if the theme accepts it and it is valid for the token's type.
fn usable_text(kind: TokenKind, value: &Value, said_type: Option<&str>) -> Result<String, String> {
    if let Some(said) = said_type.filter(|said| !accepted_types(kind).contains(said)) {
        let said: String = said.chars().take(40).collect();
        return Err(format!("its $type is {said}, not {}", accepted_types(kind).join(" or ")));
    }
    let text = text_of(kind, value).ok_or("the value has another type than the theme's token")?;
    let max_chars = if kind == TokenKind::FontFamily { MAX_FONT_FAMILY_CHARS } else { MAX_TOKEN_CHARS };
    if text.chars().count() > max_chars || text.chars().any(char::is_control) {
        return Err(format!("the value has more than {max_chars} characters or a control character"));
    }
    if kind == TokenKind::Position && !livery_domain::brand::theme::Position::WORDS.contains(&text.as_str()) {
        return Err("the value is neither bottom_right nor bottom_left".into());
    }
    print_value(kind, &text).map(|_| text).map_err(|fault| format!("the value {}", fault.detail))
}

/// `$type` of the format, then of Tokens Studio and the format's drafts.
fn accepted_types(kind: TokenKind) -> &'static [&'static str] {
    match kind {
        TokenKind::Color => &["color"],
        TokenKind::FontFamily => &["fontFamily", "fontFamilies"],
        TokenKind::Length(_) | TokenKind::SignedLength(_) => {
            &["dimension", "number", "spacing", "sizing", "borderRadius", "fontSizes", "letterSpacing"]
        }
        TokenKind::Number(_) => &["number", "lineHeights"],
        TokenKind::FontWeight => &["fontWeight", "number", "fontWeights"],
        TokenKind::Position => &["string"],
    }
}

fn pointer_of(token: &RawToken<'_>) -> String {
    token.path.iter().fold(String::new(), |at, step| livery_domain::brand::theme::child_pointer(&at, step))
}

/// Sets the text at a pointer whose steps need no escapes.
fn put(patch: &mut Value, pointer: &str, text: String) {
    let mut at = patch;
    for step in pointer.split('/').skip(1) {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        let Some(fields) = at.as_object_mut() else { return };
        at = fields.entry(step).or_insert(Value::Null);
    }
    *at = Value::String(text);
}
