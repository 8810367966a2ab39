//! Roles that a tenant made for itself.

use crate::{Read, StoreError};
use livery_domain::{
    clock::UnixMillis, id::RoleId, people::permission::PermissionSet, tenancy::tenant::TenantScope,
};
use livery_platform::{Row, Statement};

const ALL: &str = "
    SELECT r.id, r.name, r.permissions, r.created_at, r.updated_at,
        (SELECT COUNT(*) FROM memberships m WHERE m.tenant_id = r.tenant_id AND m.custom_role_id = r.id),
        (SELECT COUNT(*) FROM invitations i WHERE i.tenant_id = r.tenant_id AND i.custom_role_id = r.id
            AND i.status = 'pending' AND i.expires_at > ?2)
    FROM custom_roles r WHERE r.tenant_id = ?1 ORDER BY r.name, r.id";
const ONE: &str = "
    SELECT r.id, r.name, r.permissions, r.created_at, r.updated_at,
        (SELECT COUNT(*) FROM memberships m WHERE m.tenant_id = r.tenant_id AND m.custom_role_id = r.id),
        (SELECT COUNT(*) FROM invitations i WHERE i.tenant_id = r.tenant_id AND i.custom_role_id = r.id
            AND i.status = 'pending' AND i.expires_at > ?2)
    FROM custom_roles r WHERE r.tenant_id = ?1 AND r.id = ?3";
const ADD: &str = "
    INSERT INTO custom_roles (tenant_id, id, name, permissions, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?5)";
const CHANGE: &str = "
    UPDATE custom_roles SET name = ?3, permissions = ?4, updated_at = ?5 WHERE tenant_id = ?1 AND id = ?2";
const LET_GO: &str = "
    UPDATE invitations SET custom_role_id = NULL,
        ended_at = CASE WHEN status = 'pending' THEN ?3 ELSE ended_at END,
        status = CASE WHEN status = 'pending' THEN 'revoked' ELSE status END
    WHERE tenant_id = ?1 AND custom_role_id = ?2";
const DROP_GRANTS: &str = "DELETE FROM grants WHERE tenant_id = ?1 AND resource = ?2";
const REMOVE: &str = "DELETE FROM custom_roles WHERE tenant_id = ?1 AND id = ?2";

/// A custom role, and who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRecord {
    pub id: RoleId,
    pub name: String,
    pub permissions: PermissionSet,
    pub created_at: UnixMillis,
    pub updated_at: UnixMillis,
    pub members: i64,
    /// Invitations that can still be accepted.
    pub invitations: i64,
}

/// All of them by name: they are few (`team::MAX_CUSTOM_ROLES`).
#[must_use]
pub fn all(scope: &TenantScope, now: UnixMillis) -> Read<Vec<RoleRecord>> {
    Read::new(Statement::scoped(scope, ALL, vec![now.0.into()]), move |rows| {
        rows.iter().map(role_of).collect()
    })
}

#[must_use]
pub fn find(scope: &TenantScope, id: RoleId, now: UnixMillis) -> Read<Option<RoleRecord>> {
    let params = vec![now.0.into(), id.to_string().into()];
    Read::new(Statement::scoped(scope, ONE, params), |rows| rows.first().map(role_of).transpose())
}

/// The statement that makes a role.
///
/// # Errors
/// [`StoreError`] where the permissions are no JSON.
pub fn added(
    scope: &TenantScope,
    id: RoleId,
    name: &str,
    permissions: PermissionSet,
    now: UnixMillis,
) -> Result<Statement, StoreError> {
    written(scope, ADD, id, name, permissions, now)
}

/// The statement that changes a role, for all who have it.
///
/// # Errors
/// [`StoreError`] where the permissions are no JSON.
pub fn changed(
    scope: &TenantScope,
    id: RoleId,
    name: &str,
    permissions: PermissionSet,
    now: UnixMillis,
) -> Result<Statement, StoreError> {
    written(scope, CHANGE, id, name, permissions, now)
}

/// The statements that delete a role which no member has. Invitations that are over lose the reference to it.
#[must_use]
pub fn removed(scope: &TenantScope, id: RoleId, now: UnixMillis) -> Vec<Statement> {
    let id = id.to_string();
    vec![
        Statement::scoped(scope, LET_GO, vec![id.as_str().into(), now.0.into()]),
        Statement::scoped(scope, DROP_GRANTS, vec![id.as_str().into()]),
        Statement::scoped(scope, REMOVE, vec![id.into()]),
    ]
}

fn written(
    scope: &TenantScope,
    sql: &'static str,
    id: RoleId,
    name: &str,
    permissions: PermissionSet,
    now: UnixMillis,
) -> Result<Statement, StoreError> {
    let permissions = serde_json::to_string(&permissions)?;
    let params = vec![id.to_string().into(), name.into(), permissions.into(), now.0.into()];
    Ok(Statement::scoped(scope, sql, params))
}

fn role_of(row: &Row) -> Result<RoleRecord, StoreError> {
    Ok(RoleRecord {
        id: row.parsed(0)?,
        name: row.text(1)?.to_owned(),
        permissions: serde_json::from_str(row.text(2)?)?,
        created_at: UnixMillis(row.integer(3)?),
        updated_at: UnixMillis(row.integer(4)?),
        members: row.integer(5)?,
        invitations: row.integer(6)?,
    })
}
