//! One call: a connection, a transaction, an outcome; tried again if nothing can have been committed.

mod fault;
mod transaction;
mod value;

use crate::wire::Asked;
use fault::Fault;
use futures_util::future::{Either, select};
use livery_platform::{DatabaseError, Rows};
use std::pin::pin;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_postgres::{Config, NoTls, config::SslMode};

/// A pooler nearby answers within milliseconds; one that has not answered after this long will not.
const CONNECT_MILLIS: u32 = 5_000;
/// Together with connecting, how long a caller waits at most: for a page an error is better than a longer wait.
const CALL_MILLIS: u32 = 15_000;
/// Waits before the second and the third attempt, each with a random addition of up to the same length, so that calls that
/// were refused at the same moment do not try again at the same moment.
const PAUSES: [u32; 2] = [100, 300];

/// What the runtime provides: a stream to the database, and timers.
pub trait Reach {
    type Stream: AsyncRead + AsyncWrite + Unpin + 'static;

    /// A new stream to the database. It need not be open yet.
    ///
    /// # Errors
    /// Why there is none, in words without secrets.
    fn connect(&self) -> Result<Self::Stream, String>;

    async fn pause(&self, millis: u32);

    /// A number from 0 to `below` at random. Nothing secret depends on it.
    fn chance(&self, below: u32) -> u32;

    /// Runs what is left to do when the answer is known: closing the stream.
    fn later(&self, goodbye: impl Future<Output = ()> + 'static);
}

/// Role, password and database of the connection.
pub struct Login {
    pub user: String,
    pub password: String,
    pub database: String,
}

/// Runs a batch as one transaction and gives the rows of each statement.
///
/// # Errors
/// [`DatabaseError::Constraint`]: nothing was written. [`DatabaseError::Unavailable`]: perhaps something was.
pub async fn run<R: Reach>(
    reach: &R,
    login: &Login,
    statements: &[Asked],
) -> Result<Vec<Rows>, DatabaseError> {
    if statements.is_empty() {
        return Ok(Vec::new());
    }
    // D1 and SQLite refuse it; Postgres would accept it and do nothing.
    if statements.iter().any(|statement| statement.sql.trim().is_empty()) {
        return Err(DatabaseError::Unavailable("an empty statement".into()));
    }
    let config = config(login);
    let call = pin!(attempts(reach, &config, statements));
    match select(call, pin!(reach.pause(CALL_MILLIS))).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right(_) => {
            Err(DatabaseError::Unavailable(format!("no answer within {} s", CALL_MILLIS / 1000)))
        }
    }
}

fn config(login: &Login) -> Config {
    let mut config = Config::new();
    config.user(&login.user).password(&login.password).dbname(&login.database);
    // The pooler is reached inside the runtime; the pooler itself uses TLS to the database.
    config.ssl_mode(SslMode::Disable);
    config
}

async fn attempts<R: Reach>(
    reach: &R,
    config: &Config,
    statements: &[Asked],
) -> Result<Vec<Rows>, DatabaseError> {
    for pause in PAUSES {
        match attempt(reach, config, statements).await {
            Err(fault) if fault.again => reach.pause(pause + reach.chance(pause)).await,
            outcome => return outcome.map_err(|fault| fault.error),
        }
    }
    attempt(reach, config, statements).await.map_err(|fault| fault.error)
}

async fn attempt<R: Reach>(reach: &R, config: &Config, statements: &[Asked]) -> Result<Vec<Rows>, Fault> {
    let stream = reach.connect().map_err(Fault::unreached)?;
    let connecting = pin!(config.connect_raw(stream, NoTls));
    let (client, mut connection) = match select(connecting, pin!(reach.pause(CONNECT_MILLIS))).await {
        Either::Left((connected, _)) => connected.map_err(|fault| Fault::of_connecting(&fault))?,
        Either::Right(_) => return Err(Fault::slow_connection(CONNECT_MILLIS)),
    };
    let outcome = {
        let work = pin!(transaction::run(&client, statements));
        match select(work, &mut connection).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right((ended, work)) => {
                // The statements have what was read before the end already; the others get an error.
                drop(connection);
                return work.await.map_err(|fault| match ended {
                    Err(cause) => fault.explained_by(&cause),
                    Ok(()) => fault,
                });
            }
        }
    };
    reach.later(async move {
        drop(client);
        // A failure to close changes nothing: the answer is known.
        let _ = connection.await;
    });
    outcome
}
