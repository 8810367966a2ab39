//! Users and their memberships.

use crate::{Read, StoreError, identity::sessions::assigned_role, tenancy::directory::WhichTenant};
use livery_domain::{
    clock::UnixMillis,
    id::{SessionId, TenantId, UserId},
    identity::email::Email,
    people::member::AssignedRole,
    tenancy::tenant::Tenant,
};
use livery_platform::{Database, Row, Statement, WrongShape};

/// At the tenant that `?1` and `?2` mean: the exact host first, then the platform's subdomain.
const CREDENTIALS_AT: &str = "
    SELECT u.id, u.password_hash, m.role, m.custom_role_id, r.permissions, u.password_changed_at, m.tenant_id
    FROM users u JOIN memberships m ON m.user_id = u.id LEFT JOIN custom_roles r ON r.id = m.custom_role_id
    WHERE u.email = ?3 AND m.tenant_id = (
        SELECT id FROM (
            SELECT d.tenant_id AS id, 0 AS rank FROM domains d WHERE d.host = ?1 AND d.status = 'verified'
            UNION ALL
            SELECT t.id, 1 AS rank FROM tenants t WHERE t.key = ?2
        ) AS found ORDER BY rank LIMIT 1)";

const PASSWORD_OF: &str = "
    SELECT id, email, name, locale, password_hash, password_changed_at FROM users WHERE id = ?1";
const PASSWORD_AT: &str = "
    SELECT id, email, name, locale, password_hash, password_changed_at FROM users WHERE email = ?1";

/// With `?3` only while that session of the person stands.
const MEMBERSHIP: &str = "
    SELECT t.id, t.key, t.name, t.status, m.role, m.custom_role_id, c.permissions
    FROM memberships m JOIN tenants t ON t.id = m.tenant_id LEFT JOIN custom_roles c ON c.id = m.custom_role_id
    WHERE m.user_id = ?1 AND m.tenant_id = ?2 AND (?3 = '' OR EXISTS (
        SELECT 1 FROM sessions s
        WHERE s.id = ?3 AND s.user_id = ?1 AND s.ended_at IS NULL AND s.expires_at > ?4))";

/// What a person is in a tenant that the person wants to go to; `None` where that is nothing, or the session that the person
/// comes from is over.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn membership(
    db: &impl Database,
    user: UserId,
    tenant: TenantId,
    from: Option<SessionId>,
    now: UnixMillis,
) -> Result<Option<(Tenant, AssignedRole)>, StoreError> {
    let from = from.map(|session| session.to_string()).unwrap_or_default();
    let params = vec![user.to_string().into(), tenant.to_string().into(), from.into(), now.0.into()];
    let rows = db.query(Statement::platform(MEMBERSHIP, params)).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let found = Tenant {
        id: row.parsed(0)?,
        key: row.parsed(1)?,
        name: row.text(2)?.to_owned(),
        status: row.parsed(3)?,
    };
    Ok(Some((found, assigned_role(row, 4)?)))
}

/// A person with the hash of the password.
#[derive(Clone)]
pub struct PasswordOf {
    pub user: UserId,
    pub email: Email,
    pub name: String,
    pub locale: Option<String>,
    /// PHC text.
    pub password_hash: String,
    /// When the password became this one; `None` where it is the first.
    pub password_changed_at: Option<UnixMillis>,
}

/// A person, in whatever tenant.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn password_of(db: &impl Database, user: UserId) -> Result<Option<PasswordOf>, StoreError> {
    let rows = db.query(Statement::platform(PASSWORD_OF, vec![user.to_string().into()])).await?;
    rows.first().map(password_row).transpose()
}

/// The person with this address, in any tenant.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn password_at(db: &impl Database, email: &Email) -> Result<Option<PasswordOf>, StoreError> {
    let rows = db.query(Statement::platform(PASSWORD_AT, vec![email.as_str().into()])).await?;
    rows.first().map(password_row).transpose()
}

/// Id, e-mail, name, locale, hash, time of the last change.
pub(crate) fn password_row(row: &Row) -> Result<PasswordOf, StoreError> {
    Ok(PasswordOf {
        user: row.parsed(0)?,
        email: Email::parse(row.text(1)?).map_err(|_| WrongShape(1))?,
        name: row.text(2)?.to_owned(),
        locale: row.optional_text(3)?.map(str::to_owned),
        password_hash: row.text(4)?.to_owned(),
        password_changed_at: row.optional_integer(5)?.map(UnixMillis),
    })
}

/// What a sign-in is checked against.
pub struct Credentials {
    pub user: UserId,
    /// PHC text.
    pub password_hash: String,
    pub role: AssignedRole,
    /// When the password became this one; `None` where it is the first.
    pub password_changed_at: Option<UnixMillis>,
}

/// The credentials of a member of the tenant that a request means, and which tenant that is; a user of other tenants only is
/// not found. To be read together with [`crate::tenancy::directory::whose`]: they count only where both found the same tenant.
#[must_use]
pub fn credentials_at(which: &WhichTenant, email: &Email) -> Read<Option<(TenantId, Credentials)>> {
    let mut params = which.params();
    params.push(email.as_str().into());
    Read::new(Statement::platform(CREDENTIALS_AT, params), |rows| {
        rows.first().map(|row| Ok((row.parsed(6)?, credentials_row(row)?))).transpose()
    })
}

fn credentials_row(row: &Row) -> Result<Credentials, StoreError> {
    Ok(Credentials {
        user: row.parsed(0)?,
        password_hash: row.text(1)?.to_owned(),
        role: assigned_role(row, 2)?,
        password_changed_at: row.optional_integer(5)?.map(UnixMillis),
    })
}
