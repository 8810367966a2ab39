//! Users and their memberships.

use crate::{StoreError, sessions::assigned_role};
use livery_domain::{
    clock::UnixMillis,
    id::UserId,
    member::{AssignedRole, Email},
    tenant::TenantScope,
};
use livery_platform::{Database, Statement};

const CREDENTIALS: &str = "
    SELECT u.id, u.password_hash, m.role, m.custom_role_id, r.permissions, u.password_changed_at
    FROM users u JOIN memberships m ON m.user_id = u.id LEFT JOIN custom_roles r ON r.id = m.custom_role_id
    WHERE m.tenant_id = ?1 AND u.email = ?2";

/// What a sign-in is checked against.
pub struct Credentials {
    pub user: UserId,
    /// PHC text.
    pub password_hash: String,
    pub role: AssignedRole,
    /// When the password became this one; `None` where it is the first.
    pub password_changed_at: Option<UnixMillis>,
}

/// The credentials of a member of this tenant; a user of other tenants only is nobody here.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn credentials(
    db: &impl Database,
    scope: &TenantScope,
    email: &Email,
) -> Result<Option<Credentials>, StoreError> {
    let rows = db.query(Statement::scoped(scope, CREDENTIALS, vec![email.as_str().into()])).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Some(Credentials {
        user: row.parsed(0)?,
        password_hash: row.text(1)?.to_owned(),
        role: assigned_role(row, 2)?,
        password_changed_at: row.optional_integer(5)?.map(UnixMillis),
    }))
}
