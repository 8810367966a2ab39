//! What a team sees of its tenant, and what it changes.

use livery_access::{
    Member,
    change::{self, Decision, Planned},
};
use livery_domain::{
    clock::UnixMillis,
    id::TenantId,
    operations::action::Action,
    people::permission::Permission,
    tenancy::{
        lifecycle::TenantStatus,
        settings::TenantSettings,
        tenant::{TenantKey, TenantScope},
    },
};
use livery_http::{Exchange, Problem, ProblemKind, precondition::Precondition, problem::FieldFault};
use livery_platform::Database;
use livery_store::tenancy::tenants::{self, Account};
use serde::Serialize;
use serde_json::{Value as Json, json};

/// Where a tenant is in its life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StatusView {
    /// `provisioning`, `active`, `suspended`, `maintenance` or `deactivated`.
    pub status: TenantStatus,
    /// What whoever changed it gave as the reason.
    pub status_reason: Option<String>,
    /// RFC 3339, UTC; null where it never changed.
    pub status_changed_at: Option<String>,
}

impl StatusView {
    pub(super) fn of(account: &Account) -> Self {
        let changed = account.status_since > UnixMillis(0);
        Self {
            status: account.status,
            status_reason: account.status_reason.clone(),
            status_changed_at: changed.then(|| account.status_since.rfc3339()),
        }
    }
}

/// A tenant as its team sees it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TenantView {
    /// `ten_…`
    pub id: TenantId,
    /// The label of its subdomain.
    pub key: TenantKey,
    /// What it is called.
    pub name: String,
    /// Where it is in its life.
    #[serde(flatten)]
    pub status: StatusView,
    /// What its team says about it.
    pub settings: TenantSettings,
    /// What it is on.
    pub plan: PlanView,
    /// Null where there is none.
    pub subscription: Option<SubscriptionView>,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// The plan of a tenant.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanView {
    /// Stable name.
    pub key: String,
    /// What it is called.
    pub name: String,
}

/// The subscription of a tenant.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SubscriptionView {
    /// `trialing`, `active`, `past_due` or `canceled`.
    pub status: String,
    /// RFC 3339, UTC; null where there is no trial.
    pub trial_ends_at: Option<String>,
}

impl From<Account> for TenantView {
    fn from(account: Account) -> Self {
        Self {
            status: StatusView::of(&account),
            id: account.id,
            key: account.key,
            name: account.profile.name,
            settings: account.profile.settings,
            plan: PlanView { key: account.plan_key, name: account.plan_name },
            subscription: account.subscription.map(|subscription| SubscriptionView {
                status: subscription.status,
                trial_ends_at: subscription.trial_ends_at.map(livery_domain::clock::UnixMillis::rfc3339),
            }),
            created_at: account.created_at.rfc3339(),
        }
    }
}

/// The tenant's row, as it is now.
pub(super) async fn read<P: Database>(
    exchange: &Exchange<'_, P>,
    scope: &TenantScope,
) -> Result<Account, Problem> {
    tenants::account(exchange.platform, scope).await?.ok_or_else(Problem::not_found)
}

/// The tenant, and the version that a writer must name.
///
/// # Errors
/// 403 without `tenant.read`.
pub async fn show<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
) -> Result<(TenantView, i64), Problem> {
    member.require(Permission::TenantRead)?;
    let account = read(exchange, &member.scope).await?;
    let version = account.version;
    Ok((account.into(), version))
}

/// Changes name and settings by a JSON merge patch of `{"name", "settings"}`. The new name is on pages that open within a
/// minute, and in the widget's config with the next publish.
///
/// # Errors
/// 403 without `tenant.edit`, 412 and 428 as the precondition says, 422 with every field at fault.
pub async fn update<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    precondition: Precondition<'_>,
    patch: &Json,
) -> Result<(TenantView, i64), Problem> {
    member.require(Permission::TenantEdit)?;
    change::write(exchange, &member.scope, member.actor, async || {
        let account = read(exchange, &member.scope).await?;
        precondition.check(account.version)?;
        let profile = account.profile.patched(patch).map_err(|faults| {
            let faults =
                faults.into_iter().map(|fault| FieldFault::new(fault.pointer, fault.reason, fault.detail));
            Problem::new(ProblemKind::InvalidContent).faults(faults.collect())
        })?;
        let version = account.version;
        if profile == account.profile {
            return Ok(Decision::Nothing((account.into(), version)));
        }
        let (before, after) = change::differing(&json!(account.profile), &json!(profile));
        let statement = tenants::profile_saved(&member.scope, version, &profile)?;
        let changed = Account { profile, version: version + 1, ..account };
        Ok(Decision::Change(Planned {
            action: Action::TenantUpdated,
            target: changed.id.to_string(),
            before: Some(before),
            after: Some(after),
            statements: vec![statement],
            output: (changed.into(), version + 1),
        }))
    })
    .await
}
