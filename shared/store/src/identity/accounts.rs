//! People as such: one account per address, in however many tenants.

use crate::{Read, StoreError, identity::sessions::assigned_role};
use livery_domain::{
    clock::UnixMillis,
    id::{TenantId, UserId},
    identity::email::Email,
    locale::Locale,
    people::member::AssignedRole,
    tenancy::tenant::Tenant,
};
use livery_platform::{Database, Row, Statement};

const BY_ID: &str = "SELECT id, email, name, locale, password_hash FROM users WHERE id = ?1";
const BY_EMAIL: &str = "SELECT id, email, name, locale, password_hash FROM users WHERE email = ?1";
const TENANTS: &str = "
    SELECT t.id, t.key, t.name, t.status, m.role, m.custom_role_id, r.permissions, r.name AS role_name, m.created_at
    FROM memberships m JOIN tenants t ON t.id = m.tenant_id LEFT JOIN custom_roles r ON r.id = m.custom_role_id
    WHERE m.user_id = ?1 AND t.id > ?2 ORDER BY t.id LIMIT ?3";
const ADD: &str = "
    INSERT INTO users (id, email, name, locale, password_hash, created_at, password_changed_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)";
const CHANGE: &str = "UPDATE users SET name = ?2, locale = ?3 WHERE id = ?1";

/// A person with an account.
#[derive(Clone)]
pub struct Account {
    pub user: UserId,
    pub email: Email,
    pub name: String,
    /// The language that the person has chosen; `None` where it has chosen none.
    pub locale: Option<Locale>,
    /// PHC text.
    pub password_hash: String,
}

/// An account about to be made.
pub struct NewAccount<'a> {
    pub user: UserId,
    pub email: &'a Email,
    pub name: &'a str,
    pub locale: Option<Locale>,
    /// PHC text.
    pub password_hash: &'a str,
    pub now: UnixMillis,
}

#[must_use]
pub fn find(user: UserId) -> Read<Option<Account>> {
    Read::new(Statement::platform(BY_ID, vec![user.to_string().into()]), move |rows| {
        rows.first().map(account_of).transpose()
    })
}

#[must_use]
pub fn find_by_email(email: &Email) -> Read<Option<Account>> {
    Read::new(Statement::platform(BY_EMAIL, vec![email.as_str().into()]), |rows| {
        rows.first().map(account_of).transpose()
    })
}

/// A tenant that a person is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnTenant {
    pub tenant: Tenant,
    pub role: AssignedRole,
    /// What the tenant calls the custom role, where there is one.
    pub role_name: Option<String>,
    pub joined_at: UnixMillis,
}

/// The tenants that a person is in, oldest first, after `after`, at most `limit`.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn tenants(
    db: &impl Database,
    user: UserId,
    after: Option<TenantId>,
    limit: u32,
) -> Result<Vec<OwnTenant>, StoreError> {
    let after = after.map(|after| after.to_string()).unwrap_or_default();
    let params = vec![user.to_string().into(), after.into(), i64::from(limit).into()];
    let rows = db.query(Statement::platform(TENANTS, params)).await?;
    let own = |row: &Row| {
        let tenant = Tenant {
            id: row.parsed(0)?,
            key: row.parsed(1)?,
            name: row.text(2)?.to_owned(),
            status: row.parsed(3)?,
        };
        Ok(OwnTenant {
            tenant,
            role: assigned_role(row, 4)?,
            role_name: row.optional_text(7)?.map(str::to_owned),
            joined_at: UnixMillis(row.integer(8)?),
        })
    };
    rows.iter().map(own).collect()
}

/// The statement that makes an account. An address that has one already refuses the batch.
#[must_use]
pub fn added(new: &NewAccount<'_>) -> Statement {
    let params = vec![
        new.user.to_string().into(),
        new.email.as_str().into(),
        new.name.into(),
        new.locale.map(Locale::as_str).into(),
        new.password_hash.into(),
        new.now.0.into(),
    ];
    Statement::platform(ADD, params)
}

/// The statement that gives a person another name and language.
#[must_use]
pub fn changed(user: UserId, name: &str, locale: Option<Locale>) -> Statement {
    let params = vec![user.to_string().into(), name.into(), locale.map(Locale::as_str).into()];
    Statement::platform(CHANGE, params)
}

fn account_of(row: &Row) -> Result<Account, StoreError> {
    let email = Email::parse(row.text(1)?).map_err(|fault| StoreError::Stored(fault.to_string()))?;
    Ok(Account {
        user: row.parsed(0)?,
        email,
        name: row.text(2)?.to_owned(),
        locale: row.optional_text(3)?.and_then(Locale::parse),
        password_hash: row.text(4)?.to_owned(),
    })
}
