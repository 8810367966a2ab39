//! The claims of each kind of token, and how the kinds are distinguished.

use crate::{ACCESS_TOKEN_SECS, DEVICE_TOKEN_SECS, SESSION_TOKEN_SECS, TICKET_SECS, VISITOR_TOKEN_SECS};
use livery_domain::{
    clock::UnixMillis,
    id::{RoleId, SessionId, TenantId, UserId, VisitorId},
    people::{member::AssignedRole, permission::PermissionSet, role::Role},
};
use serde::{Deserialize, Serialize};

/// The kinds of token, distinguished by their audience so that none is accepted as another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Access,
    Session,
    Visitor,
    Device,
    Ticket,
    Operator,
}

impl Kind {
    pub const fn audience(self) -> &'static str {
        match self {
            Self::Access => "livery:api",
            Self::Session => "livery:embed",
            Self::Visitor => "livery:visitor",
            Self::Device => "livery:device",
            Self::Ticket => "livery:ticket",
            Self::Operator => "livery:operator",
        }
    }

    pub const fn secs(self) -> u64 {
        match self {
            Self::Access | Self::Operator => ACCESS_TOKEN_SECS,
            Self::Session => SESSION_TOKEN_SECS,
            Self::Visitor => VISITOR_TOKEN_SECS,
            Self::Device => DEVICE_TOKEN_SECS,
            Self::Ticket => TICKET_SECS,
        }
    }
}

/// Who a member's access token speaks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    #[serde(skip)]
    pub user: Option<UserId>,
    pub tenant: TenantId,
    /// The session that this token was made for: writes check that it is still valid.
    #[serde(rename = "sid")]
    pub session: SessionId,
    pub role: Role,
    /// With [`AccessClaims::permissions`]: a role that the tenant made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_role: Option<RoleId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions: Option<PermissionSet>,
}

impl AccessClaims {
    #[must_use]
    pub fn new(user: UserId, tenant: TenantId, session: SessionId, role: AssignedRole) -> Self {
        let AssignedRole { role, custom_role, permissions } = role;
        // The permissions of a built-in role are in the code that reads the token.
        let permissions = custom_role.map(|_| permissions);
        Self { user: Some(user), tenant, session, role, custom_role, permissions }
    }

    /// The role as it was when the token was made.
    #[must_use]
    pub fn assigned_role(&self) -> AssignedRole {
        let (role, custom_role) = (self.role, self.custom_role);
        match (custom_role, self.permissions) {
            (Some(_), permissions) => {
                AssignedRole { role, custom_role, permissions: permissions.unwrap_or_default() }
            }
            (None, _) => AssignedRole::of(role),
        }
    }
}

/// Who an embed session speaks for, and the page's origin that it was minted for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionClaims {
    #[serde(skip)]
    pub visitor: Option<VisitorId>,
    /// When the token expires: a stream that lasts longer than a request ends then.
    #[serde(skip)]
    pub expires_at: Option<UnixMillis>,
    pub tenant: TenantId,
    pub origin: String,
}

/// The claims by which a browser is recognised as the same visitor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorClaims {
    #[serde(skip)]
    pub visitor: Option<VisitorId>,
    pub tenant: TenantId,
}

/// A device that a person has signed in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceClaims {
    pub user: UserId,
    /// When it was made, in whole seconds: one from before the password's last change is not accepted.
    pub issued_at: UnixMillis,
}

/// The claims with which a person who is signed in to one tenant enters another one. Can be used once: they name the session
/// that is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketClaims {
    #[serde(skip)]
    pub user: Option<UserId>,
    /// The tenant to be entered.
    pub tenant: TenantId,
    /// The session to be opened.
    #[serde(rename = "sid")]
    pub session: SessionId,
    /// The session that the person comes from, which must still be valid; none right after a registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<SessionId>,
}

/// The claims of an operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorClaims {
    #[serde(skip)]
    pub user: Option<UserId>,
    #[serde(rename = "sid")]
    pub session: SessionId,
}

#[derive(Serialize, Deserialize, Clone)]
pub(crate) struct NoClaims {}
