//! The table of this area: which route is which operation.

use crate::{entitlements, partners, tenants};
use http::StatusCode;
use livery_access::{self as access, By};
use livery_domain::tenancy::flag::Flag;
use livery_http::{Exchange, Problem, Response, body, headers, page::PageRequest, route::Parts};
use livery_platform::{Configured, Database, EdgeCache, Entropy, Hub};
use livery_tenancy::tenant::status::{self, NewStatus};

livery_http::routes! {
    /// What the platform's own people do.
    Route in Admin tagged "Operators";

    /// All tenants, by key
    ListTenants = Get "/v1/operator/tenants", Platform, Operator;
    /// One tenant
    GetAnyTenant = Get "/v1/operator/tenants/{tenant_id}", Platform, Operator;
    /// Lead a tenant into another state
    ///
    /// Suspending counts at once for everything that writes, and reaches the edge within its bound.
    SetAnyTenantStatus = Put "/v1/operator/tenants/{tenant_id}/status", Platform, Operator;
    /// Put a tenant on another plan, now
    SetTenantPlan = Put "/v1/operator/tenants/{tenant_id}/plan", Platform, Operator;
    /// Give a tenant to a partner, or to nobody
    SetTenantPartner = Put "/v1/operator/tenants/{tenant_id}/partner", Platform, Operator;
    /// Give a tenant a flag of its own
    SetFlag = Put "/v1/operator/tenants/{tenant_id}/flags/{flag}", Platform, Operator;
    /// Back to what the plan says
    ResetFlag = Delete "/v1/operator/tenants/{tenant_id}/flags/{flag}", Platform, Operator;
    /// Partners
    ListPartners = Get "/v1/operator/partners", Platform, Operator;
    /// Add a partner
    CreatePartner = Post "/v1/operator/partners", Platform, Operator;
    /// A partner's keys
    ListPartnerKeys = Get "/v1/operator/partners/{partner_id}/api-keys", Platform, Operator;
    /// Make a key for a partner
    CreatePartnerKey = Post "/v1/operator/partners/{partner_id}/api-keys", Platform, Operator;
    /// Revoke a partner's key
    RevokePartnerKey = Delete "/v1/operator/partners/{partner_id}/api-keys/{key_id}", Platform, Operator;
    /// Replace a partner's key
    RotatePartnerKey = Post "/v1/operator/partners/{partner_id}/api-keys/{key_id}/rotate", Platform, Operator;
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured + Entropy + EdgeCache + Hub>(
    route: Route,
    exchange: &Exchange<'_, P>,
    parts: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ListTenants => {
            access::operator(exchange).await?;
            let (asked, filter) = (PageRequest::of(exchange)?, tenants::TenantFilter::of(exchange)?);
            let page = tenants::list(exchange, &filter, &asked).await?;
            Ok(page.shown(exchange, &asked, &["key", "status"]))
        }
        Route::GetAnyTenant => {
            let (_, tenant) = access::operator_over(exchange, parts.text(0)).await?;
            Ok(headers::json(StatusCode::OK, &tenants::show(exchange, &tenant).await?))
        }
        Route::SetAnyTenantStatus => {
            let (operator, tenant) = access::operator_over(exchange, parts.text(0)).await?;
            let NewStatus { status, reason } = body::json(exchange)?;
            let by = By::operator_over(operator, &tenant.scope);
            let changed = status::change(exchange, &tenant.scope, &by, status, reason).await?;
            Ok(headers::json(StatusCode::OK, &changed))
        }
        Route::SetTenantPlan => {
            let (operator, tenant) = access::operator_over(exchange, parts.text(0)).await?;
            let new = body::json(exchange)?;
            let changed = entitlements::change_plan(exchange, operator, &tenant, &new).await?;
            Ok(headers::json(StatusCode::OK, &changed))
        }
        Route::SetTenantPartner => {
            let (operator, tenant) = access::operator_over(exchange, parts.text(0)).await?;
            let choice = body::json(exchange)?;
            let changed = partners::assign(exchange, operator, &tenant, &choice).await?;
            Ok(headers::json(StatusCode::OK, &changed))
        }
        Route::SetFlag => {
            let flag = parts.text(1);
            let (operator, tenant) = access::operator_over(exchange, parts.text(0)).await?;
            let new = body::json(exchange)?;
            let flag = Flag::parse(flag).ok_or_else(Problem::not_found)?;
            let shown = entitlements::override_flag(exchange, operator, &tenant, flag, &new).await?;
            Ok(headers::json(StatusCode::OK, &shown))
        }
        Route::ResetFlag => {
            let flag = parts.text(1);
            let (operator, tenant) = access::operator_over(exchange, parts.text(0)).await?;
            let flag = Flag::parse(flag).ok_or_else(Problem::not_found)?;
            entitlements::reset_flag(exchange, operator, &tenant, flag).await?;
            Ok(headers::no_content())
        }
        Route::ListPartners => {
            access::operator(exchange).await?;
            let asked = PageRequest::of(exchange)?;
            Ok(partners::list(exchange, &asked).await?.shown(exchange, &asked, &[]))
        }
        Route::CreatePartner => {
            let operator = access::operator(exchange).await?;
            let made = partners::create(exchange, operator, &body::json(exchange)?).await?;
            Ok(headers::json(StatusCode::CREATED, &made))
        }
        Route::ListPartnerKeys => {
            access::operator(exchange).await?;
            let asked = PageRequest::of(exchange)?;
            let page = partners::keys(exchange, parts.id()?, &asked).await?;
            Ok(page.shown(exchange, &asked, &[]))
        }
        Route::CreatePartnerKey => {
            let operator = access::operator(exchange).await?;
            let new = body::json(exchange)?;
            let made = partners::create_key(exchange, operator, parts.id()?, &new).await?;
            Ok(headers::json(StatusCode::CREATED, &made))
        }
        Route::RevokePartnerKey => {
            let operator = access::operator(exchange).await?;
            partners::revoke_key(exchange, operator, parts.id()?, parts.id_at(1)?).await?;
            Ok(headers::no_content())
        }
        Route::RotatePartnerKey => {
            let operator = access::operator(exchange).await?;
            let (partner, key) = (parts.id(), parts.id_at(1));
            let rotation = body::json(exchange)?;
            let made = partners::rotate_key(exchange, operator, partner?, key?, &rotation).await?;
            Ok(headers::json(StatusCode::CREATED, &made))
        }
    }
}
