//! Which tenant a request is at, and whether its state lets the caller in.

use http::{HeaderValue, header};
use livery_domain::{
    people::member::AssignedRole,
    tenancy::{
        host::Host,
        lifecycle::{Audience, Intent, Standing, TenantStatus},
        tenant::{Tenant, TenantKey, TenantScope},
    },
};
use livery_http::{Exchange, Problem, ProblemKind, headers};
use livery_platform::{Configured, Database, Environment};
use livery_store::{
    Read,
    tenancy::directory::{self, WhichTenant},
};

/// When to ask a tenant in maintenance again: soon enough for a visitor who waits, seldom enough for a thousand of them.
const MAINTENANCE_RETRY_SECS: u32 = 30;

pub(crate) const TENANT_KEY: &str = "x-tenant-key";
pub(crate) const TENANT_ID: &str = "x-tenant-id";

/// A tenant whose public face may be shown: found by the host alone.
pub struct Site {
    pub tenant: Tenant,
    pub scope: TenantScope,
}

/// Where somebody knocks.
pub enum SignInHost {
    /// At a tenant's.
    Tenant(Site),
    /// At the platform's own host, naming no tenant.
    Platform,
}

/// The tenant at the request's host, for anybody. A tenant header narrows: one that names another tenant gives the
/// same 404 as an unknown host.
///
/// # Errors
/// 404 where no tenant lives here.
pub async fn site<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Site, Problem> {
    Ok(site_reading(exchange, |_| Read::known(())).await?.0)
}

/// The same, with something read in the trip to SQL that tells which tenant it is. `read` goes by what the request says of the
/// tenant, and what it found has to say itself of which tenant it is.
///
/// # Errors
/// As [`site`].
pub async fn site_reading<P: Database + Configured, T: 'static>(
    exchange: &Exchange<'_, P>,
    read: impl FnOnce(&WhichTenant) -> Read<T>,
) -> Result<(Site, T), Problem> {
    let which = meant(exchange, &exchange.host()?);
    let (tenant, found) = directory::whose(&which).and(read(&which)).from(exchange.platform).await?;
    Ok((site_of(exchange, tenant)?, found))
}

/// The tenant that was found at the request's host, if the request's headers name no other.
pub(crate) fn site_of<P>(exchange: &Exchange<'_, P>, found: Option<Tenant>) -> Result<Site, Problem> {
    let tenant = found.ok_or_else(Problem::not_found)?;
    narrow(exchange, &tenant)?;
    Ok(granted(tenant))
}

/// Where somebody wants to sign in. At the platform's own host a tenant header may name a tenant: the password grants, not
/// the header.
///
/// # Errors
/// 404 as [`site`], and where a tenant is named that does not exist.
pub async fn sign_in_host<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
) -> Result<SignInHost, Problem> {
    Ok(sign_in_host_reading(exchange, |_| Read::known(())).await?.0)
}

/// The same, reading as [`site_reading`] does.
///
/// # Errors
/// As [`sign_in_host`].
pub async fn sign_in_host_reading<P: Database + Configured, T: 'static>(
    exchange: &Exchange<'_, P>,
    read: impl FnOnce(&WhichTenant) -> Read<T>,
) -> Result<(SignInHost, T), Problem> {
    let host = exchange.host()?;
    let at_platform = host == exchange.platform.settings().platform_host;
    let named = headers::single(exchange.request.headers(), TENANT_KEY).filter(|_| at_platform);
    let which = match named.and_then(|key| key.parse::<TenantKey>().ok()) {
        Some(key) => WhichTenant::with_key(&key),
        None => meant(exchange, &host),
    };
    let (tenant, found) = directory::whose(&which).and(read(&which)).from(exchange.platform).await?;
    if tenant.is_none() && at_platform && !names_a_tenant(exchange) {
        return Ok((SignInHost::Platform, found));
    }
    Ok((SignInHost::Tenant(site_of(exchange, tenant)?), found))
}

/// Where somebody comes with what says itself for which tenant it is: at that tenant's host or at the platform's own.
///
/// # Errors
/// 404 as [`site`], and at the platform's own host where a header names a tenant.
pub async fn own_host<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<SignInHost, Problem> {
    if exchange.host()? != exchange.platform.settings().platform_host {
        return site(exchange).await.map(SignInHost::Tenant);
    }
    if names_a_tenant(exchange) { sign_in_host(exchange).await } else { Ok(SignInHost::Platform) }
}

/// What is the platform's and no tenant's.
///
/// # Errors
/// 404 at every other host, and where a header names a tenant.
pub fn platform<P: Configured>(exchange: &Exchange<'_, P>) -> Result<(), Problem> {
    let is_ours = exchange.host()? == exchange.platform.settings().platform_host;
    if is_ours && !names_a_tenant(exchange) { Ok(()) } else { Err(Problem::not_found()) }
}

fn names_a_tenant<P>(exchange: &Exchange<'_, P>) -> bool {
    let headers = exchange.request.headers();
    headers.contains_key(TENANT_KEY) || headers.contains_key(TENANT_ID)
}

