//! Which plane a statement belongs to, determined by SQLite itself: a schema with the tables of one plane only prepares the
//! statements of that plane and no other. So no SQL text is parsed, and the check is exactly what a separate database for
//! one plane would require.

use crate::schema::migrated;
use livery_platform::Statement;
use rusqlite::Connection;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
};

/// Each table with its plane.
const DECLARED: &str = include_str!("../../../schema/planes.json");

/// The statement that makes a tenant: its batch inserts the first rows of the tenant's data too, since a tenant is created
/// atomically.
const MAKES_A_TENANT: &str = "INSERT INTO tenants ";

/// On which planes a statement can run: on both where it touches the log of changes alone, or no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Planes {
    control: bool,
    data: bool,
    writes: bool,
}

impl Planes {
    const fn and(self, other: Self) -> Self {
        Self {
            control: self.control && other.control,
            data: self.data && other.data,
            writes: self.writes || other.writes,
        }
    }

    const fn is_one(self) -> bool {
        self.control || self.data
    }
}

/// The whole schema, and that of each plane by itself. The tables of both planes are in a schema of their own: a statement
/// over the log joins no other table, so that it runs on the plane that has the entries.
struct Schemas {
    whole: Connection,
    control: Connection,
    data: Connection,
    both: Connection,
    /// The planes found so far, by statement.
    known: HashMap<&'static str, Option<Planes>>,
}

impl Schemas {
    fn new() -> Result<Self, rusqlite::Error> {
        let declared: HashMap<String, String> = serde_json::from_str(DECLARED)
            .map_err(|fault| rusqlite::Error::ToSqlConversionFailure(fault.into()))?;
        let of = |plane: &str| {
            let sqlite = migrated()?;
            // A foreign key to the other plane is enforced while both are one database. It is no part of a statement.
            sqlite.pragma_update(None, "foreign_keys", false)?;
            for table in tables(&sqlite)? {
                if declared.get(&table).map(String::as_str) != Some(plane) {
                    sqlite.execute_batch(&format!("DROP TABLE {table}"))?;
                }
            }
            Ok::<_, rusqlite::Error>(sqlite)
        };
        Ok(Self {
            whole: migrated()?,
            control: of("control")?,
            data: of("data")?,
            both: of("both")?,
            known: HashMap::new(),
        })
    }

    /// `None` where it runs on no plane because it runs nowhere: a test's own, or a mistake that the engine will name.
    fn of(&mut self, sql: &'static str) -> Option<Planes> {
        if let Some(known) = self.known.get(sql) {
            return *known;
        }
        let writes = self.whole.prepare(sql).ok().map(|statement| !statement.readonly());
        let runs = |on: &Connection| on.prepare(sql).is_ok();
        let both = runs(&self.both);
        let planes = writes.map(|writes| Planes {
            control: both || runs(&self.control),
            data: both || runs(&self.data),
            writes,
        });
        self.known.insert(sql, planes);
        planes
    }
}

fn tables(sqlite: &Connection) -> Result<Vec<String>, rusqlite::Error> {
    let named = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    sqlite.prepare(named)?.query_map([], |row| row.get(0))?.collect()
}

fn schemas() -> Result<MutexGuard<'static, Schemas>, rusqlite::Error> {
    static SCHEMAS: OnceLock<Mutex<Schemas>> = OnceLock::new();
    let schemas = match SCHEMAS.get() {
        Some(schemas) => schemas,
        None => {
            let made = Mutex::new(Schemas::new()?);
            SCHEMAS.get_or_init(|| made)
        }
    };
    Ok(schemas.lock().unwrap_or_else(PoisonError::into_inner))
}

