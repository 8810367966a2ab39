//! What publishing and a change of status write into the edge cache, and the edge reads from it.
//!
//! *In scope*: the documents there, their keys, and writing them to the cache after they are in SQL.
//! *Out of scope*: which site belongs to a host, and the memory of an isolate (`edge`).

#![allow(async_fn_in_trait)]

use bytes::Bytes;
use livery_domain::{
    brand::release::{Artifact, ArtifactKind, Manifest, Rev},
    clock::UnixMillis,
    tenancy::{lifecycle::TenantStatus, tenant::TenantScope},
};
use livery_platform::{Database, EdgeCache};
use livery_store::{
    StoreError,
    brand::releases::{self, PublicFace},
};
use serde::{Deserialize, Serialize};

/// The public part of a tenant, its live release and status: one document per tenant.
#[derive(Serialize, Deserialize)]
pub struct CachedFace {
    pub status: TenantStatus,
    pub release: Option<CachedRelease>,
    /// When SQL was read.
    pub read_at: UnixMillis,
}

/// The live release, as the cache has it.
#[derive(Serialize, Deserialize)]
pub struct CachedRelease {
    pub rev: Rev,
    pub manifest: Manifest,
}

impl CachedFace {
    #[must_use]
    pub fn new(face: PublicFace, now: UnixMillis) -> Self {
        let release = face.live.map(|live| CachedRelease { rev: live.rev, manifest: live.manifest });
        Self { status: face.status, release, read_at: now }
    }
}

/// The key of a tenant's [`CachedFace`].
#[must_use]
pub fn face_key(scope: &TenantScope) -> String {
    format!("live:{}", scope.tenant())
}

/// The key of a release file.
#[must_use]
pub fn file_key(scope: &TenantScope, kind: ArtifactKind, hash: &str) -> String {
    format!("file:{}:{}:{hash}", scope.tenant(), kind.as_str())
}

/// Writes what SQL has of the tenant's status and live release through to the edge cache, and returns it. Every operation
/// that changes one of the two calls this afterwards. Both are read back from SQL, so that of two changes at the same time
/// neither overwrites the other in the cache. If the cache refuses the write, the next reader repairs it once its copy is a
/// minute old.
///
/// # Errors
/// Where SQL does not answer.
pub async fn renew<P: Database + EdgeCache>(
    platform: &P,
    scope: &TenantScope,
    now: UnixMillis,
) -> Result<Option<CachedFace>, StoreError> {
    let Some(face) = releases::public_face(platform, scope).await? else { return Ok(None) };
    let face = CachedFace::new(face, now);
    put_document(platform, &face_key(scope), &face).await;
    Ok(Some(face))
}

/// Writes a document into the cache; if the cache refuses it, the next reader writes it.
pub async fn put_document(cache: &impl EdgeCache, key: &str, value: &impl Serialize) {
    if let Ok(bytes) = serde_json::to_vec(value) {
        let _ = cache.put_cached(key, Bytes::from(bytes)).await;
    }
}

/// Writes a release file through to the edge cache; a cache that refuses is filled by the next reader.
pub async fn put_file(cache: &impl EdgeCache, scope: &TenantScope, file: &Artifact) {
    let body = Bytes::copy_from_slice(file.body.as_bytes());
    let _ = cache.put_cached(&file_key(scope, file.kind, &file.hash), body).await;
}
