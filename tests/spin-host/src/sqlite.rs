//! The SQLite database. As in Spin every `open` makes a connection of its own, so that a transaction belongs to the
//! instance that began it and is rolled back when that instance goes.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::{Value as Parameter, ValueRef};

use crate::interfaces::spin::sqlite::sqlite::{QueryResult, RowResult, Value};

/// How long a connection waits for another one's transaction. The driver's own default, which Spin leaves as it is.
const BUSY: Duration = Duration::from_secs(5);

/// What Spin holds of a result in memory at most.
const RESULT_BYTES: usize = 128 << 20;

#[derive(Clone)]
pub struct Connection(Arc<Mutex<rusqlite::Connection>>);

impl Connection {
    pub async fn open(path: PathBuf) -> Result<Self, String> {
        blocking(move || {
            let mut connection = rusqlite::Connection::open(path)?;
            connection.busy_timeout(BUSY)?;
            connection.authorizer(Some(authorize))?;
            Ok(Self(Arc::new(Mutex::new(connection))))
        })
        .await
    }

    pub async fn execute(&self, statement: String, parameters: Vec<Value>) -> Result<QueryResult, String> {
        self.run(move |connection| query(connection, &statement, parameters, RESULT_BYTES)).await
    }

    pub async fn last_insert_rowid(&self) -> Result<i64, String> {
        self.run(|connection| Ok(connection.last_insert_rowid())).await
    }

    pub async fn changes(&self) -> Result<u64, String> {
        self.run(|connection| Ok(connection.changes())).await
    }

    async fn run<R: Send + 'static>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> Result<R, Failure> + Send + 'static,
    ) -> Result<R, String> {
        let connection = Arc::clone(&self.0);
        blocking(move || work(&connection.lock().unwrap_or_else(PoisonError::into_inner))).await
    }
}

enum Failure {
    Sqlite(rusqlite::Error),
    TooLarge,
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// Statements block, some of them for as long as [`BUSY`]; the threads that serve must not.
async fn blocking<R: Send + 'static>(
    work: impl FnOnce() -> Result<R, Failure> + Send + 'static,
) -> Result<R, String> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(Failure::Sqlite(error))) => Err(error.to_string()),
        Ok(Err(Failure::TooLarge)) => Err(format!("query result exceeds limit of {RESULT_BYTES} bytes")),
        Err(error) => Err(error.to_string()),
    }
}

/// No other files: a component has its database and no way to the host's disk.
fn authorize(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Attach { .. } | AuthAction::Detach { .. } => Authorization::Deny,
        _ => Authorization::Allow,
    }
}

fn query(
    connection: &rusqlite::Connection,
    statement: &str,
    parameters: Vec<Value>,
    limit: usize,
) -> Result<QueryResult, Failure> {
    let mut statement = connection.prepare_cached(statement)?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let parameters = rusqlite::params_from_iter(parameters.into_iter().map(parameter));
    let mut found = statement.query(parameters)?;
    let (mut rows, mut bytes) = (Vec::new(), 0);
    while let Some(row) = found.next()? {
        let values = (0..columns.len()).map(|column| value(row, column)).collect::<Result<Vec<_>, _>>()?;
        bytes += values.iter().map(size).sum::<usize>();
        if bytes > limit {
            return Err(Failure::TooLarge);
        }
        rows.push(RowResult { values });
    }
    drop(found);
    Ok(QueryResult { columns, rows })
}

fn parameter(value: Value) -> Parameter {
    match value {
        Value::Integer(value) => Parameter::Integer(value),
        Value::Real(value) => Parameter::Real(value),
        Value::Text(value) => Parameter::Text(value),
        Value::Blob(value) => Parameter::Blob(value),
        Value::Null => Parameter::Null,
    }
}

fn value(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Value> {
    Ok(match row.get_ref(column)? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Integer(value),
        ValueRef::Real(value) => Value::Real(value),
        ValueRef::Text(value) => Value::Text(std::str::from_utf8(value)?.to_owned()),
        ValueRef::Blob(value) => Value::Blob(value.to_vec()),
    })
}

