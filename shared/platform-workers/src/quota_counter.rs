//! The `QuotaCounter` Durable Object: one per tenant, counting in its own SQLite.
//!
//! Called by [`crate::Workers`] as an `ExactCounter`: `POST /` with a [`Command`], answered 200 with an [`Answer`].
//!
//! Why it is exact: an object runs one thread, every command is answered without awaiting anything between its reads
//! and its writes, and the runtime holds the answer back until the writes are on disk (output gate). See
//! <https://developers.cloudflare.com/durable-objects/reference/in-memory-state/>.

use livery_domain::{
    clock::UnixMillis,
    id::ReservationId,
    quota::{Meter, Period, Reservation, Usage},
};
use serde::{Deserialize, Serialize};
use worker::{Request, Response, Result, SqlStorage, SqlStorageValue, State};

/// How long a reservation id is known: a retry after this counts again. As long as an idempotency key lives.
const RESERVATION_MILLIS: i64 = 24 * 3_600_000;

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    Reserve { meter: Meter, period: Period, limit: u64, units: u64, id: ReservationId, now: UnixMillis },
    Commit { meter: Meter, period: Period, id: ReservationId },
    Release { meter: Meter, period: Period, id: ReservationId },
    Usage { meter: Meter, period: Period, limit: u64 },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Reservation(Reservation),
    Usage(Usage),
    Done,
}

/// The object behind the exported class.
pub struct QuotaCounter {
    sql: SqlStorage,
}

impl QuotaCounter {
    /// # Errors
    /// Where the object's SQLite refuses its tables.
    pub fn new(state: &State) -> Result<Self> {
        let sql = state.storage().sql();
        sql.exec(
            "CREATE TABLE IF NOT EXISTS counters (
                meter TEXT NOT NULL, period INTEGER NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (meter, period))",
            None,
        )?;
        sql.exec(
            "CREATE TABLE IF NOT EXISTS reservations (
                meter TEXT NOT NULL, period INTEGER NOT NULL, id TEXT NOT NULL, units INTEGER NOT NULL,
                state TEXT NOT NULL, made_at INTEGER NOT NULL, PRIMARY KEY (meter, period, id))",
            None,
        )?;
        sql.exec("CREATE INDEX IF NOT EXISTS reservations_by_age ON reservations (made_at)", None)?;
        Ok(Self { sql })
    }

    /// # Errors
    /// Where the command can't be read or SQLite fails; the caller then knows nothing and retries under the same id.
    pub async fn fetch(&self, mut request: Request) -> Result<Response> {
        let command: Command = request.json().await?;
        // Invariant: no await below this line.
        Response::from_json(&self.answer(command)?)
    }

    fn answer(&self, command: Command) -> Result<Answer> {
        Ok(match command {
            Command::Reserve { meter, period, limit, units, id, now } => {
                Answer::Reservation(self.reserve(meter, period, limit, units, id, now)?)
            }
            Command::Commit { meter, period, id } => {
                self.exec(
                    "UPDATE reservations SET state = 'committed'
                     WHERE meter = ? AND period = ? AND id = ? AND state = 'held'",
                    vec![meter.as_str().into(), period.start.0.into(), id.to_string().into()],
                )?;
                Answer::Done
            }
            Command::Release { meter, period, id } => {
                self.release(meter, period, id)?;
                Answer::Done
            }
            Command::Usage { meter, period, limit } => {
                Answer::Usage(Usage { used: self.used(meter, period)?, limit })
            }
        })
    }

    fn reserve(
        &self,
        meter: Meter,
        period: Period,
        limit: u64,
        units: u64,
        id: ReservationId,
        now: UnixMillis,
    ) -> Result<Reservation> {
        self.exec(
            "DELETE FROM reservations WHERE made_at < ?",
            vec![now.0.saturating_sub(RESERVATION_MILLIS).into()],
        )?;
        let used = self.used(meter, period)?;
        if self.holds(meter, period, id)? {
            return Ok(Reservation::Granted { usage: Usage { used, limit }, repeated: true });
        }
        if used.saturating_add(units) > limit {
            return Ok(Reservation::Exceeded { usage: Usage { used, limit } });
        }
        let (amount, start) = (i64::try_from(units).unwrap_or(i64::MAX), period.start.0);
        self.exec(
            "INSERT INTO counters (meter, period, used) VALUES (?, ?, ?)
             ON CONFLICT (meter, period) DO UPDATE SET used = used + excluded.used",
            vec![meter.as_str().into(), start.into(), amount.into()],
        )?;
        self.exec(
            "INSERT INTO reservations (meter, period, id, units, state, made_at) VALUES (?, ?, ?, ?, 'held', ?)
             ON CONFLICT (meter, period, id) DO UPDATE SET units = excluded.units, state = 'held',
             made_at = excluded.made_at",
            vec![meter.as_str().into(), start.into(), id.to_string().into(), amount.into(), now.0.into()],
        )?;
        Ok(Reservation::Granted { usage: Usage { used: used + units, limit }, repeated: false })
    }

    fn release(&self, meter: Meter, period: Period, id: ReservationId) -> Result<()> {
        let freed = self.integer(
            "UPDATE reservations SET state = 'released'
             WHERE meter = ? AND period = ? AND id = ? AND state = 'held' RETURNING units",
            vec![meter.as_str().into(), period.start.0.into(), id.to_string().into()],
        )?;
        if let Some(units) = freed {
            self.exec(
                "UPDATE counters SET used = used - ? WHERE meter = ? AND period = ?",
                vec![units.into(), meter.as_str().into(), period.start.0.into()],
            )?;
        }
        Ok(())
    }

    fn holds(&self, meter: Meter, period: Period, id: ReservationId) -> Result<bool> {
        let found = self.integer(
            "SELECT units FROM reservations WHERE meter = ? AND period = ? AND id = ? AND state <> 'released'",
            vec![meter.as_str().into(), period.start.0.into(), id.to_string().into()],
        )?;
        Ok(found.is_some())
    }

    fn used(&self, meter: Meter, period: Period) -> Result<u64> {
        let used = self.integer(
            "SELECT used FROM counters WHERE meter = ? AND period = ?",
            vec![meter.as_str().into(), period.start.0.into()],
        )?;
        Ok(used.unwrap_or(0).max(0).unsigned_abs())
    }

    fn exec(&self, sql: &str, params: Vec<SqlStorageValue>) -> Result<()> {
        self.sql.exec(sql, params).map(|_| ())
    }

    fn integer(&self, sql: &str, params: Vec<SqlStorageValue>) -> Result<Option<i64>> {
        let row = self.sql.exec(sql, params)?.raw().next().transpose()?;
        Ok(row.and_then(|row| match row.first() {
            Some(SqlStorageValue::Integer(value)) => Some(*value),
            _ => None,
        }))
    }
}
