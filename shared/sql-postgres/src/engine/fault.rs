//! The failures: what went wrong, whether it may be tried again, and a message without data.

use livery_platform::DatabaseError;
use std::error::Error as _;
use tokio_postgres::{
    Error,
    error::{DbError, Severity, SqlState},
};

/// An error of one attempt.
#[derive(Debug)]
pub(super) struct Fault {
    pub error: DatabaseError,
    /// Nothing was committed for certain, and another attempt may succeed.
    pub again: bool,
    /// The connection ended, and this side of it does not know why.
    closed: bool,
}

impl Fault {
    fn unavailable(text: impl Into<String>, again: bool) -> Self {
        Self { error: DatabaseError::Unavailable(text.into()), again, closed: false }
    }

    /// There is no stream to the database.
    pub fn unreached(why: String) -> Self {
        Self::unavailable(why, true)
    }

    /// No answer while connecting. The caller has waited long enough, so it is not tried again.
    pub fn slow_connection(millis: u32) -> Self {
        Self::unavailable(format!("no connection within {} s", millis / 1000), false)
    }

    /// Before any statement was sent: a database that is starting, has no connection left or is absent may be available
    /// soon; one that refuses the password will refuse it again.
    pub fn of_connecting(fault: &Error) -> Self {
        let again = fault.as_db_error().is_none_or(|told| passing(told.code()));
        Self { again, ..Self::of(fault) }
    }

    /// Of the statement at `position` of what was sent, the first of which begins the transaction.
    pub fn of_statement(position: usize, fault: &Error) -> Self {
        let again = match fault.as_db_error() {
            Some(told) if rolled_back(told.code()) => true,
            // The session ended before there was a transaction.
            Some(told) if position == 0 => fatal(told) && passing(told.code()),
            _ => false,
        };
        Self { again, ..Self::of(fault) }
    }

    /// The answer can't be parsed, or is too large.
    pub fn of_answer(text: impl Into<String>) -> Self {
        Self::unavailable(text, false)
    }

    /// The reason why the connection ended; a statement only knows that it ended.
    pub fn explained_by(self, cause: &Error) -> Self {
        if self.closed { Self { again: self.again, ..Self::of(cause) } } else { self }
    }

    fn of(fault: &Error) -> Self {
        let Some(told) = fault.as_db_error() else {
            let text = fault.source().map_or_else(|| fault.to_string(), |cause| format!("{fault}: {cause}"));
            return Self { closed: fault.is_closed(), ..Self::unavailable(text, false) };
        };
        let error = match told.code().code().get(..2) {
            Some("23") => DatabaseError::Constraint(text(told)),
            _ => DatabaseError::Unavailable(text(told)),
        };
        Self { error, again: false, closed: false }
    }
}

/// Postgres puts values into `detail`, which is left out, and into the messages about data that it can't read.
fn text(told: &DbError) -> String {
    let code = told.code().code();
    if code.starts_with("22") { format!("{code}: data") } else { format!("{code}: {}", told.message()) }
}

fn fatal(told: &DbError) -> bool {
    matches!(told.parsed_severity(), Some(Severity::Fatal | Severity::Panic))
}

/// The whole transaction was undone so that another could go on: the classic reason to try again.
fn rolled_back(code: &SqlState) -> bool {
    [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(code)
}

/// No connection left, starting, stopping, or the pooler can't reach the server.
fn passing(code: &SqlState) -> bool {
    *code == SqlState::TOO_MANY_CONNECTIONS
        || ["57P", "08"].iter().any(|class| code.code().starts_with(class))
}
