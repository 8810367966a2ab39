//! What a tenant's plan has of each feature, and what it has otherwise.

use crate::{Read, StoreError};
use livery_domain::{
    clock::UnixMillis,
    tenancy::{
        flag::{Flag, Flags},
        tenant::TenantScope,
    },
};
use livery_platform::{Database, Row, Statement};
use serde_json::{Map, Value as Json};

const OF_TENANT: &str = "
    SELECT p.flags, o.key, o.value FROM tenants t JOIN plans p ON p.key = t.plan_key
    LEFT JOIN flag_overrides o ON o.tenant_id = t.id
    WHERE t.id = ?1";

const OVERRIDE: &str = "
    INSERT INTO flag_overrides (tenant_id, key, value, updated_at) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (tenant_id, key) DO UPDATE SET value = ?3, updated_at = ?4";
const RESET: &str = "DELETE FROM flag_overrides WHERE tenant_id = ?1 AND key = ?2";

/// All flags of a tenant, in one query; the defaults where the tenant is gone. Stored values that are no JSON or of the wrong
/// type are passed over.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn of_tenant(db: &impl Database, scope: &TenantScope) -> Result<Flags, StoreError> {
    as_they_count(scope).from(db).await
}

/// The same, to be asked for beside something else.
#[must_use]
pub fn as_they_count(scope: &TenantScope) -> Read<Flags> {
    Read::new(Statement::scoped(scope, OF_TENANT, vec![]), flags_of)
}

fn flags_of(rows: &[Row]) -> Result<Flags, StoreError> {
    let mut plan = Map::new();
    let mut overrides = Map::new();
    for row in rows {
        if plan.is_empty() {
            plan = serde_json::from_str(row.text(0)?).unwrap_or_default();
        }
        if let (Some(key), Some(value)) = (row.optional_text(1)?, row.optional_text(2)?) {
            overrides.insert(key.to_owned(), serde_json::from_str(value).unwrap_or(Json::Null));
        }
    }
    Ok(Flags::evaluate(&plan, &overrides))
}

/// The statement that gives a tenant a value of its own.
#[must_use]
pub fn overridden(scope: &TenantScope, flag: Flag, value: &Json, now: UnixMillis) -> Statement {
    Statement::scoped(scope, OVERRIDE, vec![flag.as_str().into(), value.to_string().into(), now.0.into()])
}

/// The statement that gives a tenant what its plan has again.
#[must_use]
pub fn reset(scope: &TenantScope, flag: Flag) -> Statement {
    Statement::scoped(scope, RESET, vec![flag.as_str().into()])
}