/// How the statements break the rule of two planes; `None` if they keep it. `mixed`: whether they may be of different
/// planes, as long as nothing is written.
fn broken(statements: &[Statement], mixed: bool) -> Result<Option<String>, rusqlite::Error> {
    let mut schemas = schemas()?;
    let mut all = Planes { control: true, data: true, writes: false };
    for statement in statements {
        let Some(planes) = schemas.of(statement.sql) else { continue };
        if !planes.is_one() {
            return Ok(Some(format!("a statement touches tables of both planes: {}", statement.sql)));
        }
        all = all.and(planes);
    }
    if mixed {
        return Ok(all.writes.then(|| format!("a read writes: {}", listed(statements))));
    }
    let makes_a_tenant =
        statements.iter().any(|statement| statement.sql.trim_start().starts_with(MAKES_A_TENANT));
    Ok((!all.is_one() && !makes_a_tenant)
        .then(|| format!("a batch is of both planes: {}", listed(statements))))
}

fn listed(statements: &[Statement]) -> String {
    statements.iter().map(|statement| statement.sql.trim()).collect::<Vec<_>>().join(";\n")
}

/// Stops the test that breaks the rule of two planes, by a panic: a caller might ignore an error.
pub fn hold(statements: &[Statement], mixed: bool) -> Result<(), rusqlite::Error> {
    let broken = broken(statements, mixed)?;
    assert!(broken.is_none(), "{}", broken.unwrap_or_default());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTROL: &str = "UPDATE users SET name = ?2 WHERE id = ?1";
    const DATA: &str = "UPDATE themes SET live_rev = ?2 WHERE tenant_id = ?1";
    const LOG: &str = "INSERT INTO audit_entries SELECT * FROM audit_entries WHERE tenant_id = ?1";
    const OF_BOTH: &str = "SELECT draft FROM themes WHERE tenant_id IN (SELECT id FROM tenants)";
    const LOG_WITH_NAMES: &str = "SELECT a.seq, u.name FROM audit_entries a JOIN users u ON u.id = a.actor";

    fn broken(statements: &[&'static str], mixed: bool) -> Option<String> {
        let statements: Vec<_> = statements.iter().map(|sql| Statement::platform(sql, Vec::new())).collect();
        super::broken(&statements, mixed).unwrap()
    }

    #[test]
    fn a_batch_of_one_plane_keeps_the_rule_with_the_log_of_changes_in_it() {
        for plane in [CONTROL, DATA] {
            assert_eq!(broken(&[plane], false), None);
            assert_eq!(broken(&[LOG, plane, plane, "SELECT 1 AS one"], false), None);
        }
    }

    #[test]
    fn a_batch_of_both_planes_breaks_it_unless_it_makes_a_tenant() {
        let why = broken(&[LOG, CONTROL, DATA], false).unwrap();
        assert!(why.starts_with("a batch is of both planes: INSERT INTO audit_entries"), "{why}");
        let made =
            "\n    INSERT INTO tenants (id, key, name, plan_key, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
        assert_eq!(broken(&[made, DATA, LOG], false), None);
    }

    #[test]
    fn a_statement_over_both_planes_breaks_it_in_a_batch_and_in_a_read() {
        for sql in [OF_BOTH, LOG_WITH_NAMES] {
            for mixed in [true, false] {
                let why = broken(&[sql], mixed).unwrap();
                assert_eq!(why, format!("a statement touches tables of both planes: {sql}"));
            }
        }
    }

    #[test]
    fn a_read_may_be_of_both_planes_and_may_not_write() {
        let reads = ["SELECT name FROM users", "SELECT draft FROM themes"];
        assert_eq!(broken(&reads, true), None);
        assert!(broken(&reads, false).is_some());
        assert!(broken(&[DATA], true).unwrap().starts_with("a read writes"));
    }

    #[test]
    fn every_table_has_a_plane() {
        let declared: HashMap<String, String> = serde_json::from_str(DECLARED).unwrap();
        let without: Vec<_> = tables(&migrated().unwrap())
            .unwrap()
            .into_iter()
            .filter(|table| !declared.contains_key(table))
            .collect();
        assert!(without.is_empty(), "schema/planes.json has no plane for {without:?}");
    }
}
