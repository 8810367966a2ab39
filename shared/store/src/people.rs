//! Users and their memberships.

use crate::StoreError;
use livery_domain::{
    id::UserId,
    member::{Email, Role},
    tenant::TenantScope,
};
use livery_platform::{Database, Statement, WrongShape};

const CREDENTIALS: &str = "
    SELECT u.id, u.password_hash, m.role FROM users u JOIN memberships m ON m.user_id = u.id
    WHERE m.tenant_id = ?1 AND u.email = ?2";
const ROLE: &str = "SELECT role FROM memberships WHERE tenant_id = ?1 AND user_id = ?2";

/// What a sign-in is checked against.
pub struct Credentials {
    pub user: UserId,
    /// PHC text.
    pub password_hash: String,
    pub role: Role,
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
        role: Role::parse(row.text(2)?).ok_or(WrongShape(2))?,
    }))
}

/// The role that a user has in this tenant now.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn role(db: &impl Database, scope: &TenantScope, user: UserId) -> Result<Option<Role>, StoreError> {
    let rows = db.query(Statement::scoped(scope, ROLE, vec![user.to_string().into()])).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Some(Role::parse(row.text(0)?).ok_or(WrongShape(0))?))
}
