//! Keys of tenants and of partners.

use crate::{Read, StoreError};
use livery_domain::{
    clock::UnixMillis,
    id::{ApiKeyId, PartnerId, TenantId},
    identity::api_key::{ApiKey, LAST_USED_SECS},
    tenancy::tenant::TenantScope,
};
use livery_platform::{Database, Row, Rows, Statement, Value, WrongShape};

const BY_HASH: &str = "
    SELECT id, name, hint, scopes, created_by, created_at, expires_at, last_used_at, revoked_at, replaced_by,
        tenant_id, partner_id
    FROM api_keys WHERE hash = ?1";
/// `?2` is a tenant: a key of its own, or of the partner whose it is.
const GOOD_FOR: &str = "
    SELECT id, name, hint, scopes, created_by, created_at, expires_at, last_used_at, revoked_at, replaced_by
    FROM api_keys
    WHERE id = ?1 AND (tenant_id = ?2 OR partner_id = (SELECT t.partner_id FROM tenants t WHERE t.id = ?2))";
const ONE: &str = "
    SELECT id, name, hint, scopes, created_by, created_at, expires_at, last_used_at, revoked_at, replaced_by
    FROM api_keys WHERE (tenant_id = ?1 OR partner_id = ?1) AND id = ?2";
/// Ids begin with the time, so their order is that of making.
const PAGE: &str = "
    SELECT id, name, hint, scopes, created_by, created_at, expires_at, last_used_at, revoked_at, replaced_by
    FROM api_keys WHERE (tenant_id = ?1 OR partner_id = ?1) AND (?2 = '' OR id < ?2)
    ORDER BY id DESC LIMIT ?3";
const COUNT: &str = "
    SELECT COUNT(*) FROM api_keys
    WHERE (tenant_id = ?1 OR partner_id = ?1) AND revoked_at IS NULL AND replaced_by IS NULL
        AND (expires_at IS NULL OR expires_at > ?2)";
const ADD_TO_TENANT: &str = "
    INSERT INTO api_keys (tenant_id, id, name, hint, hash, scopes, created_by, created_at, expires_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
const ADD_TO_PARTNER: &str = "
    INSERT INTO api_keys (partner_id, id, name, hint, hash, scopes, created_by, created_at, expires_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
const REPLACE: &str = "
    UPDATE api_keys SET replaced_by = ?3, expires_at = ?4
    WHERE (tenant_id = ?1 OR partner_id = ?1) AND id = ?2";
const END_PREDECESSORS: &str = "
    UPDATE api_keys SET revoked_at = ?3
    WHERE (tenant_id = ?1 OR partner_id = ?1) AND replaced_by = ?2 AND revoked_at IS NULL AND expires_at > ?3";
const REVOKE: &str = "
    UPDATE api_keys SET revoked_at = ?3
    WHERE (tenant_id = ?1 OR partner_id = ?1) AND id = ?2 AND revoked_at IS NULL";
const USED: &str = "
    UPDATE api_keys SET last_used_at = ?2 WHERE id = ?1 AND (last_used_at IS NULL OR last_used_at <= ?3)";

/// Whose keys are meant. A tenant's are reached with its scope alone; a partner's are the platform's.
#[derive(Debug, Clone, Copy)]
pub enum Owner<'a> {
    Tenant(&'a TenantScope),
    Partner(PartnerId),
}

impl Owner<'_> {
    /// `?1` is the owner. Ids of tenants and of partners differ in their prefix, so one text serves both.
    fn statement(self, sql: &'static str, params: Vec<Value>) -> Statement {
        match self {
            Self::Tenant(scope) => Statement::scoped(scope, sql, params),
            Self::Partner(partner) => {
                let mut all = vec![partner.to_string().into()];
                all.extend(params);
                Statement::platform(sql, all)
            }
        }
    }
}

/// For whom a key acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyHolder {
    Tenant(TenantId),
    Partner(PartnerId),
}

/// The key with this hash, whatever became of it, and for whom it acts. It is asked before anybody is known, so no scope.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn with_hash(db: &impl Database, hash: &str) -> Result<Option<(ApiKey, KeyHolder)>, StoreError> {
    let rows = db.query(Statement::platform(BY_HASH, vec![hash.into()])).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let holder = match row.optional_text(10)? {
        Some(tenant) => KeyHolder::Tenant(tenant.parse().map_err(|_| WrongShape(10))?),
        None => KeyHolder::Partner(row.parsed(11)?),
    };
    Ok(Some((key_of(row)?, holder)))
}

