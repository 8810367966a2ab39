//! People of a tenant.

use crate::{id::RoleId, permission::PermissionSet};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Longest e-mail address in octets (RFC 5321, section 4.5.3.1.3, without the angle brackets).
pub const MAX_EMAIL_OCTETS: usize = 254;
/// Longest password accepted, in octets. argon2id's cost hardly grows with it; the bound keeps bodies small.
pub const MAX_PASSWORD_OCTETS: usize = 1024;

/// What a member may do. Stored by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Admin,
    Manager,
    Member,
    Viewer,
}

/// The role of a member: one of the built-in ones, or one that the tenant made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssignedRole {
    /// What counts where there is no custom role.
    pub role: Role,
    pub custom_role: Option<RoleId>,
    pub permissions: PermissionSet,
}

impl AssignedRole {
    #[must_use]
    pub fn of(role: Role) -> Self {
        Self { role, custom_role: None, permissions: role.permissions() }
    }
}

impl Role {
    /// From the most to the least powerful.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Admin, Self::Manager, Self::Member, Self::Viewer];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Manager => "manager",
            Self::Member => "member",
            Self::Viewer => "viewer",
        }
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == text)
    }

    /// As [`Role::parse`], and the names that the systems which Livery replaces have for the same.
    #[must_use]
    pub fn parse_foreign(text: &str) -> Option<Self> {
        match text {
            "TENANT_ADMIN" | "tenant_admin" => Some(Self::Admin),
            "MANAGER" => Some(Self::Manager),
            "USER" | "user" => Some(Self::Member),
            "VIEWER" => Some(Self::Viewer),
            text => Self::parse(text),
        }
    }
}

/// An e-mail address in its one spelling: lower-case, trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not an e-mail address")]
pub struct MalformedEmail;

impl Email {
    /// # Errors
    /// What is not two parts around one `@`, holds a character that has a meaning of its own beside an address (RFC 5322,
    /// section 3.2.3: a list of two would be one), white space or control characters, or is over 254 octets.
    pub fn parse(text: &str) -> Result<Self, MalformedEmail> {
        let text = text.trim();
        let (local, domain) = text.split_once('@').ok_or(MalformedEmail)?;
        let is_special = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '@' | ',' | ';' | ':' | '<' | '>' | '(' | ')' | '[' | ']' | '"' | '\\')
        };
        let fits = text.len() <= MAX_EMAIL_OCTETS
            && !local.is_empty()
            && !domain.is_empty()
            && !local.chars().chain(domain.chars()).any(is_special);
        if fits { Ok(Self(text.to_lowercase())) } else { Err(MalformedEmail) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_has_one_spelling() {
        assert_eq!(
            Email::parse(" Owner@Acme.Test ").map(|e| e.as_str().to_owned()),
            Ok("owner@acme.test".into())
        );
    }

    #[test]
    fn what_is_no_email_is_refused() {
        let lists = [
            "a@b,c@d", "a@b;c@d", "a@b@c", "A <a@b", "<a@b>", "a@[::1]", "\"a\"@b", "a(c)@b", "a:b@c",
            "a\\b@c",
        ];
        for bad in ["", "@", "a@", "@b", "a b@c", "a\n@b", "a\0@b"].into_iter().chain(lists) {
            assert_eq!(Email::parse(bad), Err(MalformedEmail), "{bad:?}");
        }
        assert!(Email::parse(&format!("{}@acme.test", "a".repeat(250))).is_err());
    }

    #[test]
    fn every_role_survives_its_name() {
        for role in [Role::Owner, Role::Admin, Role::Manager, Role::Member, Role::Viewer] {
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
        assert_eq!(Role::parse("root"), None);
    }
}