pub(crate) fn intent<P>(exchange: &Exchange<'_, P>) -> Intent {
    if exchange.reads() { Intent::Read } else { Intent::Write }
}

/// As whom the tenant's status sees somebody with this role.
pub fn audience(role: AssignedRole) -> Audience {
    if role.is_owner() { Audience::Owner } else { Audience::Member }
}

/// Lets somebody in as far as the tenant's status goes.
///
/// # Errors
/// What `lifecycle` has for them.
pub fn admit(tenant: &Tenant, audience: Audience, intent: Intent) -> Result<(), Problem> {
    admit_by(tenant.status, audience, intent)
}

/// The same by a status that was read by itself.
///
/// # Errors
/// As [`admit`].
pub fn admit_by(status: TenantStatus, audience: Audience, intent: Intent) -> Result<(), Problem> {
    match status.standing(audience, intent) {
        Standing::Open => Ok(()),
        Standing::Suspended => Err(ProblemKind::TenantSuspended.into()),
        Standing::Maintenance => {
            let retry = HeaderValue::from(MAINTENANCE_RETRY_SECS);
            Err(Problem::new(ProblemKind::TenantMaintenance).header(header::RETRY_AFTER, retry))
        }
        Standing::Deactivated => Err(ProblemKind::TenantDeactivated.into()),
        Standing::Unknown => Err(Problem::not_found()),
    }
}

fn granted(tenant: Tenant) -> Site {
    Site { scope: of_public_site(&tenant), tenant }
}

/// The tenant at `host`; in development also the one that `?tenant=` names at the platform's own host.
pub(crate) fn meant<P: Configured>(exchange: &Exchange<'_, P>, host: &Host) -> WhichTenant {
    let settings = exchange.platform.settings();
    let asked = if settings.environment == Environment::Development && *host == settings.platform_host {
        exchange.query("tenant").and_then(|key| key.parse::<TenantKey>().ok())
    } else {
        None
    };
    match asked {
        Some(key) => WhichTenant::with_key(&key),
        None => WhichTenant::at(host, &settings.platform_host),
    }
}

/// Invariant: a header never chooses a tenant, it can only fail to name the one that was found.
pub(crate) fn narrow<P>(exchange: &Exchange<'_, P>, tenant: &Tenant) -> Result<(), Problem> {
    let headers = exchange.request.headers();
    let key_agrees =
        headers.get_all(TENANT_KEY).iter().all(|key| key.as_bytes() == tenant.key.as_str().as_bytes());
    let id_agrees =
        headers.get_all(TENANT_ID).iter().all(|id| id.as_bytes() == tenant.id.to_string().as_bytes());
    if key_agrees && id_agrees { Ok(()) } else { Err(Problem::not_found()) }
}

pub fn bearer<'x, P>(exchange: &'x Exchange<'_, P>) -> Result<&'x str, Problem> {
    let value = headers::single(exchange.request.headers(), header::AUTHORIZATION.as_str());
    let (scheme, token) =
        value.and_then(|value| value.split_once(' ')).ok_or(ProblemKind::Unauthenticated)?;
    if scheme.eq_ignore_ascii_case("bearer") {
        Ok(token.trim())
    } else {
        Err(ProblemKind::Unauthenticated.into())
    }
}

/// The scope of what a tenant shows to anybody: its live release and the files of its releases.
pub fn of_public_site(tenant: &Tenant) -> TenantScope {
    TenantScope::grant(tenant.id)
}

/// The scope of a tenant that is being made by this very request.
pub fn of_new_tenant(tenant: &Tenant) -> TenantScope {
    TenantScope::grant(tenant.id)
}

/// The scope of a tenant in which a person was found to be a member.
pub fn of_membership(tenant: &Tenant) -> TenantScope {
    TenantScope::grant(tenant.id)
}

/// The tenant of a scope, if the request's host and headers name it too.
pub(crate) async fn agreed<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    scope: &TenantScope,
) -> Result<Tenant, Problem> {
    let found = named(exchange, scope)?.from(exchange.platform).await?;
    agree(exchange, scope, found)
}

/// The tenant at the request's host; at the platform's own the scope's.
pub(crate) fn named<P: Configured>(
    exchange: &Exchange<'_, P>,
    scope: &TenantScope,
) -> Result<Read<Option<Tenant>>, Problem> {
    let platform_host = &exchange.platform.settings().platform_host;
    let host = exchange.host()?;
    let at_platform = host == *platform_host;
    Ok(if at_platform {
        directory::of_scope(scope)
    } else {
        directory::whose(&WhichTenant::at(&host, platform_host))
    })
}

/// What was found, if it is the scope's and the request's headers name no other.
pub(crate) fn agree<P: Configured>(
    exchange: &Exchange<'_, P>,
    scope: &TenantScope,
    found: Option<Tenant>,
) -> Result<Tenant, Problem> {
    let tenant = found.filter(|tenant| tenant.id == scope.tenant()).ok_or_else(Problem::not_found)?;
    narrow(exchange, &tenant)?;
    Ok(tenant)
}
