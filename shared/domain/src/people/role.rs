//! The built-in roles.

use serde::{Deserialize, Serialize};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_survives_its_name() {
        for role in [Role::Owner, Role::Admin, Role::Manager, Role::Member, Role::Viewer] {
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
        assert_eq!(Role::parse("root"), None);
    }
}
