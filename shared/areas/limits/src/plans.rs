//! `GET /v1/plans`: what a new tenant may choose.

use http::StatusCode;
use livery_access as access;
use livery_http::{Exchange, Problem, Response, headers, route::Parts};
use livery_platform::{Configured, Database};
use livery_store::limits::plans::{self, OfferedPlan};
use serde::Serialize;

livery_http::routes! {
    /// What a new tenant may choose.
    Route in Auth tagged "Account";

    /// Plans that a new tenant may choose
    ListPlans = Get "/v1/plans", Platform, Anybody;
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ListPlans => get(exchange).await,
    }
}

/// A plan and its price.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "OfferedPlan"))]
pub struct PlanView {
    /// What a registration names it by.
    pub key: String,
    pub name: String,
    /// Price of a month; `null`: on request.
    pub price: Option<Price>,
    /// Days that it costs nothing; 0: no trial.
    pub trial_days: i64,
    /// `null` in a limit: there is none.
    pub limits: Limits,
}

/// An amount of money.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Price {
    /// In minor units of the currency: 29800 is ¥29,800.
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: String,
}

/// What a plan holds.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Limits {
    /// People of the team, invitations included.
    pub seats: Option<i64>,
    pub messages_monthly: i64,
    pub sessions_concurrent: i64,
    pub tokens_monthly: Option<i64>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plans {
    data: Vec<PlanView>,
}

impl From<OfferedPlan> for PlanView {
    fn from(plan: OfferedPlan) -> Self {
        let price = plan.price_minor.zip(plan.currency);
        Self {
            key: plan.key,
            name: plan.name,
            price: price.map(|(amount_minor, currency)| Price { amount_minor, currency }),
            trial_days: plan.trial_days,
            limits: Limits {
                seats: plan.seats,
                messages_monthly: plan.messages_monthly,
                sessions_concurrent: plan.sessions_concurrent,
                tokens_monthly: plan.tokens_monthly,
            },
        }
    }
}

/// `GET /v1/plans`, at the platform's own host.
pub async fn get<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    access::platform(exchange)?;
    Ok(headers::json(StatusCode::OK, &Plans { data: offered(exchange).await? }))
}

/// The plans that are offered, in the order in which they are shown.
///
/// # Errors
/// 503 where the database fails.
pub async fn offered<P: Database>(exchange: &Exchange<'_, P>) -> Result<Vec<PlanView>, Problem> {
    Ok(plans::offered(exchange.platform).await?.into_iter().map(PlanView::from).collect())
}
