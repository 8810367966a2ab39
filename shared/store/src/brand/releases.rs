//! Releases and their files.

use crate::{Read, StoreError};
use livery_domain::{
    brand::release::{Artifact, ArtifactKind, Release, Rev},
    clock::UnixMillis,
    id::UserId,
    tenancy::{lifecycle::TenantStatus, tenant::TenantScope},
};
use livery_platform::{Database, DatabaseError, Row, Statement};
use serde_json::Value as Json;

const LIVE: &str = "
    SELECT r.rev, r.manifest, r.published_by, r.published_at
    FROM themes t JOIN releases r ON r.tenant_id = t.tenant_id AND r.rev = t.live_rev WHERE t.tenant_id = ?1";
const STATUS: &str = "SELECT status, COALESCE(status_changed_at, 0) FROM tenants WHERE id = ?1";
const PAGE: &str = "
    SELECT rev, manifest, published_by, published_at FROM releases
    WHERE tenant_id = ?1 AND rev < ?2 ORDER BY rev DESC LIMIT ?3";
const THEME: &str = "SELECT theme FROM releases WHERE tenant_id = ?1 AND rev = ?2";
const NEWEST_REV: &str = "SELECT COALESCE(MAX(rev), 0) FROM releases WHERE tenant_id = ?1";
const ADD_ARTIFACT: &str = "
    INSERT INTO artifacts (tenant_id, hash, kind, body, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (tenant_id, hash) DO NOTHING";
const ADD_RELEASE: &str = "
    INSERT INTO releases (tenant_id, rev, manifest, theme, published_by, published_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const ENSURE_THEME: &str = "
    INSERT INTO themes (tenant_id, draft, version, updated_at) VALUES (?1, ?2, 1, ?3)
    ON CONFLICT (tenant_id) DO NOTHING";
const FLIP: &str = "UPDATE themes SET live_rev = ?2 WHERE tenant_id = ?1";
const ARTIFACT: &str = "SELECT kind, body FROM artifacts WHERE tenant_id = ?1 AND hash = ?2";

/// What visitors get now; `None` before the first publish.
#[must_use]
pub fn live(scope: &TenantScope) -> Read<Option<Release>> {
    Read::new(Statement::scoped(scope, LIVE, vec![]), |rows| rows.first().map(release_of).transpose())
}

fn status_of(scope: &TenantScope) -> Read<Option<(TenantStatus, UnixMillis)>> {
    Read::new(Statement::scoped(scope, STATUS, vec![]), |rows| {
        let Some(row) = rows.first() else { return Ok(None) };
        Ok(Some((row.parsed(0)?, UnixMillis(row.integer(1)?))))
    })
}

/// The public face of a tenant: its live release, and whether it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicFace {
    pub status: TenantStatus,
    /// When the status last changed; 0 where it never did.
    pub status_since: UnixMillis,
    /// `None` before the first publish.
    pub live: Option<Release>,
}

/// The tenant's status and live release, in one trip; `None` where the tenant is gone.
///
/// # Errors
/// [`StoreError`] where the database fails or a release is unreadable.
pub async fn public_face(db: &impl Database, scope: &TenantScope) -> Result<Option<PublicFace>, StoreError> {
    let (status, live) = status_of(scope).and(live(scope)).from(db).await?;
    Ok(status.map(|(status, status_since)| PublicFace { status, status_since, live }))
}

/// The theme document that a release was made from; `None` where there is no such release.
///
/// # Errors
/// [`StoreError`] where the database fails or the theme is no JSON.
pub async fn theme(db: &impl Database, scope: &TenantScope, rev: Rev) -> Result<Option<Json>, StoreError> {
    let rows = db.query(Statement::scoped(scope, THEME, vec![rev.into()])).await?;
    rows.first().map(|row| Ok(serde_json::from_str(row.text(0)?)?)).transpose()
}

/// Releases older than `before`, newest first, at most `limit`.
///
/// # Errors
/// [`StoreError`] where the database fails or a release is unreadable.
pub async fn page(
    db: &impl Database,
    scope: &TenantScope,
    before: Rev,
    limit: u32,
) -> Result<Vec<Release>, StoreError> {
    let rows = db.query(Statement::scoped(scope, PAGE, vec![before.into(), i64::from(limit).into()])).await?;
    rows.iter().map(release_of).collect()
}

/// Number of the newest release, live or rolled back from; 0 before the first.
#[must_use]
pub fn newest_rev(scope: &TenantScope) -> Read<Rev> {
    Read::new(Statement::scoped(scope, NEWEST_REV, vec![]), move |rows| {
        Ok(rows.first().map(|row| row.integer(0)).transpose()?.unwrap_or(0))
    })
}

/// A release about to be made.
pub struct NewRelease<'a> {
    pub release: &'a Release,
    /// The theme document that it was made from.
    pub theme: &'a Json,
    pub artifacts: &'a [Artifact],
}

