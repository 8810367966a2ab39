//! The draft brand of a tenant.

use crate::{Read, StoreError};
use livery_domain::{clock::UnixMillis, tenancy::tenant::TenantScope};
use livery_platform::{Database, Statement};
use serde_json::Value as Json;

const DRAFT: &str = "SELECT draft, version FROM themes WHERE tenant_id = ?1";
const SAVE_FIRST: &str = "
    INSERT INTO themes (tenant_id, draft, version, updated_at) VALUES (?1, ?2, 1, ?3)
    ON CONFLICT (tenant_id) DO NOTHING RETURNING version";
const SAVE_OVER: &str = "
    UPDATE themes SET draft = ?2, version = version + 1, updated_at = ?3
    WHERE tenant_id = ?1 AND version = ?4
    RETURNING version";

/// A draft and the version that a writer must name to replace it.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The theme document; read by `livery_domain::brand::theme`.
    pub theme: Json,
    /// 1, 2, 3…
    pub version: i64,
}

/// `None` where the tenant has never saved one: the default theme, version 0.
///
/// # Errors
/// [`StoreError`] where the database fails or the draft is no JSON.
pub async fn draft(db: &impl Database, scope: &TenantScope) -> Result<Option<Draft>, StoreError> {
    draft_of(scope).from(db).await
}

/// The same, to be asked for beside something else.
#[must_use]
pub fn draft_of(scope: &TenantScope) -> Read<Option<Draft>> {
    Read::new(Statement::scoped(scope, DRAFT, vec![]), |rows| {
        let Some(row) = rows.first() else { return Ok(None) };
        Ok(Some(Draft { theme: serde_json::from_str(row.text(0)?)?, version: row.integer(1)? }))
    })
}

/// The statement that replaces the draft of version `expected` (0: there is none yet) by the next version, and nothing where
/// it is at another.
#[must_use]
pub fn draft_saved(scope: &TenantScope, expected: i64, theme: &Json, now: UnixMillis) -> Statement {
    let mut params = vec![theme.to_string().into(), now.0.into()];
    let sql = if expected == 0 {
        SAVE_FIRST
    } else {
        params.push(expected.into());
        SAVE_OVER
    };
    Statement::scoped(scope, sql, params)
}

/// Replaces the draft if it is still at `expected` (0: there is none yet) and gives the new version; `None` where
/// somebody else was first. One statement, so of two writers one wins.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn save_draft(
    db: &impl Database,
    scope: &TenantScope,
    expected: i64,
    theme: &Json,
    now: UnixMillis,
) -> Result<Option<i64>, StoreError> {
    let rows = db.query(draft_saved(scope, expected, theme, now)).await?;
    Ok(rows.first().map(|row| row.integer(0)).transpose()?)
}
