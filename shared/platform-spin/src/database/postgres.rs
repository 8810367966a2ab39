//! Postgres through Spin's own pool.
//!
//! Every statement runs within a transaction, since the settings that row-level security reads end with it: no scope stays
//! on a pooled connection for its next user.

use livery_platform::{DatabaseError, Row, Rows, Statement, Value};
use livery_store::postgres_text::{SET_SCOPE, scope_of, typed};
use spin_sdk::pg::{self, DbValue, ParameterValue, PgError, QueryError};

pub struct Connection(pg::Connection);

impl Connection {
    pub async fn open(url: &str) -> Result<Self, DatabaseError> {
        // The cause may quote the URL, which contains a password.
        let connection = pg::Connection::open(url).await.map_err(|cause| match fault(cause) {
            DatabaseError::Unavailable(text) => {
                DatabaseError::Unavailable(text.replace(url, "the URL in livery_postgres_url"))
            }
            other => other,
        })?;
        let connection = Self(connection);
        // Spin's pool resets a connection's settings, but does not end a transaction that an instance left open when it
        // was stopped half-way: committed with ours, half a batch would be kept. Without one this is a warning.
        connection.word("ROLLBACK").await?;
        Ok(connection)
    }

    pub async fn run(&self, statements: &[Statement]) -> Result<Vec<Rows>, DatabaseError> {
        self.word("BEGIN").await?;
        match self.each(statements).await {
            Ok(answers) => Ok(answers),
            Err(fault) => {
                let _ = self.word("ROLLBACK").await;
                Err(fault)
            }
        }
    }

    async fn each(&self, statements: &[Statement]) -> Result<Vec<Rows>, DatabaseError> {
        let mut answers = Vec::with_capacity(statements.len());
        let mut scope = None;
        for statement in statements {
            let wanted = scope_of(statement);
            if scope.as_ref() != Some(&wanted) {
                let params: Vec<_> = wanted.iter().map(|word| Value::from(word.as_str())).collect();
                self.query(SET_SCOPE, &params).await?;
                scope = Some(wanted);
            }
            // Postgres answers an empty statement with no rows; every other engine refuses it.
            if statement.sql.trim().is_empty() {
                return Err(DatabaseError::Unavailable("an empty statement".into()));
            }
            answers.push(self.query(statement.sql, &statement.params).await?);
        }
        // A deferred constraint fails here.
        self.word("COMMIT").await?;
        Ok(answers)
    }

    async fn word(&self, sql: &str) -> Result<(), DatabaseError> {
        self.0.execute(sql, Vec::new()).await.map(|_| ()).map_err(fault)
    }

    async fn query(&self, sql: &str, params: &[Value]) -> Result<Rows, DatabaseError> {
        let (text, values) = typed(sql, params);
        let values: Vec<_> = values.into_iter().map(parameter).collect();
        let mut found = self.0.query(text, values).await.map_err(fault)?;
        let mut rows = Rows::new();
        while let Some(row) = found.rows().next().await {
            rows.push(Row(row.into_iter().map(value).collect::<Result<_, _>>()?));
        }
        found.result().await.map_err(fault)?;
        Ok(rows)
    }
}

fn parameter(value: Value) -> ParameterValue {
    match value {
        Value::Null => ParameterValue::DbNull,
        Value::Integer(value) => ParameterValue::Int64(value),
        Value::Text(text) => ParameterValue::Str(text),
    }
}

fn value(value: DbValue) -> Result<Value, DatabaseError> {
    match value {
        DbValue::DbNull => Ok(Value::Null),
        DbValue::Int16(value) => Ok(Value::Integer(value.into())),
        DbValue::Int32(value) => Ok(Value::Integer(value.into())),
        DbValue::Int64(value) => Ok(Value::Integer(value)),
        DbValue::Str(text) => Ok(Value::Text(text)),
        _ => Err(DatabaseError::Unavailable("a column of a type we do not use".into())),
    }
}

/// The message of Postgres, without the values that it quotes: its `detail` contains the key that was taken.
fn fault(fault: pg::Error) -> DatabaseError {
    match fault {
        pg::Error::PgError(PgError::QueryFailed(QueryError::DbError(said))) => {
            let text = format!("{} ({})", said.message, said.code);
            // Class 23: integrity constraint violation.
            if said.code.starts_with("23") {
                DatabaseError::Constraint(text)
            } else {
                DatabaseError::Unavailable(format!("Postgres: {text}"))
            }
        }
        other => DatabaseError::Unavailable(format!("Postgres: {other}")),
    }
}
