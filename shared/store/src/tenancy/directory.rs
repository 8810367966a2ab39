//! Who lives at which host, and on which plan.

use crate::{Read, StoreError};
use livery_domain::{
    clock::UnixMillis,
    embed::origin::EmbedPolicy,
    tenancy::{
        host::Host,
        tenant::{Tenant, TenantKey, TenantScope},
    },
};
use livery_platform::{Database, Row, Statement};

/// The exact host first; only if no tenant has it, the platform's subdomain.
const TENANT_AT: &str = "
    SELECT id, key, name, status FROM (
        SELECT t.id, t.key, t.name, t.status, 0 AS rank FROM domains d JOIN tenants t ON t.id = d.tenant_id
        WHERE d.host = ?1 AND d.status = 'verified'
        UNION ALL
        SELECT t.id, t.key, t.name, t.status, 1 AS rank FROM tenants t WHERE t.key = ?2
    ) AS found ORDER BY rank LIMIT 1";

const TENANT: &str = "SELECT id, key, name, status FROM tenants WHERE id = ?1";
const TENANT_BY_KEY: &str = "SELECT id, key, name, status FROM tenants WHERE key = ?1";
const MESSAGES_LIMIT: &str =
    "SELECT p.messages_monthly FROM tenants t JOIN plans p ON p.key = t.plan_key WHERE t.id = ?1";
const POLICY: &str = "SELECT origins, version FROM embed_policies WHERE tenant_id = ?1";
const ADD_POLICY: &str = "
    INSERT INTO embed_policies (tenant_id, origins, version, updated_at) VALUES (?1, ?2, 1, ?3)";
const REPLACE_POLICY: &str = "
    UPDATE embed_policies SET origins = ?2, version = version + 1, updated_at = ?3
    WHERE tenant_id = ?1 AND version = ?4";

/// The tenant at `host`: exact verified domain, then `{key}.{platform}`. One statement.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn tenant_at(
    db: &impl Database,
    host: &Host,
    platform: &Host,
) -> Result<Option<Tenant>, StoreError> {
    whose(host, platform).from(db).await
}

/// The same, to be asked for beside something else.
#[must_use]
pub fn whose(host: &Host, platform: &Host) -> Read<Option<Tenant>> {
    // No key is empty, so an empty one finds no tenant.
    let key = host.platform_key(platform).map(String::from).unwrap_or_default();
    Read::new(Statement::platform(TENANT_AT, vec![host.as_str().into(), key.into()]), first_tenant)
}

/// # Errors
/// [`StoreError`] where the database fails.
pub async fn tenant_with_key(db: &impl Database, key: &TenantKey) -> Result<Option<Tenant>, StoreError> {
    first_tenant(&db.query(Statement::platform(TENANT_BY_KEY, vec![key.as_str().into()])).await?)
}

/// # Errors
/// [`StoreError`] where the database fails.
pub async fn tenant(db: &impl Database, scope: &TenantScope) -> Result<Option<Tenant>, StoreError> {
    of_scope(scope).from(db).await
}

/// The same, to be asked for beside something else.
#[must_use]
pub fn of_scope(scope: &TenantScope) -> Read<Option<Tenant>> {
    Read::new(Statement::scoped(scope, TENANT, vec![]), first_tenant)
}

/// Messages that the tenant's plan has in a month; 0 where the tenant is gone.
#[must_use]
pub fn messages_limit(scope: &TenantScope) -> Read<u64> {
    Read::new(Statement::scoped(scope, MESSAGES_LIMIT, vec![]), move |rows| {
        let limit = rows.first().map(|row| row.integer(0)).transpose()?.unwrap_or(0);
        Ok(limit.max(0).unsigned_abs())
    })
}

/// Sites that may embed, and the version of the list; none and 0 where no policy is stored.
///
/// # Errors
/// [`StoreError`] where the database fails or the policy is unreadable.
pub async fn embed_policy(db: &impl Database, scope: &TenantScope) -> Result<(EmbedPolicy, i64), StoreError> {
    embed_policy_of(scope).from(db).await
}

/// The same, to be asked for beside something else.
#[must_use]
pub fn embed_policy_of(scope: &TenantScope) -> Read<(EmbedPolicy, i64)> {
    Read::new(Statement::scoped(scope, POLICY, vec![]), |rows| match rows.first() {
        Some(row) => Ok((serde_json::from_str(row.text(0)?)?, row.integer(1)?)),
        None => Ok((EmbedPolicy::default(), 0)),
    })
}

/// The statement that replaces the policy of version `expected` (0: there is none yet) by the next version.
///
/// # Errors
/// [`StoreError`] where the policy is no JSON.
pub fn embed_policy_saved(
    scope: &TenantScope,
    expected: i64,
    policy: &EmbedPolicy,
    now: UnixMillis,
) -> Result<Statement, StoreError> {
    let mut params = vec![serde_json::to_string(policy)?.into(), now.0.into()];
    let sql = if expected == 0 {
        ADD_POLICY
    } else {
        params.push(expected.into());
        REPLACE_POLICY
    };
    Ok(Statement::scoped(scope, sql, params))
}

fn first_tenant(rows: &[Row]) -> Result<Option<Tenant>, StoreError> {
    rows.first().map(tenant_of).transpose()
}

pub(crate) fn tenant_of(row: &Row) -> Result<Tenant, StoreError> {
    Ok(Tenant {
        id: row.parsed(0)?,
        key: row.parsed(1)?,
        name: row.text(2)?.to_owned(),
        status: row.parsed(3)?,
    })
}
