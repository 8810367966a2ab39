//! `Database` over the engine that the settings name.
//!
//! A connection is used by one statement or batch at a time: a second one at the same moment, of this request or of another
//! that the instance serves, would run within the first one's transaction. So each takes a connection
//! out of the pool, or opens one, and puts it back only when nothing is left open on it. A connection to Postgres stays with
//! its request and not longer: Spin shares 64 to a database among all functions. One to SQLite is a handle on the host's own
//! file, and these are not limited: the instance keeps it, and opens no more than it has requests at the same time.

mod postgres;
mod sqlite;

use crate::{Spin, settings::Engine};
use futures_util::future::{Either, select};
use livery_platform::{Database, DatabaseError, Rows, Statement};
use livery_store::schema;
use spin_sdk::time::sleep;
use std::{
    cell::{Cell, RefCell},
    pin::pin,
    time::Duration,
};

/// How long a statement or batch waits at most, for a place in Spin's pool and for the answer: without a bound it would wait
/// for ever for a server that is frozen or cut off. Longer than the wait for SQLite's lock.
const LONGEST: Duration = Duration::from_secs(30);

/// The connections of one instance.
pub struct Pool {
    engine: Engine,
    idle: RefCell<Vec<Connection>>,
    /// The schema's number only grows while an instance lives, so it is checked once.
    schema_accepted: Cell<bool>,
}

enum Connection {
    Sqlite(sqlite::Connection),
    Postgres(postgres::Connection),
}

impl Connection {
    async fn open(engine: &Engine) -> Result<Self, DatabaseError> {
        Ok(match engine {
            Engine::Sqlite => Self::Sqlite(sqlite::Connection::open().await?),
            Engine::Postgres { url } => Self::Postgres(postgres::Connection::open(url).await?),
        })
    }

    /// All or nothing. After an error the connection is not used again.
    async fn run(&self, statements: &[Statement]) -> Result<Vec<Rows>, DatabaseError> {
        match self {
            Self::Sqlite(connection) => connection.run(statements).await,
            Self::Postgres(connection) => connection.run(statements).await,
        }
    }
}

impl Pool {
    pub const fn new(engine: Engine) -> Self {
        Self { engine, idle: RefCell::new(Vec::new()), schema_accepted: Cell::new(false) }
    }

    /// Returns to Spin the connections that are not in use and that other instances may need.
    pub fn close_idle(&self) {
        if matches!(self.engine, Engine::Postgres { .. }) {
            self.idle.take();
        }
    }

    async fn run(&self, statements: &[Statement]) -> Result<Vec<Rows>, DatabaseError> {
        match select(pin!(self.answers(statements)), pin!(sleep(LONGEST))).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right(_) => {
                Err(DatabaseError::Unavailable(format!("no answer within {} s", LONGEST.as_secs())))
            }
        }
    }

    async fn answers(&self, statements: &[Statement]) -> Result<Vec<Rows>, DatabaseError> {
        let idle = self.idle.borrow_mut().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => Connection::open(&self.engine).await?,
        };
        if !self.schema_accepted.get() {
            accept_schema(&connection).await?;
            self.schema_accepted.set(true);
        }
        let answers = connection.run(statements).await?;
        self.idle.borrow_mut().push(connection);
        Ok(answers)
    }
}

/// Refuses a database that this code is too new for, before anything is run on it.
async fn accept_schema(connection: &Connection) -> Result<(), DatabaseError> {
    let answer = connection.run(&[schema::question()]).await;
    schema::settle(answer.map(|answers| answers.into_iter().next().unwrap_or_default()))
}

impl Database for Spin {
    async fn query(&self, statement: Statement) -> Result<Rows, DatabaseError> {
        let answers = self.database.run(&[statement]).await?;
        Ok(answers.into_iter().next().unwrap_or_default())
    }

    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DatabaseError> {
        self.database.run(&statements).await
    }
}
