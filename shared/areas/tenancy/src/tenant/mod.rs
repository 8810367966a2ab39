//! The tenant itself: `/v1/tenant`, its status, its figures.

pub mod account;
pub mod status;

use http::{StatusCode, header};
use livery_access as access;
use livery_domain::{people::permission::Permission, tenancy::lifecycle::Intent};
use livery_http::{Exchange, Problem, Response, body, headers, precondition::Precondition, route::Parts};
use livery_platform::{Configured, Database, EdgeCache, Hub};

livery_http::routes! {
    /// The tenant itself.
    Route in Admin tagged "Tenant";

    /// The tenant
    GetTenant = Get "/v1/tenant", Tenant, Member(Some(Permission::TenantRead));
    /// Change name and settings
    ///
    /// A JSON merge patch (RFC 7396): what is not named stays, `null` clears a setting.
    UpdateTenant = Patch "/v1/tenant", Tenant, Member(Some(Permission::TenantEdit));
    /// Maintenance on and off, or giving up
    ///
    /// Owners lead a tenant from `provisioning` or `maintenance` to `active`, from `active` to `maintenance`, and from
    /// each of these to `deactivated`; anything else is the platform's (409). docs/lifecycle.md says what each state
    /// means. Asking for the state that it has tells the edge and open pages once more.
    SetTenantStatus = Put "/v1/tenant/status", Tenant, Member(Some(Permission::TenantStatus));
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured + EdgeCache + Hub>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::GetTenant => {
            let member = access::member(exchange).await?;
            Ok(shown(account::show(exchange, &member).await?))
        }
        Route::UpdateTenant => {
            let member = access::member(exchange).await?;
            let patch = body::merge_patch(exchange)?;
            let precondition = Precondition::IfMatch(exchange.request.headers());
            Ok(shown(account::update(exchange, &member, precondition, &patch).await?))
        }
        Route::SetTenantStatus => {
            let member = access::signed_in(exchange).await?;
            let wanted: status::NewStatus = body::json(exchange)?;
            // The state that it has may be asked for in any state: those who were not told of it are told then.
            if member.tenant.status != wanted.status {
                access::admit(&member.tenant, member.audience(), Intent::Write)?;
            }
            Ok(headers::json(StatusCode::OK, &status::set(exchange, &member, wanted).await?))
        }
    }
}

pub fn shown((tenant, version): (account::TenantView, i64)) -> Response {
    let mut response = headers::json(StatusCode::OK, &tenant);
    headers::set(&mut response, header::ETAG, &headers::version_etag(version));
    response
}