fn size(value: &Value) -> usize {
    let beyond = match value {
        Value::Text(text) => text.len(),
        Value::Blob(blob) => blob.len(),
        Value::Integer(_) | Value::Real(_) | Value::Null => 0,
    };
    size_of::<Value>() + beyond
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_directory::TestDirectory;

    async fn rows(connection: &Connection, statement: &str) -> Result<Vec<Vec<Value>>, String> {
        let result = connection.execute(statement.to_owned(), Vec::new()).await?;
        Ok(result.rows.into_iter().map(|row| row.values).collect())
    }

    async fn open_two(directory: &TestDirectory) -> (Connection, Connection) {
        let path = directory.path().join("sqlite_db.db");
        let one = Connection::open(path.clone()).await.unwrap();
        rows(&one, "CREATE TABLE t (a)").await.unwrap();
        (one, Connection::open(path).await.unwrap())
    }

    #[tokio::test]
    async fn a_transaction_belongs_to_the_connection_that_began_it() {
        let directory = TestDirectory::new();
        let (one, other) = open_two(&directory).await;
        rows(&one, "BEGIN IMMEDIATE").await.unwrap();
        rows(&one, "INSERT INTO t VALUES (1)").await.unwrap();
        assert!(rows(&other, "SELECT a FROM t").await.unwrap().is_empty());
        rows(&one, "COMMIT").await.unwrap();
        assert_eq!(rows(&other, "SELECT a FROM t").await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn a_connection_dropped_within_a_transaction_rolls_it_back() {
        let directory = TestDirectory::new();
        let (one, other) = open_two(&directory).await;
        rows(&one, "BEGIN IMMEDIATE").await.unwrap();
        rows(&one, "INSERT INTO t VALUES (1)").await.unwrap();
        drop(one);
        rows(&other, "BEGIN IMMEDIATE").await.unwrap();
        assert!(rows(&other, "SELECT a FROM t").await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_second_writer_waits_for_the_first() {
        let directory = TestDirectory::new();
        let (one, other) = open_two(&directory).await;
        rows(&one, "BEGIN IMMEDIATE").await.unwrap();
        let waiting = tokio::spawn(async move { rows(&other, "BEGIN IMMEDIATE").await });
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(!waiting.is_finished());
        rows(&one, "COMMIT").await.unwrap();
        waiting.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn every_type_goes_in_and_comes_out_as_it_was() {
        let directory = TestDirectory::new();
        let (one, _) = open_two(&directory).await;
        let values = vec![
            Value::Integer(i64::MIN),
            Value::Real(0.5),
            Value::Text("ä".to_owned()),
            Value::Blob(vec![0, 255]),
            Value::Null,
        ];
        let result = one.execute("SELECT ?, ?, ?, ?, ? AS e".to_owned(), values.clone()).await.unwrap();
        assert_eq!(format!("{:?}", result.rows[0].values), format!("{values:?}"));
        assert_eq!(result.columns[4], "e");
    }

    #[tokio::test]
    async fn attaching_another_file_is_denied() {
        let directory = TestDirectory::new();
        let (one, _) = open_two(&directory).await;
        assert!(rows(&one, "ATTACH ':memory:' AS other").await.is_err());
    }

    #[tokio::test]
    async fn two_statements_at_once_are_refused_instead_of_half_run() {
        let directory = TestDirectory::new();
        let (one, other) = open_two(&directory).await;
        assert!(rows(&one, "INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)").await.is_err());
        assert!(rows(&other, "SELECT a FROM t").await.unwrap().is_empty());
    }

    #[test]
    fn a_result_beyond_the_limit_is_refused() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        assert!(matches!(
            query(&connection, "SELECT zeroblob(4096)", Vec::new(), 4096),
            Err(Failure::TooLarge)
        ));
        assert!(query(&connection, "SELECT zeroblob(4096)", Vec::new(), 8192).is_ok());
    }
}
