//! Who makes a change.

use crate::id::{ApiKeyId, UserId};
use std::fmt;

/// The actor of a change in the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A member of the tenant.
    Person(UserId),
    /// A program with a key of the tenant.
    Key(ApiKeyId),
    /// The tenant's partner.
    PartnerKey(ApiKeyId),
    /// One of the platform's own people.
    Operator(UserId),
    /// No caller: a rule of the platform.
    System,
}

impl Actor {
    /// The person behind it; `None` for a program.
    #[must_use]
    pub const fn user(self) -> Option<UserId> {
        match self {
            Self::Person(user) | Self::Operator(user) => Some(user),
            Self::Key(_) | Self::PartnerKey(_) | Self::System => None,
        }
    }
}

/// `usr_…`, `key_…`, `partner:key_…`, `operator:usr_…` or `system`.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(user) => write!(f, "{user}"),
            Self::Key(key) => write!(f, "{key}"),
            Self::PartnerKey(key) => write!(f, "partner:{key}"),
            Self::Operator(user) => write!(f, "operator:{user}"),
            Self::System => f.write_str("system"),
        }
    }
}
