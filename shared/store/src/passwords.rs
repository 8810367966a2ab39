//! New passwords.

use livery_domain::{clock::UnixMillis, id::UserId};
use livery_platform::Statement;

/// Only over the hash that was read: of two changes at once one is made.
const REHASH: &str = "UPDATE users SET password_hash = ?3 WHERE id = ?1 AND password_hash = ?2";
const CHANGE: &str = "
    UPDATE users SET password_hash = ?3, password_changed_at = ?4 WHERE id = ?1 AND password_hash = ?2 RETURNING id";

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
