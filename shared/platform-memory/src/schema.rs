//! The schema of the functions' database.

use rusqlite::Connection;

/// The SQLite migrations in order.
pub const MIGRATIONS: &[&str] = &[
    include_str!("../../../schema/sqlite/0001_foundation.sql"),
    include_str!("../../../schema/sqlite/0002_counters_and_live_log.sql"),
    include_str!("../../../schema/sqlite/0003_people_and_access.sql"),
];

pub fn migrated() -> Result<Connection, rusqlite::Error> {
    let sqlite = Connection::open_in_memory()?;
    sqlite.pragma_update(None, "foreign_keys", true)?;
    for migration in MIGRATIONS {
        sqlite.execute_batch(migration)?;
    }
    Ok(sqlite)
}
