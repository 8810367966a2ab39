//! The role that a member has.

use crate::{
    id::RoleId,
    people::{permission::PermissionSet, role::Role},
};

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
