//! What a tenant is given: its plan, and flags against it.

use super::tenants::{self, TenantDetails};
use livery_access::{
    By, Holder, Site,
    change::{self, Decision, Planned},
};
use livery_domain::{
    operations::action::Action,
    reason::Reason,
    tenancy::flag::{Flag, FlagSource},
};
use livery_http::{Exchange, Problem, ProblemKind, problem::FieldFault};
use livery_platform::Database;
use livery_store::{
    people::members,
    tenancy::{
        flags as overrides,
        registry::{self, Subscription},
    },
};
use livery_tenancy::flags::{self, FlagView};
use serde::Deserialize;
use serde_json::{Value as Json, json};

/// The plan that a tenant is to be on.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPlan {
    /// Key of a plan.
    pub plan: String,
}

/// What a tenant is to have of a flag.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewFlag {
    /// Of the flag's type, within its bounds.
    pub value: Json,
}

fn invalid(pointer: &'static str, reason: Reason, detail: impl Into<String>) -> Problem {
    Problem::new(ProblemKind::InvalidContent).faults(vec![FieldFault::new(pointer, reason, detail)])
}

/// Puts a tenant on a plan, now. A trial goes on to its end; any other subscription is active from now on.
///
/// # Errors
/// 422 for a plan that is not there; 409 `seat_limit_reached` where more people are here, or invited, than the plan has seats.
pub async fn change_plan<P: Database>(
    exchange: &Exchange<'_, P>,
    operator: Holder,
    tenant: &Site,
    new: &NewPlan,
) -> Result<TenantDetails, Problem> {
    let scope = &tenant.scope;
    let needs = || {
        let at = registry::plan(&new.plan).and(registry::one(scope));
        at.and(members::seats(scope, exchange.now))
    };
    change::write(exchange, &By::operator_over(operator, scope), needs, |_, ((plan, old), used)| {
        let plan = plan.ok_or_else(|| {
            invalid("/plan", Reason::DoesNotExist, "is the key of no plan; GET /v1/plans lists them")
        })?;
        let old = old.ok_or_else(Problem::not_found)?;
        let next = match &old.subscription {
            Some(trial) if trial.status == "trialing" => trial.clone(),
            _ => Subscription { status: "active".to_owned(), trial_ends_at: None },
        };
        if old.listed.plan == new.plan && old.subscription.as_ref() == Some(&next) {
            return Ok(Decision::Nothing(()));
        }
        if let Some(seats) = plan.seats.filter(|seats| used.members + used.invited > *seats) {
            return Err(Problem::new(ProblemKind::SeatLimitReached).detail(format!(
                "{} has {seats} seats; {} are members and {} invited.",
                plan.name, used.members, used.invited
            )));
        }
        let subscribed = |subscription: &Subscription| subscription.status.clone();
        Ok(Decision::Change(Planned {
            action: Action::TenantPlanChanged,
            target: tenant.tenant.id.to_string(),
            before: Some(json!({
                "plan": old.listed.plan,
                "subscription": old.subscription.as_ref().map(subscribed),
            })),
            after: Some(json!({ "plan": new.plan, "subscription": subscribed(&next) })),
            statements: registry::plan_set(&tenant.scope, &new.plan, &next, exchange.now).into(),
            output: (),
        }))
    })
    .await?;
    tenants::show(exchange, tenant).await
}

/// Gives a tenant a value of its own, whatever its plan says.
///
/// # Errors
/// 422 where the value is not of the flag's type, or out of its bounds.
pub async fn override_flag<P: Database>(
    exchange: &Exchange<'_, P>,
    operator: Holder,
    tenant: &Site,
    flag: Flag,
    new: &NewFlag,
) -> Result<FlagView, Problem> {
    let flag_type = flag.flag_type();
    if !flag_type.accepts(&new.value) {
        return Err(invalid("/value", Reason::InvalidValue, flag_type.expectation()));
    }
    set_flag(exchange, operator, tenant, flag, Some(&new.value)).await?;
    Ok(FlagView::new(&flags::evaluate(exchange, &tenant.scope).await?, flag))
}

/// Gives a tenant what its plan says again. One that has no value of its own stays as it is.
///
/// # Errors
/// 503 where the database does not answer.
pub async fn reset_flag<P: Database>(
    exchange: &Exchange<'_, P>,
    operator: Holder,
    tenant: &Site,
    flag: Flag,
) -> Result<(), Problem> {
    set_flag(exchange, operator, tenant, flag, None).await
}

/// Gives a flag a value of the tenant's own, or with `None` the plan's again.
async fn set_flag<P: Database>(
    exchange: &Exchange<'_, P>,
    operator: Holder,
    tenant: &Site,
    flag: Flag,
    value: Option<&Json>,
) -> Result<(), Problem> {
    let scope = &tenant.scope;
    change::write(
        exchange,
        &By::operator_over(operator, scope),
        || overrides::as_they_count(scope),
        |_, flags| {
            let old = flags.shown(flag);
            let own = (old.source == FlagSource::Override).then_some(&old.value);
            if own == value {
                return Ok(Decision::Nothing(()));
            }
            let (action, statement) = match value {
                Some(value) => {
                    (Action::FlagOverridden, overrides::overridden(scope, flag, value, exchange.now))
                }
                None => (Action::FlagReset, overrides::reset(scope, flag)),
            };
            Ok(Decision::Change(Planned {
                action,
                target: flag.as_str().to_owned(),
                before: Some(json!({ "value": old.value, "source": old.source })),
                after: value.map(|value| json!({ "value": value, "source": FlagSource::Override })),
                statements: vec![statement],
                output: (),
            }))
        },
    )
    .await
}
