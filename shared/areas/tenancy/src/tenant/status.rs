//! Leading a tenant from one state into another: what `lifecycle` allows, at once where it is decided, and told to everybody
//! who holds a copy.

use super::account::StatusView;
use livery_access::{
    By, Member,
    change::{self, Decision, Planned},
};
use livery_domain::{
    actor::Actor,
    clock::UnixMillis,
    name::paragraph_fault,
    operations::action::Action,
    people::permission::Permission,
    reason::Reason,
    tenancy::{
        lifecycle::{Audience, Intent, Standing, TenantStatus},
        tenant::TenantScope,
    },
};
use livery_http::{Exchange, Problem, ProblemKind, problem::FieldFault};
use livery_platform::{Database, EdgeCache, Hub};
use livery_store::tenancy::tenants::{self, Account};
use serde::Deserialize;
use serde_json::json;

/// Longest reason: a few sentences for those who read it in the console and in the audit log.
pub const MAX_REASON_CHARS: usize = 500;

/// Where a tenant is to go.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewStatus {
    /// `provisioning`, `active`, `suspended`, `maintenance` or `deactivated`.
    pub status: TenantStatus,
    /// Why, for the team and the audit log; at most 500 characters.
    #[serde(default)]
    pub reason: Option<String>,
}

/// `PUT /v1/tenant/status`: what a tenant's own owners may do.
///
/// # Errors
/// 403 without `tenant.status`; as [`change`].
pub async fn set<P: Database + EdgeCache + Hub>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    wanted: NewStatus,
) -> Result<StatusView, Problem> {
    member.require(Permission::TenantStatus)?;
    change(exchange, &member.scope, &member.by(Permission::TenantStatus), wanted.status, wanted.reason).await
}

/// Changes a tenant's state. `by` is the caller whose right is checked; an operator may set any state, every other caller
/// those that [`TenantStatus::owners_may_change_to`] allows. Setting the state that it has changes nothing and notifies cache and open pages
/// again.
///
/// It counts from the commit on for everything that SQL decides: writes, sign-in, sessions. The edge hears of it by the cache,
/// open pages by the hub.
///
/// # Errors
/// 409 where that way is not open, 422 for a reason that is too long; 503 where the state is changed and the open pages could
/// not be told: ask for the same once more.
pub async fn change<P: Database + EdgeCache + Hub>(
    exchange: &Exchange<'_, P>,
    scope: &TenantScope,
    by: &By,
    next: TenantStatus,
    reason: Option<String>,
) -> Result<StatusView, Problem> {
    let reason = reason_of(reason)?;
    let reason = reason.as_deref();
    let account = change::write(
        exchange,
        by,
        || tenants::account(scope),
        |_, old| {
            let old = old.ok_or_else(Problem::not_found)?;
            if old.status == next && (reason.is_none() || old.status_reason.as_deref() == reason) {
                return Ok(Decision::Nothing(old));
            }
            if !(old.status == next || may_change(by.actor(), old.status, next)) {
                return Err(Problem::new(ProblemKind::Conflict).because(Reason::StatusNotReachable).detail(
                    format!(
                        "The tenant is {}, and from there only the platform leads it to {}.",
                        old.status.as_str(),
                        next.as_str()
                    ),
                ));
            }
            // Later than any earlier change whatever the clocks say: hubs go by the order.
            let since = UnixMillis(exchange.now.0.max(old.status_since.0.saturating_add(1)));
            let new = Account {
                status: next,
                status_reason: reason.map(str::to_owned),
                status_since: since,
                version: old.version + 1,
                ..old.clone()
            };
            Ok(Decision::Change(Planned {
                action: Action::TenantStatusChanged,
                target: new.id.to_string(),
                before: Some(json!({ "status": old.status, "reason": old.status_reason })),
                after: Some(json!({ "status": new.status, "reason": new.status_reason })),
                statements: vec![tenants::status_changed(scope, next, reason, since)],
                output: new,
            }))
        },
    )
    .await?;
    spread(exchange, scope, &account).await?;
    Ok(StatusView::of(&account))
}

const fn may_change(actor: Actor, from: TenantStatus, to: TenantStatus) -> bool {
    match actor {
        Actor::Operator(_) | Actor::System => true,
        Actor::Person(_) | Actor::Key(_) | Actor::PartnerKey(_) => from.owners_may_change_to(to),
    }
}

/// Tells the edge cache and, where visitors are shut out, the open pages. A cache that is not told is mended within a minute.
async fn spread<P: Database + EdgeCache + Hub>(
    exchange: &Exchange<'_, P>,
    scope: &TenantScope,
    account: &Account,
) -> Result<(), Problem> {
    let _ = livery_publication::renew(exchange.platform, scope, exchange.now).await;
    if account.status.standing(Audience::Visitor, Intent::Read) == Standing::Open {
        return Ok(());
    }
    exchange.platform.close_pages(scope, account.status_since).await.map_err(|fault| {
        Problem::from(fault)
            .because(Reason::ChangeNotPropagated)
            .detail("The status is changed, and open pages could not be told. Send the same request again.")
    })
}

fn reason_of(reason: Option<String>) -> Result<Option<String>, Problem> {
    let Some(reason) = reason else { return Ok(None) };
    let reason = reason.trim();
    if let Some(why) = paragraph_fault(reason, MAX_REASON_CHARS) {
        let fault = FieldFault::new("/reason", why, "must be a text of at most 500 characters");
        return Err(Problem::new(ProblemKind::InvalidContent).faults(vec![fault]));
    }
    Ok((!reason.is_empty()).then(|| reason.to_owned()))
}
