//! The tenant itself: `/v1/tenant`, its status, its figures.

pub mod account;
pub mod stats;
pub mod status;

use crate::{Exchange, Problem, Response, body, headers, precondition::Precondition, scope};
use http::{StatusCode, header};
use livery_domain::lifecycle::Intent;
use livery_platform::{Configured, Database, EdgeCache, ExactCounter, Hub};

/// # Errors
/// Every problem of the routes below.
pub(crate) async fn route<P: Database + Configured + ExactCounter + EdgeCache + Hub>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let method = exchange.request.method().as_str();
    match exchange.segments().as_slice() {
        ["v1", "tenant"] => match method {
            "GET" | "HEAD" => {
                let member = scope::member(exchange).await?;
                Ok(shown(account::show(exchange, &member).await?))
            }
            "PATCH" => {
                let member = scope::member(exchange).await?;
                let patch = body::merge_patch(exchange)?;
                let precondition = Precondition::IfMatch(exchange.request.headers());
                Ok(shown(account::update(exchange, &member, precondition, &patch).await?))
            }
            _ => Err(Problem::method_not_allowed("GET, HEAD, PATCH")),
        },
        ["v1", "tenant", "stats"] => match method {
            "GET" | "HEAD" => {
                let member = scope::member(exchange).await?;
                Ok(headers::json(StatusCode::OK, &stats::show(exchange, &member).await?))
            }
            _ => Err(Problem::method_not_allowed("GET, HEAD")),
        },
        ["v1", "tenant", "status"] => match method {
            "PUT" => {
                let member = scope::signed_in(exchange).await?;
                let wanted: status::NewStatus = body::json(exchange)?;
                // The state that it has may be asked for in any state: those who were not told of it are told then.
                if member.tenant.status != wanted.status {
                    scope::admit(&member.tenant, member.audience(), Intent::Write)?;
                }
                Ok(headers::json(StatusCode::OK, &status::set(exchange, &member, wanted).await?))
            }
            _ => Err(Problem::method_not_allowed("PUT")),
        },
        _ => Err(Problem::not_found()),
    }
}

pub(crate) fn shown((tenant, version): (account::TenantView, i64)) -> Response {
    let mut response = headers::json(StatusCode::OK, &tenant);
    headers::set(&mut response, header::ETAG, &headers::version_etag(version));
    response
}
