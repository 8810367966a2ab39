//! Whoever asks: `/v1/me`.

use crate::{
    Exchange, Problem, Response, headers,
    scope::{self, Member},
};
use http::StatusCode;
use livery_domain::{
    id::{TenantId, UserId},
    member::Role,
};
use livery_platform::{Configured, Database};
use serde::Serialize;

/// # Errors
/// Every problem of the routes below.
pub async fn route<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    match exchange.segments().as_slice() {
        ["v1", "me"] => match exchange.request.method().as_str() {
            "GET" | "HEAD" => {
                let member = scope::member(exchange).await?;
                Ok(headers::json(StatusCode::OK, &show(&member)))
            }
            _ => Err(Problem::method_not_allowed("GET, HEAD")),
        },
        _ => Err(Problem::not_found()),
    }
}

/// Who is asking.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MeView {
    /// `usr_…`; null for a program.
    pub user_id: Option<UserId>,
    /// `ten_…`
    pub tenant_id: TenantId,
    /// Null for a program.
    pub role: Option<Role>,
}

/// `GET /v1/me`
#[must_use]
pub fn show(member: &Member) -> MeView {
    MeView {
        user_id: member.actor.user(),
        tenant_id: member.tenant.id,
        role: member.role.map(|assigned| assigned.role),
    }
}
