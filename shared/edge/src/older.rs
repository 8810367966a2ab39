//! Public facts of a site under their older names: `/tenants/domain/{domain}`, `/api/white-label/current/info`.
//!
//! The edge answers them, from the same memory and under the same bounds as a visitor's page: requests for many different names
//! cost no more look-ups than requests at many different hosts.

use crate::{EdgeMemory, file, rendered::Look, site};
use http::{StatusCode, header};
use livery_access as access;
use livery_domain::{
    brand::release::Rev,
    hash::content_hash,
    id::TenantId,
    tenancy::{host::Host, lifecycle::TenantStatus, tenant::TenantKey},
};
use livery_http::{Exchange, Problem, Response, headers};
use livery_platform::{Configured, Database, EdgeCache};
use livery_store::brand::releases;
use serde::Serialize;
use std::rc::Rc;

/// Whose a host is: no more than whoever opens it sees.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DomainView {
    /// `ten_…`
    pub id: TenantId,
    /// The label of its subdomain.
    pub key: TenantKey,
    /// What it is called.
    pub name: String,
    /// Always `active`: any other tenant is not told of.
    pub status: TenantStatus,
}

#[derive(Serialize)]
struct Info<'a> {
    brand_name: &'a str,
    domain: &'a str,
    rev: Rev,
    stylesheet: String,
    #[serde(flatten)]
    look: &'a Look,
}

/// `GET /tenants/domain/{domain}`, at the platform's own host: the tenant at a verified domain or a subdomain of the platform.
/// It is as old as the edge's memory: a minute at most.
///
/// # Errors
/// 404 at any other host, for a name without a tenant, and for a tenant in any other state than active; 503 while too many
/// unknown hosts are being requested.
pub(crate) async fn by_domain<P: Database + EdgeCache + Configured>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
    domain: &str,
) -> Result<Response, Problem> {
    access::platform(exchange)?;
    let host = Host::parse(domain).map_err(|_| Problem::not_found())?;
    let site = site::at_host(exchange, memory, host).await?;
    let tenant = &site.tenant;
    if tenant.status != TenantStatus::Active {
        return Err(Problem::not_found());
    }
    let view = DomainView {
        id: tenant.id,
        key: tenant.key.clone(),
        name: tenant.name.clone(),
        status: tenant.status,
    };
    Ok(headers::json(StatusCode::OK, &view))
}

/// `GET /api/white-label/current/info`: the brand at this host, as its live release has it.
///
/// # Errors
/// 404 where no tenant lives here or nothing is published; what the tenant's status has for a visitor.
pub(crate) async fn white_label_info<P: Database + EdgeCache + Configured>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
) -> Result<Response, Problem> {
    let site = site::find_open(exchange, memory).await?;
    let release = site.release.as_ref().ok_or_else(Problem::not_found)?;
    let look = match release.look.get() {
        Some(look) => look.clone(),
        None => {
            let theme = releases::theme(exchange.platform, &site.scope, release.rev).await?;
            let theme = theme.ok_or_else(Problem::not_found)?;
            release.look.get_or_init(|| Rc::new(Look::of(theme))).clone()
        }
    };
    let host = exchange.host()?;
    let info = Info {
        brand_name: &site.tenant.name,
        domain: host.as_str(),
        rev: release.rev,
        stylesheet: release.manifest.stylesheet_path(),
        look: &look,
    };
    let mut response = headers::json(StatusCode::OK, &info);
    let etag = format!("\"{}\"", content_hash(response.body()));
    headers::set(&mut response, header::ETAG, &etag);
    headers::set(&mut response, header::CACHE_CONTROL, "no-cache");
    Ok(file::conditional(exchange, response))
}
