//! A tenant's own row: what its team sees of it and changes.

use crate::{Read, StoreError};
use livery_domain::{
    clock::UnixMillis,
    id::TenantId,
    tenancy::{
        lifecycle::TenantStatus,
        settings::{TenantProfile, TenantSettings},
        tenant::{TenantKey, TenantScope},
    },
};
use livery_platform::{Database, Row, Statement};

const ACCOUNT: &str = "
    SELECT t.id, t.key, t.name, t.settings, t.version, t.status, t.status_reason, COALESCE(t.status_changed_at, 0),
        t.created_at, p.key AS plan_key, p.name AS plan_name, s.status AS subscription_status, s.trial_ends_at
    FROM tenants t JOIN plans p ON p.key = t.plan_key LEFT JOIN subscriptions s ON s.tenant_id = t.id
    WHERE t.id = ?1";
const SAVE_PROFILE: &str = "
    UPDATE tenants SET name = ?2, settings = ?3, version = version + 1 WHERE id = ?1 AND version = ?4";
const CHANGE_STATUS: &str = "
    UPDATE tenants SET status = ?2, status_reason = ?3, status_changed_at = ?4, version = version + 1 WHERE id = ?1";
const ACCESS_STATS: &str = "
    SELECT
        (SELECT COUNT(*) FROM memberships m WHERE m.tenant_id = ?1) AS members,
        p.seats,
        (SELECT COUNT(*) FROM invitations i
            WHERE i.tenant_id = ?1 AND i.status = 'pending' AND i.expires_at > ?2) AS invitations,
        (SELECT COUNT(*) FROM api_keys k WHERE k.tenant_id = ?1 AND k.revoked_at IS NULL
            AND (k.expires_at IS NULL OR k.expires_at > ?2)) AS api_keys,
        p.messages_monthly
    FROM tenants t JOIN plans p ON p.key = t.plan_key WHERE t.id = ?1";
const CONTENT_STATS: &str = "
    SELECT
        (SELECT COUNT(*) FROM conversations c WHERE c.tenant_id = ?1) AS conversations,
        (SELECT COUNT(*) FROM conversations o WHERE o.tenant_id = ?1 AND o.status = 'open') AS conversations_open,
        (SELECT COUNT(*) FROM releases r WHERE r.tenant_id = ?1) AS releases,
        COALESCE((SELECT h.live_rev FROM themes h WHERE h.tenant_id = ?1), 0) AS live_rev";

/// A tenant with its plan and subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: TenantId,
    pub key: TenantKey,
    pub profile: TenantProfile,
    /// What a writer must name; it rises with every change of the row.
    pub version: i64,
    pub status: TenantStatus,
    pub status_reason: Option<String>,
    /// When the status last changed; 0 where it never did.
    pub status_since: UnixMillis,
    pub created_at: UnixMillis,
    pub plan_key: String,
    pub plan_name: String,
    pub subscription: Option<Subscription>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// `trialing`, `active`, `past_due` or `canceled`.
    pub status: String,
    pub trial_ends_at: Option<UnixMillis>,
}

/// What a tenant has, as of now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stats {
    pub members: u64,
    /// `None`: as many as it likes.
    pub seats: Option<u64>,
    pub invitations_pending: u64,
    pub conversations: u64,
    pub conversations_open: u64,
    pub releases: u64,
    /// 0 before the first publish.
    pub live_rev: i64,
    /// Those that work now.
    pub api_keys: u64,
    pub messages_limit: u64,
}

/// `None` where the tenant is gone.
#[must_use]
pub fn account(scope: &TenantScope) -> Read<Option<Account>> {
    Read::new(Statement::scoped(scope, ACCOUNT, vec![]), move |rows| {
        let Some(row) = rows.first() else { return Ok(None) };
        let settings: TenantSettings = serde_json::from_str(row.text(3)?)?;
        let subscription = match row.optional_text(11)? {
            Some(status) => Some(Subscription {
                status: status.to_owned(),
                trial_ends_at: row.optional_integer(12)?.map(UnixMillis),
            }),
            None => None,
        };
        Ok(Some(Account {
            id: row.parsed(0)?,
            key: row.parsed(1)?,
            profile: TenantProfile { name: row.text(2)?.to_owned(), settings },
            version: row.integer(4)?,
            status: row.parsed(5)?,
            status_reason: row.optional_text(6)?.map(str::to_owned),
            status_since: UnixMillis(row.integer(7)?),
            created_at: UnixMillis(row.integer(8)?),
            plan_key: row.text(9)?.to_owned(),
            plan_name: row.text(10)?.to_owned(),
            subscription,
        }))
    })
}

/// The statement that replaces the profile of version `expected`, and nothing where it is at another.
///
/// # Errors
/// [`StoreError`] where the settings are no JSON.
pub fn profile_saved(
    scope: &TenantScope,
    expected: i64,
    profile: &TenantProfile,
) -> Result<Statement, StoreError> {
    let settings = serde_json::to_string(&profile.settings)?;
    let params = vec![profile.name.as_str().into(), settings.into(), expected.into()];
    Ok(Statement::scoped(scope, SAVE_PROFILE, params))
}

/// The statement that leads the tenant into another state.
#[must_use]
pub fn status_changed(
    scope: &TenantScope,
    status: TenantStatus,
    reason: Option<&str>,
    since: UnixMillis,
) -> Statement {
    Statement::scoped(scope, CHANGE_STATUS, vec![status.as_str().into(), reason.into(), since.0.into()])
}

/// What the tenant has, in one trip; `None` where it is gone.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn stats(
    db: &impl Database,
    scope: &TenantScope,
    now: UnixMillis,
) -> Result<Option<Stats>, StoreError> {
    let access = Read::new(Statement::scoped(scope, ACCESS_STATS, vec![now.0.into()]), first);
    let content = Read::new(Statement::scoped(scope, CONTENT_STATS, vec![]), first);
    let (Some(access), Some(content)) = access.and(content).from(db).await? else { return Ok(None) };
    let count = |row: &Row, column| row.integer(column).map(|count| count.max(0).unsigned_abs());
    Ok(Some(Stats {
        members: count(&access, 0)?,
        seats: access.optional_integer(1)?.map(|seats| seats.max(0).unsigned_abs()),
        invitations_pending: count(&access, 2)?,
        conversations: count(&content, 0)?,
        conversations_open: count(&content, 1)?,
        releases: count(&content, 2)?,
        live_rev: content.integer(3)?,
        api_keys: count(&access, 3)?,
        messages_limit: count(&access, 4)?,
    }))
}

fn first(rows: &[Row]) -> Result<Option<Row>, StoreError> {
    Ok(rows.first().cloned())
}
