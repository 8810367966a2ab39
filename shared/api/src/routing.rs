//! Which function serves which path: the one table that the edge hands requests over by.

/// The functions behind the edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    Edge,
    Embed,
    Live,
    Auth,
    Admin,
    Theme,
    Console,
}

/// `None` where no function has the path: the edge answers 404 itself.
#[must_use]
pub fn function_for(path: &str) -> Option<Function> {
    let mut segments = path.strip_prefix('/').unwrap_or(path).split('/');
    match (segments.next()?, segments.next()) {
        ("widget.js" | "embed" | "healthz", None) => Some(Function::Edge),
        ("w" | "b", Some(_)) => Some(Function::Edge),
        ("v1", Some("edge" | "capabilities")) => Some(Function::Edge),
        ("v1", Some("embed" | "conversations")) => Some(Function::Embed),
        ("v1", Some("live")) => Some(Function::Live),
        ("v1", Some("auth" | "plans")) => Some(Function::Auth),
        (".well-known", Some("jwks.json")) => Some(Function::Auth),
        ("tenants", Some("register")) => Some(Function::Auth),
        ("v1", Some("branding" | "releases")) => Some(Function::Theme),
        ("v1", Some("api-keys" | "operator")) => Some(Function::Admin),
        ("v1", Some("me" | "tenant" | "usage" | "embed-policy" | "flags" | "audit")) => Some(Function::Admin),
        ("openapi.json", None) => Some(Function::Admin),
        ("" | "register" | "sign-in" | "outbox", None) => Some(Function::Console),
        ("admin", _) => Some(Function::Console),
        ("v1", Some("members" | "invitations" | "tenants")) => Some(Function::Admin),
        ("v1", Some("roles" | "permissions" | "grants")) => Some(Function::Admin),
        ("users", Some("accept-invitation")) => Some(Function::Auth),
        ("users", _) => Some(Function::Admin),
        ("tenants", Some("domain")) => Some(Function::Edge),
        ("tenants", _) => Some(Function::Admin),
        ("api", Some("white-label")) => Some(Function::Edge),
        ("api", Some("v1")) => Some(Function::Admin),
        _ => None,
    }
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
