//! Partners, and which tenants are theirs.

use crate::{StoreError, directory::tenant_of};
use livery_domain::{id::PartnerId, tenant::Tenant};
use livery_platform::{Database, Statement};

const TENANT: &str =
    "SELECT id, key, name, status FROM tenants WHERE partner_id = ?1 AND (id = ?2 OR key = ?2)";

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
