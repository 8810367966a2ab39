//! What a tenant has and uses, in figures.

use crate::usage;
use http::StatusCode;
use livery_access::{self as access, Member};
use livery_domain::{brand::release::Rev, people::permission::Permission};
use livery_http::{Exchange, Problem, Response, headers, route::Parts};
use livery_platform::{Configured, Database, ExactCounter};
use livery_store::tenancy::tenants;
use serde::Serialize;

livery_http::routes! {
    /// What a tenant has and uses.
    Route in Admin tagged "Tenant";

    /// The tenant in figures
    GetTenantStats = Get "/v1/tenant/stats", Tenant, Member(Some(Permission::UsageRead));
}

/// # Errors
/// Every problem of the route above.
pub async fn answer<P: Database + Configured + ExactCounter>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::GetTenantStats => {
            let member = access::member(exchange).await?;
            Ok(headers::json(StatusCode::OK, &show(exchange, &member).await?))
        }
    }
}

/// The figures of a tenant, as of now.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StatsView {
    /// People against what the plan has room for.
    pub members: SeatsView,
    /// Invitations that wait for an answer and have not expired. Each holds a seat.
    pub invitations_pending: u64,
    /// Conversations of visitors.
    pub conversations: ConversationsView,
    /// What is used of the month.
    pub usage: usage::UsageView,
    /// What was published so far.
    pub releases: ReleasesView,
    /// Keys that work now.
    pub api_keys: u64,
}

/// People against seats.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SeatFigures"))]
pub struct SeatsView {
    /// Members now.
    pub used: u64,
    /// Null: as many as you like.
    pub limit: Option<u64>,
}

/// Conversations of visitors.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConversationsView {
    /// All there ever were.
    pub total: u64,
    /// Those that a visitor can go on with.
    pub open: u64,
}

/// What was published.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReleasesView {
    /// All there ever were.
    pub total: u64,
    /// What visitors get; 0 before the first publish.
    pub live_rev: Rev,
}

/// One trip to SQL and one look at the counter.
///
/// # Errors
/// 403 without `usage.read`; 503 where database or counter does not answer.
pub async fn show<P: Database + ExactCounter>(
    exchange: &Exchange<'_, P>,
    member: &Member,
) -> Result<StatsView, Problem> {
    member.require(Permission::UsageRead)?;
    let stats = tenants::stats(exchange.platform, &member.scope, exchange.now).await?;
    let stats = stats.ok_or_else(Problem::not_found)?;
    let usage = usage::of(exchange, &member.scope, stats.messages_limit).await?;
    Ok(StatsView {
        members: SeatsView { used: stats.members, limit: stats.seats },
        invitations_pending: stats.invitations_pending,
        conversations: ConversationsView { total: stats.conversations, open: stats.conversations_open },
        usage,
        releases: ReleasesView { total: stats.releases, live_rev: stats.live_rev },
        api_keys: stats.api_keys,
    })
}
