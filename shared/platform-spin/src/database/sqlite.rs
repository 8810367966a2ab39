//! SQLite in the host's own process: the database of one host. Several hosts need Postgres.

use crate::monotonic;
use livery_platform::{DatabaseError, Row, Rows, Statement, Value};
use spin_sdk::{sqlite, time::sleep};
use std::time::Duration;

/// How long a statement waits for the lock of the single writer: a thousand writers at once are done before that.
const PATIENCE: Duration = Duration::from_secs(25);
/// The upper bound of the wait between two tries grows from the first value to the second; each wait is drawn at random
/// below it. A thousand waiters then try a thousand times a second; many more tries would slow the writer down.
const FIRST_PAUSE: Duration = Duration::from_millis(16);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

pub struct Connection(sqlite::Connection);

impl Connection {
    pub async fn open() -> Result<Self, DatabaseError> {
        let connection = sqlite::Connection::open_default().await.map(Self).map_err(fault)?;
        // SQLite's own waiting blocks one of the host's threads for each waiter. With as many waiters as threads the writer
        // has none to continue on, and all of them time out. So the wait is here, where a waiter blocks no thread. An engine
        // behind Spin without this pragma waits in its own way.
        let _ = connection.word("PRAGMA busy_timeout = 0").await;
        Ok(connection)
    }

    /// A single statement is a transaction already. A batch takes the writer's lock at its begin: one that began with a read
    /// could not write after another writer had written.
    pub async fn run(&self, statements: &[Statement]) -> Result<Vec<Rows>, DatabaseError> {
        if let [statement] = statements {
            return Ok(vec![patiently(async || self.statement(statement).await).await?]);
        }
        patiently(async || self.word("BEGIN IMMEDIATE").await).await?;
        match self.each(statements).await {
            Ok(answers) => Ok(answers),
            Err(fault) => {
                // Closing the connection would end the transaction too; this way at once.
                let _ = self.word("ROLLBACK").await;
                Err(fault)
            }
        }
    }

    async fn each(&self, statements: &[Statement]) -> Result<Vec<Rows>, DatabaseError> {
        let mut answers = Vec::with_capacity(statements.len());
        for statement in statements {
            answers.push(self.statement(statement).await?);
        }
        self.word("COMMIT").await?;
        Ok(answers)
    }

    async fn word(&self, sql: &str) -> Result<(), DatabaseError> {
        let done = self.0.execute(sql, []).await.map_err(fault)?;
        done.result().await.map_err(fault)
    }

    async fn statement(&self, statement: &Statement) -> Result<Rows, DatabaseError> {
        let params = statement.params.iter().map(|value| match value {
            Value::Null => sqlite::Value::Null,
            Value::Integer(value) => sqlite::Value::Integer(*value),
            Value::Text(text) => sqlite::Value::Text(text.clone()),
        });
        let found = self.0.execute(statement.sql, params).await.map_err(fault)?;
        let rows = found.collect().await.map_err(fault)?;
        rows.into_iter()
            .map(|row| row.values.into_iter().map(value).collect::<Result<_, _>>().map(Row))
            .collect()
    }
}

/// Tries again if the lock was not free: nothing was executed then.
async fn patiently<T>(ask: impl AsyncFn() -> Result<T, DatabaseError>) -> Result<T, DatabaseError> {
    let until = monotonic() + PATIENCE;
    let mut pause = FIRST_PAUSE;
    loop {
        match ask().await {
            Err(DatabaseError::Unavailable(cause))
                if cause.contains("database is locked") && monotonic() < until =>
            {
                sleep(spread(pause)).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
            answer => return answer,
        }
    }
}

/// A random time below `most`, so that writers that collided do not try again at the same moment.
fn spread(most: Duration) -> Duration {
    let mut drawn = [0; 2];
    // Without entropy they try again at the same moment, after the longest wait.
    if getrandom::fill(&mut drawn).is_err() {
        return most;
    }
    most * u32::from(u16::from_le_bytes(drawn)) / 65_536
}

fn value(value: sqlite::Value) -> Result<Value, DatabaseError> {
    match value {
        sqlite::Value::Null => Ok(Value::Null),
        sqlite::Value::Integer(value) => Ok(Value::Integer(value)),
        sqlite::Value::Text(text) => Ok(Value::Text(text)),
        sqlite::Value::Real(_) | sqlite::Value::Blob(_) => {
            Err(DatabaseError::Unavailable("a column of a type we do not use".into()))
        }
    }
}

fn fault(fault: sqlite::Error) -> DatabaseError {
    match fault {
        // SQLite's own messages, which Spin passes on.
        sqlite::Error::Io(text) if text.contains("constraint failed") => DatabaseError::Constraint(text),
        other => DatabaseError::Unavailable(format!("SQLite: {other}")),
    }
}