/// The statements that store the files and the release and flip the pointer: part of one batch, so all of it or nothing. A
/// release with this number that exists already refuses the batch.
///
/// # Errors
/// [`StoreError`] where the manifest is no JSON.
pub fn published(scope: &TenantScope, new: &NewRelease<'_>) -> Result<Vec<Statement>, StoreError> {
    let release = new.release;
    let now = release.published_at.0;
    let theme = new.theme.to_string();
    let mut batch: Vec<_> = new
        .artifacts
        .iter()
        .map(|file| {
            let params = vec![
                file.hash.as_str().into(),
                file.kind.as_str().into(),
                file.body.as_str().into(),
                now.into(),
            ];
            Statement::scoped(scope, ADD_ARTIFACT, params)
        })
        .collect();
    let params = vec![
        release.rev.into(),
        serde_json::to_string(&release.manifest)?.into(),
        theme.as_str().into(),
        release.published_by.map(|user| user.to_string()).into(),
        now.into(),
    ];
    batch.push(Statement::scoped(scope, ADD_RELEASE, params));
    // A tenant that publishes the default theme without having saved it gets it as its draft.
    batch.push(Statement::scoped(scope, ENSURE_THEME, vec![theme.into(), now.into()]));
    batch.push(Statement::scoped(scope, FLIP, vec![release.rev.into()]));
    Ok(batch)
}

/// Publishes, by itself. Gives `false` where a release with this number exists already: somebody else published first.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn publish(
    db: &impl Database,
    scope: &TenantScope,
    new: &NewRelease<'_>,
) -> Result<bool, StoreError> {
    match db.batch(published(scope, new)?).await {
        Ok(_) => Ok(true),
        // A foreign key can fail here too (the tenant is gone); the caller's next read tells.
        Err(DatabaseError::Constraint(_)) => Ok(false),
        Err(fault) => Err(fault.into()),
    }
}

/// A file of one of the tenant's releases.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn artifact(
    db: &impl Database,
    scope: &TenantScope,
    hash: &str,
) -> Result<Option<Artifact>, StoreError> {
    let rows = db.query(Statement::scoped(scope, ARTIFACT, vec![hash.into()])).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let kind = [ArtifactKind::Stylesheet, ArtifactKind::Config]
        .into_iter()
        .find(|kind| row.text(0) == Ok(kind.as_str()))
        .ok_or_else(|| StoreError::Stored("artifact of an unknown kind".into()))?;
    Ok(Some(Artifact { kind, hash: hash.to_owned(), body: row.text(1)?.to_owned() }))
}

fn release_of(row: &Row) -> Result<Release, StoreError> {
    let published_by = match row.optional_text(2)? {
        Some(text) => Some(text.parse::<UserId>().map_err(|fault| StoreError::Stored(fault.to_string()))?),
        None => None,
    };
    Ok(Release {
        rev: row.integer(0)?,
        manifest: serde_json::from_str(row.text(1)?)?,
        published_by,
        published_at: UnixMillis(row.integer(3)?),
    })
}
