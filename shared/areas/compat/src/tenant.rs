//! The tenant under its older names, for its team: `/tenants/{id}/…`, `/api/v1/tenant`.

use http::{StatusCode, header};
use livery_access::{self as access, Member};
use livery_domain::people::permission::Permission;
use livery_http::{Exchange, Problem, Response, body, headers, precondition::Precondition, route::Parts};
use livery_limits::stats;
use livery_people::members::{self, SeatsView};
use livery_platform::{Configured, Database, ExactCounter};
use livery_tenancy::tenant::{self, account::TenantView};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

livery_http::routes! {
    /// The tenant, under its older names.
    Route in Admin tagged "Older names: tenant";

    /// Change settings
    ///
    /// As `PATCH /v1/tenant` with `settings`. What is not named stays, `null` clears. Without `If-Match` the version
    /// that is read is the one that is changed.
    AliasSaveSettings = Put "/tenants/{id}/settings", Tenant, Member(Some(Permission::TenantEdit));
    /// The tenant in figures
    ///
    /// As `GET /v1/tenant/stats`.
    AliasGetStats = Get "/tenants/{id}/stats", Tenant, Member(Some(Permission::UsageRead));
    /// The tenant
    ///
    /// As `GET /v1/tenant`.
    AliasGetTenant = Get "/api/v1/tenant", Tenant, Member(Some(Permission::TenantRead));
    /// People against seats
    AliasCountUsers = Get "/api/v1/tenant/users/count", Tenant, Member(Some(Permission::MembersRead));
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured + ExactCounter>(
    route: Route,
    exchange: &Exchange<'_, P>,
    parts: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::AliasSaveSettings => {
            let member = member_of(exchange, parts.text(0)).await?;
            let settings = body::json(exchange)?;
            Ok(tenant::shown(save_settings(exchange, &member, settings).await?))
        }
        Route::AliasGetStats => {
            let member = member_of(exchange, parts.text(0)).await?;
            Ok(headers::json(StatusCode::OK, &stats::show(exchange, &member).await?))
        }
        Route::AliasGetTenant => {
            let member = access::member(exchange).await?;
            Ok(tenant::shown(tenant::account::show(exchange, &member).await?))
        }
        Route::AliasCountUsers => {
            let member = access::member(exchange).await?;
            let count = UserCount::from(members::seats(exchange, &member).await?);
            Ok(headers::json(StatusCode::OK, &count))
        }
    }
}

/// The member, if it acts for the tenant that the path names: the path narrows and never grants.
async fn member_of<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    id: &str,
) -> Result<Member, Problem> {
    let member = access::member(exchange).await?;
    if member.tenant.id.to_string() == id { Ok(member) } else { Err(Problem::not_found()) }
}

/// What is not named stays as it is: the older clients send what their form has. Those that know versions may send `If-Match`;
/// for the others it is the version that is read here.
async fn save_settings<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    settings: Map<String, Json>,
) -> Result<(TenantView, i64), Problem> {
    let sent = exchange.request.headers();
    let precondition =
        if sent.contains_key(header::IF_MATCH) { Precondition::IfMatch(sent) } else { Precondition::Any };
    let patch = json!({ "settings": settings });
    tenant::account::update(exchange, member, precondition, &patch).await.map_err(in_settings)
}

/// Faults by their place in the settings, which are the whole body here.
fn in_settings(problem: Problem) -> Problem {
    let faults = problem.shown_faults().iter().map(|fault| {
        let pointer = fault.pointer.strip_prefix("/settings").unwrap_or(&fault.pointer);
        fault.moved_to(pointer)
    });
    let faults = faults.collect();
    problem.faults(faults)
}

/// People against what the plan has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UserCount {
    /// Members now.
    pub current: u64,
    /// Invitations that can still be accepted: each holds a seat.
    pub invited: u64,
    /// Seats of the plan; null: as many as you like.
    pub max: Option<u64>,
    /// How many more can be invited; null: as many as you like.
    pub remaining: Option<u64>,
}

impl From<SeatsView> for UserCount {
    fn from(SeatsView { members, invited, limit }: SeatsView) -> Self {
        let remaining = limit.map(|limit| limit.saturating_sub(members.saturating_add(invited)));
        Self { current: members, invited, max: limit, remaining }
    }
}
