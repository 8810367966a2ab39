//! The platform's own people.

use crate::{
    StoreError,
    identity::people::{PasswordOf, password_row},
};
use livery_domain::identity::email::Email;
use livery_platform::{Database, Statement};

const CREDENTIALS: &str = "
    SELECT u.id, u.email, u.name, u.locale, u.password_hash, u.password_changed_at
    FROM users u JOIN operators o ON o.user_id = u.id WHERE u.email = ?1";

/// What an operator's sign-in is checked against; a person who is no operator is not found.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn credentials(db: &impl Database, email: &Email) -> Result<Option<PasswordOf>, StoreError> {
    let rows = db.query(Statement::platform(CREDENTIALS, vec![email.as_str().into()])).await?;
    rows.first().map(password_row).transpose()
}
