//! From a host to a tenant, its status and its live release.

use super::memory::{EdgeMemory, Known, LiveRelease, SiteEntry};
use livery_access as access;
use livery_domain::{
    clock::UnixMillis,
    reason::Reason,
    tenancy::{
        host::Host,
        lifecycle::{Audience, Intent, Standing, TenantStatus},
        tenant::{Tenant, TenantKey, TenantScope},
    },
};
use livery_http::{Exchange, Problem, ProblemKind};
use livery_platform::{Configured, Database, EdgeCache, Environment};
use livery_publication::{CachedFace, CachedRelease, face_key, put_document, renew};
use livery_store::{brand::releases, tenancy::directory};
use serde::{Deserialize, Serialize};
use std::{cell::OnceCell, rc::Rc};

/// How old the edge cache's copy of a status and pointer may be before SQL is asked again. A publisher that died between
/// SQL and the cache is thereby mended within a minute, and a suspension is felt everywhere after 60 s and the 2 s of an
/// isolate's own memory, however late the cache is.
const FACE_FRESH_MILLIS: i64 = 60_000;

/// The site at the request's host, suspended or not: its files stay what they are.
///
/// # Errors
/// 404 where no tenant lives here that anybody may know of; 503 where that can't be told at the moment.
pub async fn find<P: Database + EdgeCache + Configured>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
) -> Result<Rc<SiteEntry>, Problem> {
    let site = look_up(exchange, memory).await?;
    match site.tenant.status.standing(Audience::Visitor, Intent::Read) {
        Standing::Unknown => Err(Problem::not_found()),
        _ => Ok(site),
    }
}

/// The same, if visitors may look at the tenant.
///
/// # Errors
/// As [`find`]; 403 where the tenant is suspended.
pub async fn find_open<P: Database + EdgeCache + Configured>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
) -> Result<Rc<SiteEntry>, Problem> {
    let site = find(exchange, memory).await?;
    access::admit(&site.tenant, Audience::Visitor, Intent::Read)?;
    Ok(site)
}

async fn look_up<P: Database + EdgeCache + Configured>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
) -> Result<Rc<SiteEntry>, Problem> {
    let host = exchange.host()?;
    let settings = exchange.platform.settings();
    if settings.environment == Environment::Development
        && host == settings.platform_host
        && let Some(key) = exchange.query("tenant").and_then(|key| key.parse::<TenantKey>().ok())
    {
        return find_by_key(exchange, &key).await;
    }
    at_host(exchange, memory, host).await
}

/// The site at whatever host, in whatever state.
///
/// # Errors
/// 404 where no tenant lives there; 503 where that can't be told at the moment.
pub async fn at_host<P: Database + EdgeCache + Configured>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
    host: Host,
) -> Result<Rc<SiteEntry>, Problem> {
    let settings = exchange.platform.settings();
    let stale = match memory.site(&host, exchange.now) {
        Known::Site(site) => return Ok(site),
        Known::Unknown => return Err(Problem::not_found()),
        Known::Stale(site) => Some(site),
        Known::Nothing => None,
    };
    // Within the platform's own names only one plain label can be a tenant: everything else costs no look-up.
    if host.is_within(&settings.platform_host) && host.platform_key(&settings.platform_host).is_none() {
        return Err(Problem::not_found());
    }
    match read(exchange, memory, &host, stale.as_deref()).await {
        Ok(Some(entry)) => Ok(memory.put_site(host, entry)),
        Ok(None) => {
            memory.put_unknown(host, exchange.now);
            Err(Problem::not_found())
        }
        Err(problem) => stale.ok_or(problem),
    }
}

/// Development only: the tenant that `?tenant=` names. Not remembered, since it is no host.
async fn find_by_key<P: Database>(
    exchange: &Exchange<'_, P>,
    key: &TenantKey,
) -> Result<Rc<SiteEntry>, Problem> {
    let tenant = directory::tenant_with_key(exchange.platform, key).await?.ok_or_else(Problem::not_found)?;
    let face = releases::public_face(exchange.platform, &public_scope(&tenant)).await?;
    let face = CachedFace::new(face.ok_or_else(Problem::not_found)?, exchange.now);
    Ok(Rc::new(entry(tenant, face, exchange.now)))
}

