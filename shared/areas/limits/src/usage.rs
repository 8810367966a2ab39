//! What the tenant has used of its plan: `/v1/usage`.

use http::StatusCode;
use livery_access::{self as access, Member};
use livery_domain::{
    limits::quota::{Meter, Period},
    people::permission::Permission,
    tenancy::tenant::TenantScope,
};
use livery_http::{Exchange, Problem, Response, headers, route::Parts};
use livery_platform::{Configured, Database, ExactCounter};
use livery_store::tenancy::directory;
use serde::Serialize;

livery_http::routes! {
    /// What is used of the month.
    Route in Admin tagged "Tenant";

    /// How much of the month's quota is used
    GetUsage = Get "/v1/usage", Tenant, Member(Some(Permission::UsageRead));
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured + ExactCounter>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::GetUsage => {
            let member = access::member(exchange).await?;
            Ok(headers::json(StatusCode::OK, &show(exchange, &member).await?))
        }
    }
}

/// What is used in the current period.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UsageView {
    pub period: PeriodView,
    pub messages: MeterView,
}

/// A calendar month in UTC.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PeriodView {
    /// RFC 3339, UTC.
    pub start: String,
    /// RFC 3339, UTC; the first moment that is no longer in it.
    pub end: String,
}

/// One thing that is counted.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MeterView {
    pub used: u64,
    pub limit: u64,
    pub remaining: u64,
}

/// `GET /v1/usage`
///
/// # Errors
/// 403 without `usage.read`; 503 where database or counter does not answer.
pub async fn show<P: Database + ExactCounter>(
    exchange: &Exchange<'_, P>,
    member: &Member,
) -> Result<UsageView, Problem> {
    member.require(Permission::UsageRead)?;
    let limit = directory::messages_limit(&member.scope).from(exchange.platform).await?;
    of(exchange, &member.scope, limit).await
}

/// The usage of a tenant against a limit that is known already.
pub async fn of<P: ExactCounter>(
    exchange: &Exchange<'_, P>,
    scope: &TenantScope,
    limit: u64,
) -> Result<UsageView, Problem> {
    let period = Period::month_of(exchange.now);
    let usage = exchange.platform.usage(scope, Meter::Messages, period, limit).await?;
    Ok(UsageView {
        period: PeriodView { start: period.start.rfc3339(), end: period.end.rfc3339() },
        messages: MeterView { used: usage.used, limit: usage.limit, remaining: usage.remaining() },
    })
}
