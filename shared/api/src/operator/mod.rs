//! What the platform's own people do, at the platform's own host: `/v1/operator`.
//!
//! A change of a tenant goes into the tenant's audit log, with the operator as its actor; a change of what is no tenant's into
//! the platform's.

mod entitlements;
mod partners;
mod tenants;

pub use entitlements::{NewFlag, NewPlan};
pub use partners::{NewPartner, PartnerChoice, PartnerView};
pub use tenants::{TenantDetails, TenantEntry, TenantFilter};

use crate::{
    Exchange, Problem, Response, api_keys, body, headers,
    page::Asked,
    scope::{self, Site},
    tenant::status::{self, NewStatus},
};
use http::StatusCode;
use livery_domain::{actor::Actor, flag::Flag, id::PartnerId};
use livery_platform::{Configured, Database, EdgeCache, Entropy, Hub};

/// # Errors
/// Every problem of the routes below.
pub async fn route<P: Database + Configured + Entropy + EdgeCache + Hub>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let method = exchange.request.method().as_str();
    let reads = exchange.reads();
    match exchange.segments().as_slice() {
        ["v1", "operator", "tenants"] => {
            if !reads {
                return Err(Problem::method_not_allowed("GET, HEAD"));
            }
            operator(exchange).await?;
            let (asked, filter) = (Asked::of(exchange)?, TenantFilter::of(exchange)?);
            let page = tenants::list(exchange, &filter, &asked).await?;
            Ok(page.shown(exchange, &asked, &["key", "status"]))
        }
        ["v1", "operator", "tenants", id] => {
            if !reads {
                return Err(Problem::method_not_allowed("GET, HEAD"));
            }
            let (_, tenant) = scope::operator_over(exchange, id).await?;
            Ok(headers::json(StatusCode::OK, &tenants::show(exchange, &tenant).await?))
        }
        ["v1", "operator", "tenants", id, "status"] => {
            if method != "PUT" {
                return Err(Problem::method_not_allowed("PUT"));
            }
            let (actor, tenant) = over(exchange, id).await?;
            let NewStatus { status, reason } = body::json(exchange)?;
            let changed = status::change(exchange, &tenant.scope, actor, status, reason).await?;
            Ok(headers::json(StatusCode::OK, &changed))
        }
        ["v1", "operator", "tenants", id, "plan"] => {
            if method != "PUT" {
                return Err(Problem::method_not_allowed("PUT"));
            }
            let (actor, tenant) = over(exchange, id).await?;
            let new = body::json(exchange)?;
            let changed = entitlements::change_plan(exchange, actor, &tenant, &new).await?;
            Ok(headers::json(StatusCode::OK, &changed))
        }
        ["v1", "operator", "tenants", id, "partner"] => {
            if method != "PUT" {
                return Err(Problem::method_not_allowed("PUT"));
            }
            let (actor, tenant) = over(exchange, id).await?;
            let choice = body::json(exchange)?;
            let changed = partners::assign(exchange, actor, &tenant, &choice).await?;
            Ok(headers::json(StatusCode::OK, &changed))
        }
        ["v1", "operator", "tenants", id, "flags", flag] => match method {
            "PUT" => {
                let (actor, tenant) = over(exchange, id).await?;
                let new = body::json(exchange)?;
                let flag = Flag::parse(flag).ok_or_else(Problem::not_found)?;
                let shown = entitlements::override_flag(exchange, actor, &tenant, flag, &new).await?;
                Ok(headers::json(StatusCode::OK, &shown))
            }
            "DELETE" => {
                let (actor, tenant) = over(exchange, id).await?;
                let flag = Flag::parse(flag).ok_or_else(Problem::not_found)?;
                entitlements::reset_flag(exchange, actor, &tenant, flag).await?;
                Ok(headers::no_content())
            }
            _ => Err(Problem::method_not_allowed("PUT, DELETE")),
        },
        ["v1", "operator", "partners"] => match method {
            "GET" | "HEAD" => {
                operator(exchange).await?;
                let asked = Asked::of(exchange)?;
                Ok(partners::list(exchange, &asked).await?.shown(exchange, &asked, &[]))
            }
            "POST" => {
                let actor = operator(exchange).await?;
                let made = partners::create(exchange, actor, &body::json(exchange)?).await?;
                Ok(headers::json(StatusCode::CREATED, &made))
            }
            _ => Err(Problem::method_not_allowed("GET, HEAD, POST")),
        },
        ["v1", "operator", "partners", partner, "api-keys"] => match method {
            "GET" | "HEAD" => {
                operator(exchange).await?;
                let asked = Asked::of(exchange)?;
                let page = partners::keys(exchange, named(partner)?, &asked).await?;
                Ok(page.shown(exchange, &asked, &[]))
            }
            "POST" => {
                let actor = operator(exchange).await?;
                let new = body::json(exchange)?;
                let made = partners::create_key(exchange, actor, named(partner)?, &new).await?;
                Ok(headers::json(StatusCode::CREATED, &made))
            }
            _ => Err(Problem::method_not_allowed("GET, HEAD, POST")),
        },
        ["v1", "operator", "partners", partner, "api-keys", key] => {
            if method != "DELETE" {
                return Err(Problem::method_not_allowed("DELETE"));
            }
            let actor = operator(exchange).await?;
            partners::revoke_key(exchange, actor, named(partner)?, api_keys::named(key)?).await?;
            Ok(headers::no_content())
        }
        ["v1", "operator", "partners", partner, "api-keys", key, "rotate"] => {
            if method != "POST" {
                return Err(Problem::method_not_allowed("POST"));
            }
            let actor = operator(exchange).await?;
            let (partner, key) = (named(partner), api_keys::named(key));
            let rotation = body::json(exchange)?;
            let made = partners::rotate_key(exchange, actor, partner?, key?, &rotation).await?;
            Ok(headers::json(StatusCode::CREATED, &made))
        }
        _ => Err(Problem::not_found()),
    }
}

/// Who asks, as the audit log is to have it.
async fn operator<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Actor, Problem> {
    Ok(Actor::Operator(scope::operator(exchange).await?.user))
}

/// Who asks, and about which tenant.
async fn over<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    tenant: &str,
) -> Result<(Actor, Site), Problem> {
    let (operator, tenant) = scope::operator_over(exchange, tenant).await?;
    Ok((Actor::Operator(operator.user), tenant))
}

fn named(partner: &str) -> Result<PartnerId, Problem> {
    partner.parse().map_err(|_| Problem::not_found())
}
