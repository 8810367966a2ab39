//! A token file as a flat list: path, type, value.

use livery_domain::{
    brand::theme::{Fault, MAX_FAULTS, child_pointer},
    reason::Reason,
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Most tokens in one file, a value by mode counted once per mode. Cloudscape, the largest published file we know, has
/// 9,297 in 1.2 MB; each costs ~200 bytes while it is read, 6 MB at the limit.
pub const MAX_DESIGN_TOKENS: usize = 32_768;

/// Deepest group. Published sets reach 8; below serde_json's own limit of 128.
pub const MAX_GROUP_DEPTH: usize = 32;

/// One of the two palettes, when a token says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mode {
    Light,
    Dark,
}

/// A token as it stands in the file.
#[derive(Debug, Clone)]
pub(super) struct RawToken<'v> {
    pub path: Vec<String>,
    /// `$type`, its own or that of the nearest group.
    pub kind: Option<&'v str>,
    pub value: &'v Value,
    /// Set when the value was one of several by mode: `"$value": { "light": …, "dark": … }`.
    pub mode: Option<Mode>,
}

/// Tokens by dotted path; a value by mode gives one entry for each.
pub(super) type Tokens<'v> = BTreeMap<(String, Option<Mode>), RawToken<'v>>;

/// # Errors
/// A document that is not an object, groups too deep, too many tokens.
pub(super) fn flatten(document: &Value) -> Result<Tokens<'_>, Vec<Fault>> {
    let Value::Object(root) = document else {
        return Err(vec![Fault::new("", Reason::WrongType, "must be an object: a design tokens file")]);
    };
    let mut walk = Walk { tokens: Tokens::new(), faults: Vec::new(), full: false };
    walk.group(root, &mut Vec::new(), None, "");
    if walk.faults.is_empty() { Ok(walk.tokens) } else { Err(walk.faults) }
}

struct Walk<'v> {
    tokens: Tokens<'v>,
    faults: Vec<Fault>,
    /// Set once there are too many tokens.
    full: bool,
}

impl<'v> Walk<'v> {
    fn group(
        &mut self,
        group: &'v Map<String, Value>,
        path: &mut Vec<String>,
        kind: Option<&'v str>,
        pointer: &str,
    ) {
        let kind = group.get("$type").and_then(Value::as_str).or(kind);
        if path.len() > MAX_GROUP_DEPTH {
            return self.fault(
                pointer,
                Reason::TooDeep,
                format!("groups may be nested {MAX_GROUP_DEPTH} deep"),
            );
        }
        if let Some(value) = group.get("$value") {
            return self.token(path, kind, value, pointer);
        }
        for (key, child) in group {
            // `$root` is the token of the group itself; every other `$…` is a property such as `$description`.
            if key.starts_with('$') && key != "$root" {
                continue;
            }
            let Value::Object(child) = child else { continue };
            if self.faults.len() >= MAX_FAULTS || self.full {
                return;
            }
            path.push(key.clone());
            self.group(child, path, kind, &child_pointer(pointer, key));
            path.pop();
        }
    }

    fn token(&mut self, path: &[String], kind: Option<&'v str>, value: &'v Value, pointer: &str) {
        if self.tokens.len() >= MAX_DESIGN_TOKENS {
            self.full = true;
            return self.fault(
                pointer,
                Reason::TooMany,
                format!("the limit is {MAX_DESIGN_TOKENS} tokens in a file"),
            );
        }
        match value {
            Value::Object(parts)
                if !parts.is_empty() && parts.keys().all(|key| key == "light" || key == "dark") =>
            {
                for (mode, key) in [(Mode::Light, "light"), (Mode::Dark, "dark")] {
                    if let Some(value) = parts.get(key) {
                        self.insert(path, kind, value, Some(mode));
                    }
                }
            }
            // A composite: its parts are tokens of their own, `heading.fontSize` and so on.
            Value::Object(parts) if kind == Some("typography") => {
                for (part, value) in parts {
                    let mut path = path.to_vec();
                    path.push(part.clone());
                    self.insert(&path, None, value, None);
                }
            }
            _ => self.insert(path, kind, value, None),
        }
    }

    fn insert(&mut self, path: &[String], kind: Option<&'v str>, value: &'v Value, mode: Option<Mode>) {
        let token = RawToken { path: path.to_vec(), kind, value, mode };
        self.tokens.insert((path.join("."), mode), token);
    }

    fn fault(&mut self, pointer: &str, reason: Reason, detail: String) {
        self.faults.push(Fault::new(pointer, reason, detail));
    }
}
