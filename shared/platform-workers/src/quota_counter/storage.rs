//! The object's SQL, called without an array of parameters per statement: most of a reservation's cost is the calls between
//! wasm and JavaScript.

use js_sys::JsString;
use livery_domain::{
    id::ReservationId,
    limits::lease::{LeaseId, Settlement},
};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use worker::{Result, SqlStorage, State};

const TABLES: [&str; 5] = [
    "CREATE TABLE IF NOT EXISTS counters (
        meter TEXT NOT NULL, period INTEGER NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (meter, period))",
    "CREATE TABLE IF NOT EXISTS reservations (
        meter TEXT NOT NULL, period INTEGER NOT NULL, id TEXT NOT NULL, units INTEGER NOT NULL,
        state TEXT NOT NULL, made_at INTEGER NOT NULL, PRIMARY KEY (meter, period, id))",
    // Rows are forgotten in the order of their row ids, which is that of their making.
    "DROP INDEX IF EXISTS reservations_by_age",
    // A number is assigned once, so that a settlement can't be mistaken for another lease's.
    "CREATE TABLE IF NOT EXISTS leases (
        id INTEGER PRIMARY KEY AUTOINCREMENT, meter TEXT NOT NULL, period INTEGER NOT NULL,
        units INTEGER NOT NULL, lent_until INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS leases_by_end ON leases (meter, period, lent_until)",
];
const WRITE_USED: &str = "
    INSERT INTO counters (meter, period, used) VALUES (?, ?, ?)
    ON CONFLICT (meter, period) DO UPDATE SET used = excluded.used";
/// Returns a row if the reservation holds its unit only now.
const HOLD: &str = "
    INSERT INTO reservations (meter, period, id, units, state, made_at) VALUES (?, ?, ?, ?, 'held', ?)
    ON CONFLICT (meter, period, id) DO UPDATE SET units = excluded.units, state = 'held', made_at = excluded.made_at
    WHERE state = 'released' RETURNING 1";
const HOLD_ALL: &str = "
    INSERT INTO reservations (meter, period, id, units, state, made_at)
    SELECT ?, ?, value, 1, 'held', ? FROM json_each(?) WHERE true
    ON CONFLICT (meter, period, id) DO UPDATE SET units = excluded.units, state = 'held', made_at = excluded.made_at
    WHERE state = 'released'";
const COMMIT_ALL: &str = "
    UPDATE reservations SET state = 'committed' WHERE meter = ? AND period = ? AND state = 'held'
    AND id IN (SELECT value FROM json_each(?))";
const FORGET: &str = "
    DELETE FROM reservations WHERE rowid IN (SELECT rowid FROM reservations ORDER BY rowid LIMIT ?) AND made_at < ?";

#[wasm_bindgen]
extern "C" {
    /// `SqlStorage`, with `exec` as each kind of statement calls it.
    #[derive(Clone)]
    type Sql;
    type Cursor;
    type Step;

    #[wasm_bindgen(method, structural, catch, js_name = exec)]
    fn write_used(
        this: &Sql,
        query: &JsString,
        meter: &str,
        start: f64,
        used: f64,
    ) -> std::result::Result<Cursor, JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = exec)]
    fn hold(
        this: &Sql,
        query: &JsString,
        meter: &str,
        start: f64,
        id: &str,
        units: f64,
        now: f64,
    ) -> std::result::Result<Cursor, JsValue>;

    /// For rare statements.
    #[wasm_bindgen(method, structural, catch, variadic)]
    fn exec(this: &Sql, query: &str, parameters: &[JsValue]) -> std::result::Result<Cursor, JsValue>;

    #[wasm_bindgen(method, structural, catch)]
    fn raw(this: &Cursor) -> std::result::Result<Cursor, JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    fn next(this: &Cursor) -> std::result::Result<Step, JsValue>;
    #[wasm_bindgen(method, structural, getter)]
    fn done(this: &Step) -> bool;
    #[wasm_bindgen(method, structural, getter)]
    fn value(this: &Step) -> js_sys::Array;
}

/// The tables of one tenant's counters.
pub struct Storage {
    sql: Sql,
    write_used: JsString,
    hold: JsString,
}

impl Storage {
    pub fn open(state: &State) -> Result<Self> {
        let storage: SqlStorage = state.storage().sql();
        let sql: Sql = AsRef::<JsValue>::as_ref(&storage).clone().unchecked_into();
        for table in TABLES {
            sql.exec(table, &[])?;
        }
        Ok(Self { sql, write_used: WRITE_USED.into(), hold: HOLD.into() })
    }

    /// The usage of a counter, and until when units of it are leased at most; both 0 for a counter that does not exist.
    pub fn read(&self, meter: &str, start: i64) -> Result<(u64, i64)> {
        let used = self.integer(
            "SELECT used FROM counters WHERE meter = ? AND period = ?",
            &[meter.into(), number(start)],
        )?;
        Ok((used.unwrap_or(0).max(0).unsigned_abs(), self.lent_until(meter, start)?))
    }

