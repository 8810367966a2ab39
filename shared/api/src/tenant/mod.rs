//! The tenant itself: `/v1/tenant`.

use crate::{
    Exchange, Problem, Response, headers,
    scope::{self, Member},
};
use http::StatusCode;
use livery_domain::{id::TenantId, tenant::TenantKey};
use livery_platform::{Configured, Database};
use serde::Serialize;

/// # Errors
/// Every problem of the routes below.
pub async fn route<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    match exchange.segments().as_slice() {
        ["v1", "tenant"] => match exchange.request.method().as_str() {
            "GET" | "HEAD" => {
                let member = scope::member(exchange).await?;
                Ok(headers::json(StatusCode::OK, &show(&member)))
            }
            _ => Err(Problem::method_not_allowed("GET, HEAD")),
        },
        _ => Err(Problem::not_found()),
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
    pub name: String,
}

/// `GET /v1/tenant`
#[must_use]
pub fn show(member: &Member) -> TenantView {
    let tenant = &member.tenant;
    TenantView { id: tenant.id, key: tenant.key.clone(), name: tenant.name.clone() }
}
