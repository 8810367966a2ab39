//! Which schema this code needs. The ledger is kept by `scripts/migrate`.

use livery_platform::{DatabaseError, Rows, Statement};

/// The lowest migration that every statement of this crate runs on.
pub const NEEDED: i64 = 3;

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

/// Reads what became of [`question`]. A database that was never migrated has no ledger: both engines name the table
/// that they miss.
///
/// # Errors
/// [`DatabaseError::SchemaTooOld`] where the schema is older than [`NEEDED`]; any other failure as it is.
pub fn settle(answer: Result<Rows, DatabaseError>) -> Result<(), DatabaseError> {
    match answer {
        Err(DatabaseError::Unavailable(cause)) if is_missing_ledger(&cause) => accept(&Rows::new()),
        answer => accept(&answer?),
    }
}

/// SQLite says `no such table: schema_migrations`, Postgres `relation "schema_migrations" does not exist`.
fn is_missing_ledger(cause: &str) -> bool {
    cause.contains("schema_migrations")
        && (cause.contains("no such table") || cause.contains("does not exist"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use livery_platform::{Row, Value};

    fn at(number: i64) -> Rows {
        vec![Row(vec![Value::Integer(number)])]
    }

    /// The newest file of a folder of migrations.
    fn newest(dialect: &str) -> i64 {
        let folder = format!("{}/../../schema/{dialect}", env!("CARGO_MANIFEST_DIR"));
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        files.map(|name| name.to_str().unwrap()[..4].parse().unwrap()).max().unwrap()
    }

    #[test]
    fn the_newest_migration_of_each_engine_is_the_one_that_is_needed() {
        assert_eq!((newest("sqlite"), newest("postgres")), (NEEDED, NEEDED));
    }

    #[test]
    fn the_needed_schema_and_a_newer_one_are_accepted() {
        assert_eq!(settle(Ok(at(NEEDED))), Ok(()));
        assert_eq!(settle(Ok(at(NEEDED + 1))), Ok(()));
    }

    #[test]
    fn an_older_schema_is_refused_with_both_numbers() {
        let refused = DatabaseError::SchemaTooOld { found: NEEDED - 1, needed: NEEDED };
        assert_eq!(settle(Ok(at(NEEDED - 1))), Err(refused));
        assert_eq!(settle(Ok(at(0))), Err(DatabaseError::SchemaTooOld { found: 0, needed: NEEDED }));
    }

    #[test]
    fn a_database_without_a_ledger_is_at_nought_on_either_engine() {
        for cause in [
            "D1_ERROR: no such table: schema_migrations: SQLITE_ERROR",
            "relation \"schema_migrations\" does not exist",
        ] {
            let answer = settle(Err(DatabaseError::Unavailable(cause.to_owned())));
            assert_eq!(answer, Err(DatabaseError::SchemaTooOld { found: 0, needed: NEEDED }), "{cause}");
        }
    }

    #[test]
    fn a_database_that_does_not_answer_is_not_called_old() {
        for cause in ["connection refused", "permission denied for table schema_migrations"] {
            let fault = DatabaseError::Unavailable(cause.to_owned());
            assert_eq!(settle(Err(fault.clone())), Err(fault), "{cause}");
        }
    }
}
