//! Partners, and which tenants are theirs.

use crate::{Read, StoreError, tenancy::directory::tenant_of};
use livery_domain::{clock::UnixMillis, id::PartnerId, tenancy::tenant::Tenant};
use livery_platform::{Database, Row, Statement};

const TENANT: &str =
    "SELECT id, key, name, status FROM tenants WHERE partner_id = ?1 AND (id = ?2 OR key = ?2)";
const ADD: &str = "INSERT INTO partners (id, name, created_at) VALUES (?1, ?2, ?3)";
const ONE: &str = "SELECT id, name, created_at FROM partners WHERE id = ?1";
/// Ids begin with the time, so their order is that of making.
const PAGE: &str = "
    SELECT id, name, created_at FROM partners WHERE (?1 = '' OR id < ?1) ORDER BY id DESC LIMIT ?2";

/// Who runs tenants of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    pub id: PartnerId,
    pub name: String,
    pub created_at: UnixMillis,
}

/// The tenant that is called `named` (its id or its key), if it is the partner's. Ids and keys are never alike: an id has an
/// underscore.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn tenant(
    db: &impl Database,
    partner: PartnerId,
    named: &str,
) -> Result<Option<Tenant>, StoreError> {
    let params = vec![partner.to_string().into(), named.into()];
    let rows = db.query(Statement::platform(TENANT, params)).await?;
    rows.first().map(tenant_of).transpose()
}

/// The statement that adds a partner.
#[must_use]
pub fn added(partner: &Partner) -> Statement {
    let params =
        vec![partner.id.to_string().into(), partner.name.as_str().into(), partner.created_at.0.into()];
    Statement::platform(ADD, params)
}

#[must_use]
pub fn one(partner: PartnerId) -> Read<Option<Partner>> {
    Read::new(Statement::platform(ONE, vec![partner.to_string().into()]), move |rows| {
        rows.first().map(partner_of).transpose()
    })
}

/// Partners made before `before` (all where it is `None`), newest first, at most `limit`.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn page(
    db: &impl Database,
    before: Option<PartnerId>,
    limit: u32,
) -> Result<Vec<Partner>, StoreError> {
    let before = before.map(|partner| partner.to_string()).unwrap_or_default();
    let rows = db.query(Statement::platform(PAGE, vec![before.into(), i64::from(limit).into()])).await?;
    rows.iter().map(partner_of).collect()
}

fn partner_of(row: &Row) -> Result<Partner, StoreError> {
    Ok(Partner { id: row.parsed(0)?, name: row.text(1)?.to_owned(), created_at: UnixMillis(row.integer(2)?) })
}
