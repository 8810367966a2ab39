//! What a tenant may be called when it is made.

use crate::{reason::Reason, tenancy::tenant::TenantKey};
use thiserror::Error;

/// Names below the platform that are the platform's own, now or one day, or that somebody would take for it.
const RESERVED: &[&str] = &[
    "about",
    "abuse",
    "access",
    "account",
    "accounts",
    "admin",
    "administrator",
    "api",
    "app",
    "apps",
    "asset",
    "assets",
    "auth",
    "autoconfig",
    "autodiscover",
    "beta",
    "billing",
    "blog",
    "cdn",
    "chat",
    "cloud",
    "console",
    "contact",
    "dashboard",
    "demo",
    "dev",
    "developer",
    "developers",
    "dns",
    "docs",
    "download",
    "downloads",
    "edge",
    "email",
    "embed",
    "example",
    "faq",
    "files",
    "ftp",
    "git",
    "health",
    "help",
    "home",
    "hostmaster",
    "id",
    "identity",
    "imap",
    "info",
    "internal",
    "invite",
    "invoice",
    "invoices",
    "legal",
    "live",
    "livery",
    "local",
    "localhost",
    "login",
    "mail",
    "mailer",
    "me",
    "media",
    "metrics",
    "monitor",
    "monitoring",
    "mx",
    "news",
    "noreply",
    "no-reply",
    "ns",
    "ns1",
    "ns2",
    "oauth",
    "openid",
    "operator",
    "partner",
    "partners",
    "pay",
    "payment",
    "payments",
    "pop",
    "pop3",
    "postmaster",
    "preview",
    "pricing",
    "privacy",
    "prod",
    "production",
    "public",
    "register",
    "root",
    "sales",
    "saml",
    "sandbox",
    "scim",
    "security",
    "sign-in",
    "sign-up",
    "signin",
    "signup",
    "smtp",
    "ssl",
    "sso",
    "staff",
    "staging",
    "stage",
    "static",
    "stats",
    "status",
    "store",
    "super-admin",
    "superadmin",
    "support",
    "sysadmin",
    "system",
    "team",
    "teams",
    "tenant",
    "tenants",
    "terms",
    "test",
    "tls",
    "trust",
    "upload",
    "uploads",
    "user",
    "users",
    "webhook",
    "webhooks",
    "webmail",
    "webmaster",
    "widget",
    "wpad",
    "www",
    "www1",
    "www2",
];

/// Why a key can't be anybody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UnusableKey {
    #[error(
        "Use 2 to 40 lower-case letters, digits and single hyphens, beginning and ending without a hyphen."
    )]
    Malformed,
    #[error("This name is kept for the platform itself.")]
    Reserved,
}

impl UnusableKey {
    #[must_use]
    pub const fn reason(self) -> Reason {
        match self {
            Self::Malformed => Reason::InvalidValue,
            Self::Reserved => Reason::NameReserved,
        }
    }

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Reserved => "reserved",
        }
    }
}

/// The key that a new tenant asks for.
///
/// # Errors
/// [`UnusableKey`]; whether somebody has it already is another question.
pub fn usable_key(text: &str) -> Result<TenantKey, UnusableKey> {
    let key: TenantKey = text.parse().map_err(|_| UnusableKey::Malformed)?;
    if RESERVED.contains(&key.as_str()) { Err(UnusableKey::Reserved) } else { Ok(key) }
}

/// Keys that come to mind where `key` is taken, the likeliest first.
#[must_use]
pub fn alternatives(key: &TenantKey) -> Vec<TenantKey> {
    let base = key.as_str();
    [
        format!("{base}-hq"),
        format!("{base}-app"),
        format!("get-{base}"),
        format!("{base}-2"),
        format!("{base}-team"),
    ]
    .iter()
    .filter_map(|text| usable_key(text).ok())
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_platforms_own_names_are_nobodys() {
        for reserved in ["www", "api", "admin", "mail", "status", "livery", "sign-in"] {
            assert_eq!(usable_key(reserved), Err(UnusableKey::Reserved), "{reserved}");
        }
        for reserved in RESERVED {
            assert!(reserved.parse::<TenantKey>().is_ok(), "{reserved} can't be a key anyway");
        }
        assert_eq!(usable_key("Acme"), Err(UnusableKey::Malformed));
        assert_eq!(usable_key("wwwhite").map(String::from), Ok("wwwhite".into()));
    }

    #[test]
    fn what_is_offered_instead_could_be_had() {
        let offered: Vec<_> = alternatives(&"acme".parse().unwrap()).into_iter().map(String::from).collect();
        assert_eq!(offered, ["acme-hq", "acme-app", "get-acme", "acme-2", "acme-team"]);
        // A key of 40 characters has room for none.
        assert!(alternatives(&"x".repeat(40).parse().unwrap()).is_empty());
    }
}
