//! From a host to a tenant and its live release.

use super::memory::{EdgeMemory, Known, LiveRelease, SiteEntry};
use crate::{Exchange, Problem, ProblemKind};
use bytes::Bytes;
use livery_domain::{
    clock::UnixMillis,
    host::Host,
    lifecycle::TenantStatus,
    release::{Manifest, Release, Rev},
    tenant::{Tenant, TenantKey, TenantScope},
};
use livery_platform::{Configured, Database, EdgeCache, Environment};
use livery_store::{directory, releases};
use serde::{Deserialize, Serialize};
use std::{cell::OnceCell, rc::Rc};

/// How old the edge cache's copy of a pointer may be before SQL is asked again. A publisher that died between SQL and
/// the cache is thereby mended within a minute.
const POINTER_FRESH_MILLIS: i64 = 60_000;

/// The site at the request's host.
///
/// # Errors
/// 404 where no tenant lives here; 503 where that can't be told at the moment.
pub async fn find<P: Database + EdgeCache + Configured>(
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
    match read(exchange, memory, &host, stale.is_some()).await {
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
    let release = releases::live(exchange.platform, &public_scope(&tenant)).await?;
    Ok(Rc::new(entry(tenant, release.map(|release| (release.rev, release.manifest)), exchange.now)))
}

async fn read<P: Database + EdgeCache + Configured>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
    host: &Host,
    known_before: bool,
) -> Result<Option<SiteEntry>, Problem> {
    let key = host_key(host);
    // A cache that does not answer is a cache that does not know.
    let cached = exchange.platform.cached(&key).await.ok().flatten();
    let cached = cached.and_then(|bytes| serde_json::from_slice::<CachedHost>(&bytes).ok());
    let cached = cached.filter(|cached| is_fresh(cached.read_at, exchange.now));
    let tenant = match cached.and_then(CachedHost::tenant) {
        Some(tenant) => tenant,
        None => {
            if !known_before && !memory.may_look_up_host(exchange.now) {
                return Err(Problem::new(ProblemKind::Unavailable)
                    .detail("Too many unknown hosts are being asked for."));
            }
            let platform_host = &exchange.platform.settings().platform_host;
            let Some(tenant) = directory::tenant_at(exchange.platform, host, platform_host).await? else {
                return Ok(None);
            };
            put(exchange.platform, &key, &CachedHost::new(&tenant, exchange.now)).await;
            tenant
        }
    };
    let release = live_release(exchange, &tenant).await?;
    Ok(Some(entry(tenant, release, exchange.now)))
}

async fn live_release<P: Database + EdgeCache>(
    exchange: &Exchange<'_, P>,
    tenant: &Tenant,
) -> Result<Option<(Rev, Manifest)>, Problem> {
    let scope = public_scope(tenant);
    let cached = exchange.platform.cached(&live_key(&scope)).await.ok().flatten();
    let cached = cached.and_then(|bytes| serde_json::from_slice::<CachedRelease>(&bytes).ok());
    if let Some(cached) = cached.filter(|cached| is_fresh(cached.read_at, exchange.now)) {
        return Ok(Some((cached.rev, cached.manifest)));
    }
    let Some(release) = releases::live(exchange.platform, &scope).await? else { return Ok(None) };
    put_live(exchange.platform, &scope, &release, exchange.now).await;
    Ok(Some((release.rev, release.manifest)))
}

/// Writes the pointer to a live release through to the edge cache. A cache that refuses is mended by the next reader.
pub async fn put_live(cache: &impl EdgeCache, scope: &TenantScope, release: &Release, now: UnixMillis) {
    let cached = CachedRelease { rev: release.rev, manifest: release.manifest.clone(), read_at: now };
    put(cache, &live_key(scope), &cached).await;
}

async fn put(cache: &impl EdgeCache, key: &str, value: &impl Serialize) {
    if let Ok(bytes) = serde_json::to_vec(value) {
        let _ = cache.put_cached(key, Bytes::from(bytes)).await;
    }
}

fn entry(tenant: Tenant, release: Option<(Rev, Manifest)>, now: UnixMillis) -> SiteEntry {
    SiteEntry {
        scope: public_scope(&tenant),
        tenant,
        release: release.map(|(rev, manifest)| LiveRelease { rev, manifest, document: OnceCell::new() }),
        read_at: now,
    }
}

/// What a host shows to anybody.
fn public_scope(tenant: &Tenant) -> TenantScope {
    crate::scope::of_public_site(tenant)
}

fn is_fresh(read_at: UnixMillis, now: UnixMillis) -> bool {
    (0..=POINTER_FRESH_MILLIS).contains(&now.since(read_at))
}

fn host_key(host: &Host) -> String {
    format!("host:{host}")
}

fn live_key(scope: &TenantScope) -> String {
    format!("live:{}", scope.tenant())
}

#[derive(Serialize, Deserialize)]
struct CachedHost {
    id: String,
    key: String,
    name: String,
    status: TenantStatus,
    read_at: UnixMillis,
}

impl CachedHost {
    fn new(tenant: &Tenant, now: UnixMillis) -> Self {
        Self {
            id: tenant.id.to_string(),
            key: tenant.key.to_string(),
            name: tenant.name.clone(),
            status: tenant.status,
            read_at: now,
        }
    }

    /// `None` where the entry is damaged: it is read anew.
    fn tenant(self) -> Option<Tenant> {
        let (id, key) = (self.id.parse().ok()?, self.key.parse().ok()?);
        Some(Tenant { id, key, name: self.name, status: self.status })
    }
}

#[derive(Serialize, Deserialize)]
struct CachedRelease {
    rev: Rev,
    manifest: Manifest,
    read_at: UnixMillis,
}
