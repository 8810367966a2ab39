//! Which schema this code needs. The ledger is kept by `scripts/migrate`.

use livery_platform::{DatabaseError, Rows, Statement};

/// The lowest migration that every statement of this crate runs on.
pub const NEEDED: i64 = 2;

const APPLIED: &str = "SELECT COALESCE(MAX(number), 0) FROM schema_migrations";

/// Asks for the newest applied migration.
#[must_use]
pub const fn question() -> Statement {
    Statement::platform(APPLIED, Vec::new())
}

/// Reads the answer to [`question`].
///
/// # Errors
/// [`DatabaseError::SchemaTooOld`] where the schema is older than [`NEEDED`].
pub fn accept(answer: &Rows) -> Result<(), DatabaseError> {
    let found = answer.first().and_then(|row| row.integer(0).ok()).unwrap_or(0);
    if found < NEEDED { Err(DatabaseError::SchemaTooOld { found, needed: NEEDED }) } else { Ok(()) }
}
