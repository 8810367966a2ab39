//! All tenants, as the platform's own people see and lead them: plan, subscription, partner.

use crate::{Read, StoreError};
use livery_domain::{
    clock::UnixMillis,
    id::{PartnerId, TenantId},
    tenancy::{
        lifecycle::TenantStatus,
        tenant::{TenantKey, TenantScope},
    },
};
use livery_platform::{Database, Row, Statement, WrongShape};

/// Keys have neither `%` nor `_`, and a prefix of one has to be checked for that before it comes here.
const PAGE: &str = "
    SELECT id, key, name, status, plan_key, partner_id, created_at FROM tenants
    WHERE key LIKE ?1 AND key > ?2 AND (?3 = '' OR status = ?3) ORDER BY key LIMIT ?4";
const ONE: &str = "
    SELECT t.id, t.key, t.name, t.status, t.plan_key, t.partner_id, t.created_at, t.status_reason,
        s.status AS subscription_status, s.trial_ends_at
    FROM tenants t LEFT JOIN subscriptions s ON s.tenant_id = t.id WHERE t.id = ?1";
const PLAN: &str = "SELECT name, seats FROM plans WHERE key = ?1";
const SET_PLAN: &str = "UPDATE tenants SET plan_key = ?2, version = version + 1 WHERE id = ?1";
const SUBSCRIBE: &str = "
    INSERT INTO subscriptions (tenant_id, status, trial_ends_at, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?4)
    ON CONFLICT (tenant_id) DO UPDATE SET status = ?2, trial_ends_at = ?3, updated_at = ?4";
const SET_PARTNER: &str = "UPDATE tenants SET partner_id = ?2, version = version + 1 WHERE id = ?1";

/// A tenant in the list of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub id: TenantId,
    pub key: TenantKey,
    pub name: String,
    pub status: TenantStatus,
    pub plan: String,
    pub partner: Option<PartnerId>,
    pub created_at: UnixMillis,
}

/// A tenant by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    pub listed: Listed,
    pub status_reason: Option<String>,
    /// `None` where it never had one.
    pub subscription: Option<Subscription>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// `trialing`, `active`, `past_due` or `canceled`.
    pub status: String,
    pub trial_ends_at: Option<UnixMillis>,
}

/// What a plan is called, and how many people it has room for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub name: String,
    /// `None`: no limit.
    pub seats: Option<u64>,
}

/// Which tenants are asked for; an empty text asks for all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The beginning of a key: lower-case letters, digits and hyphens.
    pub key_prefix: String,
    pub status: Option<TenantStatus>,
}

/// Tenants whose key comes after `after`, by key, at most `limit`.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn page(
    db: &impl Database,
    filter: &Filter,
    after: &str,
    limit: u32,
) -> Result<Vec<Listed>, StoreError> {
    let params = vec![
        format!("{}%", filter.key_prefix).into(),
        after.into(),
        filter.status.map(TenantStatus::as_str).unwrap_or_default().into(),
        i64::from(limit).into(),
    ];
    let rows = db.query(Statement::platform(PAGE, params)).await?;
    rows.iter().map(listed_of).collect()
}

/// `None` where the tenant is gone.
#[must_use]
pub fn one(scope: &TenantScope) -> Read<Option<Registered>> {
    Read::new(Statement::scoped(scope, ONE, vec![]), move |rows| {
        let Some(row) = rows.first() else { return Ok(None) };
        let subscription = match row.optional_text(8)? {
            Some(status) => Some(Subscription {
                status: status.to_owned(),
                trial_ends_at: row.optional_integer(9)?.map(UnixMillis),
            }),
            None => None,
        };
        let status_reason = row.optional_text(7)?.map(str::to_owned);
        Ok(Some(Registered { listed: listed_of(row)?, status_reason, subscription }))
    })
}

#[must_use]
pub fn plan(key: &str) -> Read<Option<Plan>> {
    Read::new(Statement::platform(PLAN, vec![key.into()]), move |rows| {
        let Some(row) = rows.first() else { return Ok(None) };
        let seats = row.optional_integer(1)?.map(|seats| seats.max(0).unsigned_abs());
        Ok(Some(Plan { name: row.text(0)?.to_owned(), seats }))
    })
}

/// The statements that put the tenant on a plan, with a subscription as given.
#[must_use]
pub fn plan_set(
    scope: &TenantScope,
    plan: &str,
    subscription: &Subscription,
    now: UnixMillis,
) -> [Statement; 2] {
    let subscribed = vec![
        subscription.status.as_str().into(),
        subscription.trial_ends_at.map(|end| end.0).into(),
        now.0.into(),
    ];
    [Statement::scoped(scope, SET_PLAN, vec![plan.into()]), Statement::scoped(scope, SUBSCRIBE, subscribed)]
}

/// The statement that gives the tenant to a partner, or to none.
#[must_use]
pub fn partner_set(scope: &TenantScope, partner: Option<PartnerId>) -> Statement {
    Statement::scoped(scope, SET_PARTNER, vec![partner.map(|partner| partner.to_string()).into()])
}

fn listed_of(row: &Row) -> Result<Listed, StoreError> {
    let partner = row.optional_text(5)?.map(str::parse).transpose().map_err(|_| WrongShape(5))?;
    Ok(Listed {
        id: row.parsed(0)?,
        key: row.parsed(1)?,
        name: row.text(2)?.to_owned(),
        status: row.parsed(3)?,
        plan: row.text(4)?.to_owned(),
        partner,
        created_at: UnixMillis(row.integer(6)?),
    })
}
