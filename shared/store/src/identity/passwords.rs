//! New passwords.

use crate::StoreError;
use livery_domain::{
    clock::UnixMillis,
    id::{TenantId, UserId},
    identity::email::Email,
};
use livery_platform::{Database, Statement, Value, WrongShape};

/// Only over the hash that was read: of two changes at once one is made.
const REHASH: &str = "UPDATE users SET password_hash = ?3 WHERE id = ?1 AND password_hash = ?2";
const CHANGE: &str = "
    UPDATE users SET password_hash = ?3, password_changed_at = ?4 WHERE id = ?1 AND password_hash = ?2 RETURNING id";
const ASK: &str = "
    INSERT INTO password_resets (hash, user_id, tenant_id, created_at, expires_at)
    SELECT ?1, u.id, m.tenant_id, ?4, ?5 FROM users u JOIN memberships m ON m.user_id = u.id
    WHERE m.tenant_id = ?2 AND u.email = ?3 RETURNING user_id";
const ASK_AS_OPERATOR: &str = "
    INSERT INTO password_resets (hash, user_id, created_at, expires_at)
    SELECT ?1, u.id, ?3, ?4 FROM users u JOIN operators o ON o.user_id = u.id WHERE u.email = ?2 RETURNING user_id";
const FIND: &str = "
    SELECT p.user_id, p.tenant_id, p.expires_at, p.used_at, u.email, u.name, u.locale, u.password_hash
    FROM password_resets p JOIN users u ON u.id = p.user_id WHERE p.hash = ?1";
const RESET: &str = "
    UPDATE users SET password_hash = ?3, password_changed_at = ?4
    WHERE id = ?1 AND password_hash = ?2 AND EXISTS (
        SELECT 1 FROM password_resets p
        WHERE p.hash = ?5 AND p.user_id = ?1 AND p.used_at IS NULL AND p.expires_at > ?4)
    RETURNING id";
const SPEND: &str = "UPDATE password_resets SET used_at = ?2 WHERE user_id = ?1 AND used_at IS NULL";
const FORGET: &str = "DELETE FROM password_resets WHERE user_id = ?1 AND expires_at < ?2";

/// The statement that stores the same password's hash anew, unless it has become another one meanwhile.
#[must_use]
pub fn rehashed(user: UserId, old_hash: &str, new_hash: &str) -> Statement {
    Statement::platform(REHASH, vec![user.to_string().into(), old_hash.into(), new_hash.into()])
}

/// The statement that gives a person another password, unless it has become another one meanwhile; a row if it did.
#[must_use]
pub fn changed(user: UserId, old_hash: &str, new_hash: &str, now: UnixMillis) -> Statement {
    let params = vec![user.to_string().into(), old_hash.into(), new_hash.into(), now.0.into()];
    Statement::platform(CHANGE, params)
}

/// How long a link is known after it expired: a person who opens it late is told that it did.
const KEPT_SECS: i64 = 7 * 86_400;

/// A link that was sent once.
pub struct Reset {
    pub user: UserId,
    /// The tenant at whose host it was asked for; `None` at the platform's own.
    pub tenant: Option<TenantId>,
    /// Whether it is good still.
    pub live: bool,
    pub email: Email,
    pub name: String,
    /// Language tag.
    pub locale: Option<String>,
    /// PHC text.
    pub password_hash: String,
}

/// Keeps the hash of a link for a member of the tenant, or for an operator; `false` where nobody has the address there, after
/// the same work.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn ask(
    db: &impl Database,
    tenant: Option<TenantId>,
    email: &Email,
    hash: &str,
    now: UnixMillis,
    expires_at: UnixMillis,
) -> Result<bool, StoreError> {
    let mut params: Vec<Value> = vec![hash.into()];
    let sql = if let Some(tenant) = tenant {
        params.push(tenant.to_string().into());
        ASK
    } else {
        ASK_AS_OPERATOR
    };
    params.extend([email.as_str().into(), now.0.into(), expires_at.0.into()]);
    Ok(!db.query(Statement::platform(sql, params)).await?.is_empty())
}

/// # Errors
/// [`StoreError`] where the database fails.
pub async fn found(db: &impl Database, hash: &str, now: UnixMillis) -> Result<Option<Reset>, StoreError> {
    let rows = db.query(Statement::platform(FIND, vec![hash.into()])).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let tenant = match row.optional_text(1)? {
        Some(_) => Some(row.parsed(1)?),
        None => None,
    };
    Ok(Some(Reset {
        user: row.parsed(0)?,
        tenant,
        live: row.integer(2)? > now.0 && row.optional_integer(3)?.is_none(),
        email: Email::parse(row.text(4)?).map_err(|_| WrongShape(4))?,
        name: row.text(5)?.to_owned(),
        locale: row.optional_text(6)?.map(str::to_owned),
        password_hash: row.text(7)?.to_owned(),
    }))
}

/// The statement that gives a person another password by a link that is good still; a row if it did. First of its batch:
/// of two at once with one link one is made.
#[must_use]
pub fn reset(user: UserId, old_hash: &str, new_hash: &str, link: &str, now: UnixMillis) -> Statement {
    let params = vec![user.to_string().into(), old_hash.into(), new_hash.into(), now.0.into(), link.into()];
    Statement::platform(RESET, params)
}

/// The statements that make every link of a person useless, and forget those that are long over.
#[must_use]
pub fn links_spent(user: UserId, now: UnixMillis) -> [Statement; 2] {
    let user: Value = user.to_string().into();
    let over = now.plus_secs(-KEPT_SECS).0;
    [
        Statement::platform(SPEND, vec![user.clone(), now.0.into()]),
        Statement::platform(FORGET, vec![user, over.into()]),
    ]
}
