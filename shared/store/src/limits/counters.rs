//! Quota counters in SQL, for runtimes that have no object of their own per tenant.
//!
//! Why they are exact: every step of a counter is one batch, which is one transaction, and its first statement takes the
//! row of that counter. On SQLite a batch is `BEGIN IMMEDIATE`, so there is one writer; on Postgres the row lock lets one
//! batch per counter in, and under READ COMMITTED each later statement sees what the batch before it has left.

use crate::StoreError;
use livery_domain::{
    clock::UnixMillis,
    id::ReservationId,
    limits::quota::{Meter, Period, Reservation, Usage},
    tenancy::tenant::TenantScope,
};
use livery_platform::{Database, DatabaseError, Statement, Value, WrongShape};

/// How often a reservation is tried: one whose answer did not come may be held or not, and is safe to ask for again.
const ATTEMPTS: u32 = 2;
/// How long a reservation id is known: a retry after this counts again. As long as an idempotency key lives.
const RESERVATION_MILLIS: i64 = 24 * 3_600_000;

/// Makes the counter where there is none, and takes its row. A counter that stands above `?4` is taken without a write,
/// which on SQLite would be one to the disk.
const TAKE: &str = "
    INSERT INTO counters (tenant_id, meter, period_start, used) VALUES (?1, ?2, ?3, 0)
    ON CONFLICT (tenant_id, meter, period_start) DO UPDATE SET used = counters.used WHERE counters.used <= ?4";
/// About a hundred at once, the oldest first: a reservation adds one and forgets many, so they do not pile up. What was
/// made in the same millisecond goes together.
///
/// The bound is a number and not a list of rows: it is found once, while a list is looked up again for every row wherever
/// Postgres has no statistics of the table yet. And the meter is an expression that no index holds, so that the index by age
/// is taken, and not the key's, which holds tenant and meter and is read from end to end.
const FORGET: &str = "
    DELETE FROM reservations WHERE tenant_id = ?1 AND meter || '' = ?2 AND made_at < ?3 AND made_at <= COALESCE((
        SELECT made_at FROM reservations WHERE tenant_id = ?1 AND meter || '' = ?2 AND made_at < ?3
        ORDER BY made_at LIMIT 1 OFFSET 99), ?3)";
/// Adds the reservation as `new` if its units fit, or takes up one that was released or is forgotten.
const ADD: &str = "
    INSERT INTO reservations (tenant_id, meter, period_start, id, units, state, made_at)
    SELECT tenant_id, meter, period_start, ?4, ?5, 'new', ?6 FROM counters
    WHERE tenant_id = ?1 AND meter = ?2 AND period_start = ?3 AND used <= ?7
    ON CONFLICT (tenant_id, meter, period_start, id)
    DO UPDATE SET units = excluded.units, state = 'new', made_at = excluded.made_at
    WHERE reservations.state = 'released' OR reservations.made_at < ?8";
/// The units of a `new` reservation, and only of one, are counted.
const COUNT: &str = "
    UPDATE counters SET used = used + (
        SELECT units FROM reservations WHERE tenant_id = ?1 AND meter = ?2 AND period_start = ?3 AND id = ?4)
    WHERE tenant_id = ?1 AND meter = ?2 AND period_start = ?3 AND EXISTS (
        SELECT 1 FROM reservations
        WHERE tenant_id = ?1 AND meter = ?2 AND period_start = ?3 AND id = ?4 AND state = 'new')";
const HOLD: &str = "
    UPDATE reservations SET state = 'held'
    WHERE tenant_id = ?1 AND meter = ?2 AND period_start = ?3 AND id = ?4 AND state = 'new' RETURNING id";
/// Where the counter stands, and the id if it holds units.
const STAND: &str = "
    SELECT used, (
        SELECT id FROM reservations
        WHERE tenant_id = ?1 AND meter = ?2 AND period_start = ?3 AND id = ?4
            AND state <> 'released' AND made_at >= ?5)
    FROM counters WHERE tenant_id = ?1 AND meter = ?2 AND period_start = ?3";
const COMMIT: &str = "
    UPDATE reservations SET state = 'committed'
    WHERE tenant_id = ?1 AND meter = ?2 AND period_start = ?3 AND id = ?4 AND state = 'held'";
const GIVE_BACK: &str = "
    UPDATE counters SET used = used - (
        SELECT units FROM reservations WHERE tenant_id = ?1 AND meter = ?2 AND period_start = ?3 AND id = ?4)
    WHERE tenant_id = ?1 AND meter = ?2 AND period_start = ?3 AND EXISTS (
        SELECT 1 FROM reservations
        WHERE tenant_id = ?1 AND meter = ?2 AND period_start = ?3 AND id = ?4 AND state = 'held')";
const RELEASE: &str = "
    UPDATE reservations SET state = 'released'
    WHERE tenant_id = ?1 AND meter = ?2 AND period_start = ?3 AND id = ?4 AND state = 'held'";
const USED: &str = "SELECT used FROM counters WHERE tenant_id = ?1 AND meter = ?2 AND period_start = ?3";