    pub fn lent_until(&self, meter: &str, start: i64) -> Result<i64> {
        let until = self.integer(
            "SELECT MAX(lent_until) FROM leases WHERE meter = ? AND period = ?",
            &[meter.into(), number(start)],
        )?;
        Ok(until.unwrap_or(0))
    }

    pub fn write_used(&self, meter: &str, start: i64, used: u64) -> Result<()> {
        self.sql.write_used(&self.write_used, meter, start as f64, used as f64)?;
        Ok(())
    }

    /// Reserves units for `id`; false if it had them already.
    pub fn hold(&self, meter: &str, start: i64, id: &str, units: u64, now: i64) -> Result<bool> {
        let rows = self.sql.hold(&self.hold, meter, start as f64, id, units as f64, now as f64)?;
        Ok(!rows.next()?.done())
    }

    pub fn holds(&self, meter: &str, start: i64, id: &str) -> Result<bool> {
        let found = self.integer(
            "SELECT 1 FROM reservations WHERE meter = ? AND period = ? AND id = ? AND state <> 'released'",
            &[meter.into(), number(start), id.into()],
        )?;
        Ok(found.is_some())
    }

    pub fn commit(&self, meter: &str, start: i64, id: ReservationId) -> Result<()> {
        self.sql.exec(
            "UPDATE reservations SET state = 'committed'
             WHERE meter = ? AND period = ? AND id = ? AND state = 'held'",
            &[meter.into(), number(start), id.to_string().into()],
        )?;
        Ok(())
    }

    /// The units that are free now.
    pub fn release(&self, meter: &str, start: i64, id: ReservationId) -> Result<u64> {
        let freed = self.integer(
            "UPDATE reservations SET state = 'released'
             WHERE meter = ? AND period = ? AND id = ? AND state = 'held' RETURNING units",
            &[meter.into(), number(start), id.to_string().into()],
        )?;
        Ok(freed.unwrap_or(0).max(0).unsigned_abs())
    }

    pub fn lend(&self, meter: &str, start: i64, units: u64, until: i64) -> Result<LeaseId> {
        let id = self.integer(
            "INSERT INTO leases (meter, period, units, lent_until) VALUES (?, ?, ?, ?) RETURNING id",
            &[meter.into(), number(start), (units as f64).into(), number(until)],
        )?;
        id.map(LeaseId).ok_or_else(|| "a lease got no number".into())
    }

    /// Ends a lease and returns its units; `None` if it was settled before.
    pub fn end(&self, meter: &str, start: i64, lease: LeaseId) -> Result<Option<u64>> {
        let units = self.integer(
            "DELETE FROM leases WHERE id = ? AND meter = ? AND period = ? RETURNING units",
            &[number(lease.0), meter.into(), number(start)],
        )?;
        Ok(units.map(|units| units.max(0).unsigned_abs()))
    }

    /// Reserves a unit for each id that has none; returns how many.
    pub fn hold_all(&self, meter: &str, start: i64, settlement: &Settlement, now: i64) -> Result<u64> {
        let ids = serde_json::to_string(&settlement.reservations)?;
        self.sql.exec(HOLD_ALL, &[meter.into(), number(start), number(now), ids.into()])?;
        let held = self.integer("SELECT changes()", &[])?.unwrap_or(0).max(0).unsigned_abs();
        if !settlement.committed.is_empty() {
            let ids = serde_json::to_string(&settlement.committed)?;
            self.sql.exec(COMMIT_ALL, &[meter.into(), number(start), ids.into()])?;
        }
        Ok(held)
    }

    /// Forgets reservations made before `made_at`, at most so many of the oldest.
    pub fn forget_reservations(&self, most: u64, made_at: i64) -> Result<()> {
        self.sql.exec(FORGET, &[(most as f64).into(), number(made_at)])?;
        Ok(())
    }

    /// Forgets leases that ended before `lent_until`. Their units stay counted.
    pub fn forget_leases(&self, lent_until: i64) -> Result<()> {
        self.sql.exec("DELETE FROM leases WHERE lent_until < ?", &[number(lent_until)])?;
        Ok(())
    }

    fn integer(&self, query: &str, parameters: &[JsValue]) -> Result<Option<i64>> {
        let row = self.sql.exec(query, parameters)?.raw()?.next()?;
        if row.done() {
            return Ok(None);
        }
        // `MAX` of no rows is NULL, which is no number.
        Ok(row.value().get(0).as_f64().map(|value| value as i64))
    }
}

/// Milliseconds, counts and row ids: all below 2^53.
fn number(value: i64) -> JsValue {
    (value as f64).into()
}