/// The key as it stands now, whatever became of it, if it is one that acts for the tenant: its own, or its partner's.
#[must_use]
pub fn good_for(scope: &TenantScope, key: ApiKeyId) -> Read<Option<ApiKey>> {
    let params = vec![key.to_string().into(), scope.tenant().to_string().into()];
    // A partner's key is the platform's: no tenant's scope reaches it.
    Read::new(Statement::platform(GOOD_FOR, params), |rows| rows.first().map(key_of).transpose())
}

/// Writes down that a key was used, unless somebody did within the last minute.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn used(db: &impl Database, key: ApiKeyId, now: UnixMillis) -> Result<(), StoreError> {
    let params = vec![key.to_string().into(), now.0.into(), now.plus_secs(-LAST_USED_SECS).0.into()];
    db.query(Statement::platform(USED, params)).await?;
    Ok(())
}

#[must_use]
pub fn one(owner: Owner<'_>, key: ApiKeyId) -> Read<Option<ApiKey>> {
    Read::new(owner.statement(ONE, vec![key.to_string().into()]), move |rows| {
        rows.first().map(key_of).transpose()
    })
}

/// Keys made before `before` (all where it is `None`), newest first, at most `limit`.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn page(
    db: &impl Database,
    owner: Owner<'_>,
    before: Option<ApiKeyId>,
    limit: u32,
) -> Result<Vec<ApiKey>, StoreError> {
    let before = before.map(|key| key.to_string()).unwrap_or_default();
    let rows: Rows = db.query(owner.statement(PAGE, vec![before.into(), i64::from(limit).into()])).await?;
    rows.iter().map(key_of).collect()
}

/// Keys that are good and have no successor: one that was rotated counts once, in its overlap too.
#[must_use]
pub fn count_live(owner: Owner<'_>, now: UnixMillis) -> Read<i64> {
    Read::new(owner.statement(COUNT, vec![now.0.into()]), move |rows| {
        Ok(rows.first().map(|row| row.integer(0)).transpose()?.unwrap_or(0))
    })
}

/// The statement that adds a key; `hash` is that of its text.
///
/// # Errors
/// [`StoreError`] where its scopes are no JSON.
pub fn added(owner: Owner<'_>, key: &ApiKey, hash: &str) -> Result<Statement, StoreError> {
    let params = vec![
        key.id.to_string().into(),
        key.name.as_str().into(),
        key.hint.as_str().into(),
        hash.into(),
        serde_json::to_string(&key.scopes)?.into(),
        key.created_by.clone().into(),
        key.created_at.0.into(),
        key.expires_at.map(|end| end.0).into(),
    ];
    let sql = match owner {
        Owner::Tenant(_) => ADD_TO_TENANT,
        Owner::Partner(_) => ADD_TO_PARTNER,
    };
    Ok(owner.statement(sql, params))
}

/// The statements that put `successor` in the place of `key`, which is good until `until`. What `key` itself had replaced ends
/// now: of one line two keys live at most.
#[must_use]
pub fn replaced(
    owner: Owner<'_>,
    key: ApiKeyId,
    successor: ApiKeyId,
    until: UnixMillis,
    now: UnixMillis,
) -> [Statement; 2] {
    let [key, successor] = [key, successor].map(|id| Value::from(id.to_string()));
    [
        owner.statement(END_PREDECESSORS, vec![key.clone(), now.0.into()]),
        owner.statement(REPLACE, vec![key, successor, until.0.into()]),
    ]
}

/// The statement that ends a key now.
#[must_use]
pub fn revoked(owner: Owner<'_>, key: ApiKeyId, now: UnixMillis) -> Statement {
    owner.statement(REVOKE, vec![key.to_string().into(), now.0.into()])
}

fn key_of(row: &Row) -> Result<ApiKey, StoreError> {
    let time = |column| row.optional_integer(column).map(|time| time.map(UnixMillis));
    let replaced_by = row.optional_text(9)?.map(str::parse).transpose().map_err(|_| WrongShape(9))?;
    Ok(ApiKey {
        id: row.parsed(0)?,
        name: row.text(1)?.to_owned(),
        hint: row.text(2)?.to_owned(),
        scopes: serde_json::from_str(row.text(3)?)?,
        created_by: row.optional_text(4)?.map(str::to_owned),
        created_at: UnixMillis(row.integer(5)?),
        expires_at: time(6)?,
        last_used_at: time(7)?,
        revoked_at: time(8)?,
        replaced_by,
    })
}