/// One meter of one tenant in one period.
#[derive(Debug, Clone, Copy)]
pub struct Counter<'a> {
    pub scope: &'a TenantScope,
    pub meter: Meter,
    pub period: Period,
}

impl Counter<'_> {
    /// A statement over this counter: `?1` to `?3` name it, the rest follow.
    fn statement(&self, sql: &'static str, rest: Vec<Value>) -> Statement {
        let mut params = vec![self.meter.as_str().into(), self.period.start.0.into()];
        params.extend(rest);
        Statement::scoped(self.scope, sql, params)
    }

    fn take(&self) -> Statement {
        self.take_at_most(i64::MAX)
    }

    fn take_at_most(&self, used: i64) -> Statement {
        self.statement(TAKE, vec![used.into()])
    }

    /// Where the period is not a day old, everything that may be forgotten is of earlier ones. It waits until then: nobody
    /// holds an earlier counter's row any more, and two batches never wait for each other.
    fn forget(&self, known_since: i64) -> Option<Statement> {
        (self.period.start.0 <= known_since).then(|| {
            Statement::scoped(self.scope, FORGET, vec![self.meter.as_str().into(), known_since.into()])
        })
    }
}

/// Takes `units` of `limit`, all or none; an id that holds units already keeps them and takes no more.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn reserve(
    db: &impl Database,
    counter: Counter<'_>,
    limit: u64,
    units: u64,
    id: ReservationId,
    now: UnixMillis,
) -> Result<Reservation, StoreError> {
    let id = Value::from(id.to_string());
    let units = whole(units);
    let known_since = now.0.saturating_sub(RESERVATION_MILLIS);
    // Both are at least 0: the difference does not overflow, and is below 0 where the units never fit.
    let used_before_at_most = whole(limit) - units;
    let add = vec![id.clone(), units.into(), now.0.into(), used_before_at_most.into(), known_since.into()];
    let stand = counter.statement(STAND, vec![id.clone(), known_since.into()]);
    let mut batch = vec![
        counter.take_at_most(used_before_at_most),
        counter.statement(ADD, add),
        counter.statement(COUNT, vec![id.clone()]),
        counter.statement(HOLD, vec![id]),
        stand.clone(),
    ];
    batch.extend(counter.forget(known_since));
    let mut attempt = 1;
    let answers = loop {
        // Whoever comes to a counter that is full, or with an id that it knows, takes no lock: a crowd at the limit does
        // not keep those waiting who still have units.
        if let Some(row) = db.query(stand.clone()).await?.first() {
            let (used, holds) = (row.integer(0)?, row.optional_text(1)?.is_some());
            if holds || used > used_before_at_most {
                return Ok(outcome(used, limit, holds.then_some(Held::Before)));
            }
        }
        match db.batch(batch.clone()).await {
            Err(DatabaseError::Unavailable(_)) if attempt < ATTEMPTS => attempt += 1,
            answer => break answer?,
        }
    };
    let row = answers.get(4).and_then(|rows| rows.first()).ok_or(WrongShape(0))?;
    let holds = row.optional_text(1)?.is_some();
    let now = answers.get(3).is_some_and(|rows| !rows.is_empty());
    Ok(outcome(row.integer(0)?, limit, holds.then_some(if now { Held::Now } else { Held::Before })))
}

/// Since when an id holds its units.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Before,
    Now,
}

fn outcome(used: i64, limit: u64, held: Option<Held>) -> Reservation {
    let usage = Usage { used: used.max(0).unsigned_abs(), limit };
    match held {
        Some(held) => Reservation::Granted { usage, repeated: held == Held::Before },
        None => Reservation::Exceeded { usage, units_may_return_in_secs: None },
    }
}

/// Seals a reservation. Unknown ids are ignored.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn commit(db: &impl Database, counter: Counter<'_>, id: ReservationId) -> Result<(), StoreError> {
    // Under the counter's row: a release at the same moment either comes first or finds it sealed.
    let batch = vec![counter.take(), counter.statement(COMMIT, vec![id.to_string().into()])];
    db.batch(batch).await?;
    Ok(())
}

/// Gives the units of an uncommitted reservation back, once. Unknown, released and committed ids are ignored.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn release(db: &impl Database, counter: Counter<'_>, id: ReservationId) -> Result<(), StoreError> {
    let id = Value::from(id.to_string());
    db.batch(vec![
        counter.take(),
        counter.statement(GIVE_BACK, vec![id.clone()]),
        counter.statement(RELEASE, vec![id]),
    ])
    .await?;
    Ok(())
}

/// Where the counter stands against `limit`.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn usage(db: &impl Database, counter: Counter<'_>, limit: u64) -> Result<Usage, StoreError> {
    let rows = db.query(counter.statement(USED, vec![])).await?;
    let used = rows.first().map(|row| row.integer(0)).transpose()?.unwrap_or(0);
    Ok(Usage { used: used.max(0).unsigned_abs(), limit })
}

/// Units as SQL counts them: what is above 9 × 10^18 is as good as endless.
fn whole(units: u64) -> i64 {
    i64::try_from(units).unwrap_or(i64::MAX)
}