/// What is known of the host: by the edge cache, by `before`, what this isolate has of it, or by SQL. Of the first two the newer
/// counts while it is fresh: a cache may give an old copy for a minute after a new one was put, and whoever asked SQL in
/// between knows better.
async fn read<P: Database + EdgeCache + Configured>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
    host: &Host,
    before: Option<&SiteEntry>,
) -> Result<Option<SiteEntry>, Problem> {
    let key = host_key(host);
    // A cache that does not answer is a cache that does not know.
    let cached = exchange.platform.cached(&key).await.ok().flatten();
    let cached = cached.and_then(|bytes| serde_json::from_slice::<CachedHost>(&bytes).ok());
    let known = newer(cached, before.map(CachedHost::of), |host| host.read_at, exchange.now);
    let known = known.and_then(|known| known.tenant().map(|tenant| (tenant, known.read_at)));
    let (tenant, host_as_of) = match known {
        Some(known) => known,
        None => {
            if before.is_none() && !memory.may_look_up_host(exchange.now) {
                return Err(Problem::new(ProblemKind::Unavailable)
                    .because(Reason::LookupsLimited)
                    .detail("Too many unknown hosts are being asked for."));
            }
            let platform_host = &exchange.platform.settings().platform_host;
            let Some(tenant) = directory::tenant_at(exchange.platform, host, platform_host).await? else {
                return Ok(None);
            };
            put_document(exchange.platform, &key, &CachedHost::new(&tenant, exchange.now)).await;
            (tenant, exchange.now)
        }
    };
    let before = before.filter(|before| before.tenant.id == tenant.id);
    let Some(face) = face(exchange, &public_scope(&tenant), before).await? else { return Ok(None) };
    Ok(Some(SiteEntry { host_as_of, ..entry(tenant, face, exchange.now) }))
}

/// The tenant's status and live release; `None` where the tenant is gone.
async fn face<P: Database + EdgeCache>(
    exchange: &Exchange<'_, P>,
    scope: &TenantScope,
    before: Option<&SiteEntry>,
) -> Result<Option<CachedFace>, Problem> {
    let cached = exchange.platform.cached(&face_key(scope)).await.ok().flatten();
    let cached = cached.and_then(|bytes| serde_json::from_slice::<CachedFace>(&bytes).ok());
    match newer(cached, before.map(face_of), |face| face.read_at, exchange.now) {
        Some(face) => Ok(Some(face)),
        None => Ok(renew(exchange.platform, scope, exchange.now).await?),
    }
}

/// Of what the cache has and what this isolate has the newer, if it is fresh.
fn newer<T>(
    cached: Option<T>,
    before: Option<T>,
    read_at: impl Fn(&T) -> UnixMillis,
    now: UnixMillis,
) -> Option<T> {
    let fresh = |known: &T| is_fresh(read_at(known), now);
    match (cached.filter(fresh), before.filter(fresh)) {
        (Some(cached), Some(before)) => {
            Some(if read_at(&cached) >= read_at(&before) { cached } else { before })
        }
        (cached, before) => cached.or(before),
    }
}

fn entry(tenant: Tenant, face: CachedFace, now: UnixMillis) -> SiteEntry {
    let release = face.release.map(|CachedRelease { rev, manifest }| LiveRelease {
        rev,
        manifest,
        document: OnceCell::new(),
        look: OnceCell::new(),
    });
    SiteEntry {
        scope: public_scope(&tenant),
        tenant: Tenant { status: face.status, ..tenant },
        release,
        read_at: now,
        host_as_of: now,
        face_as_of: face.read_at,
    }
}

/// What a host shows to anybody.
fn public_scope(tenant: &Tenant) -> TenantScope {
    livery_access::of_public_site(tenant)
}

fn is_fresh(read_at: UnixMillis, now: UnixMillis) -> bool {
    (0..=FACE_FRESH_MILLIS).contains(&now.since(read_at))
}

fn host_key(host: &Host) -> String {
    format!("host:{host}")
}

/// Who lives at a host. What may change from one second to the next is not in here but in the tenant's [`CachedFace`], which
/// is written through: a tenant has many hosts and one face.
#[derive(Serialize, Deserialize)]
struct CachedHost {
    id: String,
    key: String,
    name: String,
    read_at: UnixMillis,
}

impl CachedHost {
    fn new(tenant: &Tenant, now: UnixMillis) -> Self {
        Self {
            id: tenant.id.to_string(),
            key: tenant.key.to_string(),
            name: tenant.name.clone(),
            read_at: now,
        }
    }

    fn of(site: &SiteEntry) -> Self {
        Self::new(&site.tenant, site.host_as_of)
    }

    /// `None` where the entry is damaged: it is read anew. The status is one that nobody sees, until the face says.
    fn tenant(&self) -> Option<Tenant> {
        let (id, key) = (self.id.parse().ok()?, self.key.parse().ok()?);
        Some(Tenant { id, key, name: self.name.clone(), status: TenantStatus::Provisioning })
    }
}

/// What this isolate has of the face.
fn face_of(site: &SiteEntry) -> CachedFace {
    let release = site.release.as_ref();
    let release = release.map(|live| CachedRelease { rev: live.rev, manifest: live.manifest.clone() });
    CachedFace { status: site.tenant.status, release, read_at: site.face_as_of }
}
