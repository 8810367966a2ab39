//! What a tenant's plan has of each feature, and what it has otherwise.

use crate::StoreError;
use livery_domain::{flag::Flags, tenant::TenantScope};
use livery_platform::{Database, Statement};
use serde_json::{Map, Value as Json};

const OF_TENANT: &str = "
    SELECT p.flags, o.key, o.value FROM tenants t JOIN plans p ON p.key = t.plan_key
    LEFT JOIN flag_overrides o ON o.tenant_id = t.id
    WHERE t.id = ?1";

/// All flags of a tenant, in one query; the defaults where the tenant is gone. Stored values that are no JSON or of the wrong
/// type are passed over.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn of_tenant(db: &impl Database, scope: &TenantScope) -> Result<Flags, StoreError> {
    let rows = db.query(Statement::scoped(scope, OF_TENANT, vec![])).await?;
    let mut plan = Map::new();
    let mut overrides = Map::new();
    for row in &rows {
        if plan.is_empty() {
            plan = serde_json::from_str(row.text(0)?).unwrap_or_default();
        }
        if let (Some(key), Some(value)) = (row.optional_text(1)?, row.optional_text(2)?) {
            overrides.insert(key.to_owned(), serde_json::from_str(value).unwrap_or(Json::Null));
        }
    }
    Ok(Flags::evaluate(&plan, &overrides))
}
