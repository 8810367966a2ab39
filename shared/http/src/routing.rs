//! Which function serves which path: the one table that the edge hands requests over by.

/// The functions behind the edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Function {
    Edge,
    Embed,
    Live,
    Auth,
    Admin,
    Theme,
    Console,
}

/// How much of a path a prefix speaks for.
#[derive(Clone, Copy)]
enum Reach {
    /// The path itself.
    Exactly,
    /// What lies below it, and not the path itself.
    Below,
    /// Both.
    From,
}
use Reach::{Below, Exactly, From};

/// Whose a path is by its beginning, in whole segments. The first that fits counts, so what is longer stands first.
const PREFIXES: &[(&str, Reach, Function)] = &[
    ("/widget.js", Exactly, Function::Edge),
    ("/embed", Exactly, Function::Edge),
    ("/healthz", Exactly, Function::Edge),
    ("/w", Below, Function::Edge),
    ("/b", Below, Function::Edge),
    ("/v1/edge", From, Function::Edge),
    ("/v1/capabilities", From, Function::Edge),
    ("/tenants/domain", From, Function::Edge),
    ("/api/white-label", From, Function::Edge),
    ("/v1/embed", From, Function::Embed),
    ("/v1/conversations", From, Function::Embed),
    ("/v1/live", From, Function::Live),
    ("/v1/auth", From, Function::Auth),
    ("/v1/plans", From, Function::Auth),
    ("/.well-known/jwks.json", From, Function::Auth),
    ("/tenants/register", From, Function::Auth),
    ("/users/accept-invitation", From, Function::Auth),
    ("/v1/branding", From, Function::Theme),
    ("/v1/releases", From, Function::Theme),
    ("/v1/api-keys", From, Function::Admin),
    ("/v1/audit", From, Function::Admin),
    ("/v1/embed-policy", From, Function::Admin),
    ("/v1/flags", From, Function::Admin),
    ("/v1/grants", From, Function::Admin),
    ("/v1/invitations", From, Function::Admin),
    ("/v1/me", From, Function::Admin),
    ("/v1/members", From, Function::Admin),
    ("/v1/operator", From, Function::Admin),
    ("/v1/permissions", From, Function::Admin),
    ("/v1/roles", From, Function::Admin),
    ("/v1/tenant", From, Function::Admin),
    ("/v1/tenants", From, Function::Admin),
    ("/v1/usage", From, Function::Admin),
    ("/users", From, Function::Admin),
    ("/tenants", From, Function::Admin),
    ("/api/v1", From, Function::Admin),
    ("/openapi.json", Exactly, Function::Admin),
    ("/admin", From, Function::Console),
    ("/", Exactly, Function::Console),
    ("/register", Exactly, Function::Console),
    ("/sign-in", Exactly, Function::Console),
    ("/outbox", Exactly, Function::Console),
    ("/problems", From, Function::Console),
];

/// `None` where no function has the path: the edge answers 404 itself.
#[must_use]
pub const fn function_for(path: &str) -> Option<Function> {
    let mut place = 0;
    while place < PREFIXES.len() {
        // A const function has no iterators, and `place` is below the length.
        #[allow(clippy::indexing_slicing)]
        let (prefix, reach, function) = PREFIXES[place];
        if reaches(prefix.as_bytes(), reach, path.as_bytes()) {
            return Some(function);
        }
        place += 1;
    }
    None
}

const fn reaches(prefix: &[u8], reach: Reach, path: &[u8]) -> bool {
    let Some((beginning, rest)) = path.split_at_checked(prefix.len()) else { return false };
    if !is_same(beginning, prefix) {
        return false;
    }
    matches!((reach, rest.first()), (Exactly | From, None) | (Below | From, Some(b'/')))
}

const fn is_same(mut one: &[u8], mut other: &[u8]) -> bool {
    while let (Some((a, ones)), Some((b, others))) = (one.split_first(), other.split_first()) {
        if *a != *b {
            return false;
        }
        (one, other) = (ones, others);
    }
    one.is_empty() && other.is_empty()
}

/// Every prefix as a trigger of Spin: `("/v1/roles/...", Function::Admin)`. What is the edge's needs none but where it lies within
/// another function's: Spin's last route, `/...`, is the edge's.
#[must_use]
pub fn spin_triggers() -> Vec<(String, Function)> {
    let within = |path: &str| {
        PREFIXES.iter().any(|(prefix, reach, function)| {
            *function != Function::Edge
                && *prefix != path
                && reaches(prefix.as_bytes(), *reach, path.as_bytes())
        })
    };
    PREFIXES
        .iter()
        .filter(|(prefix, _, function)| *function != Function::Edge || within(prefix))
        .map(|(prefix, reach, function)| {
            let below = if matches!(reach, Exactly) { "" } else { "/..." };
            (format!("{prefix}{below}"), *function)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_has_one_function_or_none() {
        for (path, function) in [
            ("/widget.js", Some(Function::Edge)),
            ("/b/x.css", Some(Function::Edge)),
            ("/v1/edge/config", Some(Function::Edge)),
            ("/v1/capabilities", Some(Function::Edge)),
            ("/v1/embed/sessions", Some(Function::Embed)),
            ("/v1/conversations", Some(Function::Embed)),
            ("/v1/live", Some(Function::Live)),
            ("/v1/auth/login", Some(Function::Auth)),
            ("/v1/plans", Some(Function::Auth)),
            ("/.well-known/jwks.json", Some(Function::Auth)),
            ("/tenants/register", Some(Function::Auth)),
            ("/v1/branding/publish", Some(Function::Theme)),
            ("/v1/releases", Some(Function::Theme)),
            ("/v1/embed-policy", Some(Function::Admin)),
            ("/v1/audit/verify", Some(Function::Admin)),
            ("/openapi.json", Some(Function::Admin)),
            ("/", Some(Function::Console)),
            ("/register", Some(Function::Console)),
            ("/sign-in", Some(Function::Console)),
            ("/outbox", Some(Function::Console)),
            ("/problems", Some(Function::Console)),
            ("/problems/not_found", Some(Function::Console)),
            ("/admin", Some(Function::Console)),
            ("/admin/team/roles/new", Some(Function::Console)),
            ("/users/accept-invitation", Some(Function::Auth)),
            ("/users/invite", Some(Function::Admin)),
            ("/api/v1/tenants/x/members", Some(Function::Admin)),
            ("/users", Some(Function::Admin)),
            ("/api/v1/nothing", Some(Function::Admin)),
            ("/tenants/ten_1/stats", Some(Function::Admin)),
            ("/tenants/domain/acme.example", Some(Function::Edge)),
            ("/api/v1/tenant/users/count", Some(Function::Admin)),
            ("/api/white-label/current/info", Some(Function::Edge)),
            ("/api", None),
            ("/register/x", None),
            ("/administrator", None),
            ("/widget.js/x", None),
            ("/v1", None),
            ("/v1/nothing", None),
            ("//v1/live", None),
        ] {
            assert_eq!(function_for(path), function, "{path}");
        }
    }
}
