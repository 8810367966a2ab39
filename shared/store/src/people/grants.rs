//! Single permissions of single members on single objects.

use crate::{Read, StoreError};
use livery_domain::{
    clock::UnixMillis,
    id::{GrantId, UserId},
    people::permission::Permission,
    tenancy::tenant::TenantScope,
};
use livery_platform::{Database, Row, Statement};

const PAGE: &str = "
    SELECT id, user_id, permission, resource, created_at FROM grants
    WHERE tenant_id = ?1 AND (?2 = '' OR user_id = ?2) AND id > ?3 ORDER BY id LIMIT ?4";
const ONE: &str = "
    SELECT id, user_id, permission, resource, created_at FROM grants WHERE tenant_id = ?1 AND id = ?2";
const THE_SAME: &str = "
    SELECT id, user_id, permission, resource, created_at FROM grants
    WHERE tenant_id = ?1 AND user_id = ?2 AND permission = ?3 AND resource = ?4";
const COUNT: &str = "SELECT COUNT(*) FROM grants WHERE tenant_id = ?1 AND user_id = ?2";
const IS_THERE: &str = "
    SELECT 1 FROM api_keys WHERE tenant_id = ?1 AND id = ?2
    UNION ALL SELECT 1 FROM custom_roles WHERE tenant_id = ?1 AND id = ?2";
const ADD: &str = "
    INSERT INTO grants (tenant_id, id, user_id, permission, resource, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const REMOVE: &str = "DELETE FROM grants WHERE tenant_id = ?1 AND id = ?2";

/// One permission of one member on one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRecord {
    pub id: GrantId,
    pub user: UserId,
    pub permission: Permission,
    /// Id of the object.
    pub resource: String,
    pub created_at: UnixMillis,
}

/// Oldest first, after `after`, at most `limit`; of one member, or of all.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn page(
    db: &impl Database,
    scope: &TenantScope,
    user: Option<UserId>,
    after: Option<GrantId>,
    limit: u32,
) -> Result<Vec<GrantRecord>, StoreError> {
    let text = |id: Option<String>| id.unwrap_or_default();
    let params = vec![
        text(user.map(|user| user.to_string())).into(),
        text(after.map(|after| after.to_string())).into(),
        i64::from(limit).into(),
    ];
    let rows = db.query(Statement::scoped(scope, PAGE, params)).await?;
    rows.iter().map(grant_of).collect()
}

#[must_use]
pub fn find(scope: &TenantScope, id: GrantId) -> Read<Option<GrantRecord>> {
    Read::new(Statement::scoped(scope, ONE, vec![id.to_string().into()]), move |rows| {
        rows.first().map(grant_of).transpose()
    })
}

/// The grant that says just this.
#[must_use]
pub fn of(
    scope: &TenantScope,
    user: UserId,
    permission: Permission,
    resource: &str,
) -> Read<Option<GrantRecord>> {
    let params = vec![user.to_string().into(), permission.as_str().into(), resource.into()];
    Read::new(Statement::scoped(scope, THE_SAME, params), move |rows| rows.first().map(grant_of).transpose())
}

/// How many a member has.
#[must_use]
pub fn count(scope: &TenantScope, user: UserId) -> Read<u64> {
    Read::new(Statement::scoped(scope, COUNT, vec![user.to_string().into()]), move |rows| {
        let count = rows.first().map(|row| row.integer(0)).transpose()?.unwrap_or(0);
        Ok(count.max(0).unsigned_abs())
    })
}

/// Whether the tenant has an API key or a role with this id.
#[must_use]
pub fn is_there(scope: &TenantScope, resource: &str) -> Read<bool> {
    Read::new(Statement::scoped(scope, IS_THERE, vec![resource.into()]), |rows| Ok(!rows.is_empty()))
}

/// The statement that makes a grant.
#[must_use]
pub fn added(scope: &TenantScope, grant: &GrantRecord) -> Statement {
    let params = vec![
        grant.id.to_string().into(),
        grant.user.to_string().into(),
        grant.permission.as_str().into(),
        grant.resource.as_str().into(),
        grant.created_at.0.into(),
    ];
    Statement::scoped(scope, ADD, params)
}

/// The statement that takes a grant away.
#[must_use]
pub fn removed(scope: &TenantScope, id: GrantId) -> Statement {
    Statement::scoped(scope, REMOVE, vec![id.to_string().into()])
}

fn grant_of(row: &Row) -> Result<GrantRecord, StoreError> {
    let permission = Permission::parse(row.text(2)?)
        .ok_or_else(|| StoreError::Stored("grant of an unknown permission".into()))?;
    Ok(GrantRecord {
        id: row.parsed(0)?,
        user: row.parsed(1)?,
        permission,
        resource: row.text(3)?.to_owned(),
        created_at: UnixMillis(row.integer(4)?),
    })
}
