//! Follows aliases: `"$value": "{group.token}"`.

use super::flatten::{Mode, RawToken, Tokens};
use serde_json::Value;

/// Longest chain of aliases. Published sets reach 5; a longer one than this is a cycle or a mistake.
pub const MAX_ALIAS_STEPS: usize = 32;

/// Why an alias can't be resolved.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unresolved {
    /// Refers to a token that is not in the file.
    Missing(String),
    /// Refers, in the end, to itself.
    Cycle,
    /// More than [`MAX_ALIAS_STEPS`] steps.
    TooLong,
}

/// The value at the end of a chain of aliases, and its `$type`: the nearest one on the way.
pub(super) fn resolve<'v>(
    token: &RawToken<'v>,
    tokens: &Tokens<'v>,
) -> Result<(&'v Value, Option<&'v str>), Unresolved> {
    let (mut value, mut kind) = (token.value, token.kind);
    let mut seen = vec![token.path.join(".")];
    while let Some(target) = alias(value) {
        let next = find(target, token, tokens)
            .ok_or_else(|| Unresolved::Missing(target.chars().take(80).collect()))?;
        let name = next.path.join(".");
        if seen.contains(&name) {
            return Err(Unresolved::Cycle);
        }
        if seen.len() > MAX_ALIAS_STEPS {
            return Err(Unresolved::TooLong);
        }
        seen.push(name);
        kind = kind.or(next.kind);
        value = next.value;
    }
    Ok((value, kind))
}

/// The path in `{path}`.
fn alias(value: &Value) -> Option<&str> {
    value.as_str()?.strip_prefix('{')?.strip_suffix('}')
}

/// The token of that path: as written, in the same mode if it has modes; else inside the top-level group of the token with
/// the alias, since files of a light and a dark theme are put side by side under `light` and `dark`.
fn find<'t, 'v>(target: &str, from: &RawToken<'v>, tokens: &'t Tokens<'v>) -> Option<&'t RawToken<'v>> {
    let modes = [from.mode, None, Some(Mode::Light), Some(Mode::Dark)];
    let beside = from.path.first().map(|group| format!("{group}.{target}"));
    let with_root = format!("{target}.$root");
    [Some(target.to_owned()), beside, Some(with_root)]
        .into_iter()
        .flatten()
        .find_map(|path| modes.iter().find_map(|mode| tokens.get(&(path.clone(), *mode))))
}
