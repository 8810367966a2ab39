//! How often something was tried, in windows that begin with the first try.

use crate::StoreError;
use livery_domain::{
    clock::UnixMillis,
    identity::attempt::{Bucket, LONGEST_WINDOW_SECS},
};
use livery_platform::{Database, Statement, Value, WrongShape};

/// Takes a place of bucket `?1`, if those before it (`?5`, `?7`; '' for none) had one. One more than the limit is counted,
/// so that a row over it says so, and no more.
const RESERVE: &str = "
    INSERT INTO attempts (bucket, window_start, count)
    SELECT ?1, ?2, 1
    WHERE (?5 = '' OR EXISTS (SELECT 1 FROM attempts a WHERE a.bucket = ?5 AND a.count <= ?6))
        AND (?7 = '' OR EXISTS (SELECT 1 FROM attempts a WHERE a.bucket = ?7 AND a.count <= ?8))
    ON CONFLICT (bucket) DO UPDATE SET
        window_start = CASE WHEN attempts.window_start <= ?4
            THEN excluded.window_start ELSE attempts.window_start END,
        count = CASE WHEN attempts.window_start <= ?4 THEN 1
            WHEN attempts.count > ?3 THEN attempts.count ELSE attempts.count + 1 END
    RETURNING window_start, count";
const CLEAR: &str = "DELETE FROM attempts WHERE bucket = ?1";
const GIVE_BACK: &str =
    "UPDATE attempts SET count = count - 1 WHERE bucket = ?1 AND count > 0 AND count <= ?2";
/// About fifty at once, while a failed try adds three: they do not pile up. Windows that began together go together. The
/// bound is a number and not a list of rows, for the reason given at the counters' reservations.
const SWEEP: &str = "
    DELETE FROM attempts WHERE window_start < ?1 AND window_start <= COALESCE((
        SELECT window_start FROM attempts WHERE window_start < ?1 ORDER BY window_start LIMIT 1 OFFSET 49), ?1)";

/// What became of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Granted,
    Refused {
        /// Seconds until the window ends, at least 1.
        retry_after: i64,
    },
}

/// Takes a place in each of up to three buckets, in order, in one batch. The first that is full refuses, and those after it
/// are left as they were: whoever is refused for himself uses up nothing of anybody else's.
///
/// Exact among many at once: each row is locked by the batch that counts in it. All batches take their rows in the same
/// order of kinds, so none waits for one that waits for it.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn reserve(db: &impl Database, buckets: &[Bucket], now: UnixMillis) -> Result<Verdict, StoreError> {
    let mut batch = Vec::with_capacity(buckets.len());
    for (place, bucket) in buckets.iter().enumerate() {
        let mut params: Vec<Value> = vec![
            bucket.key.as_str().into(),
            now.0.into(),
            bucket.limit.most.into(),
            now.plus_secs(-bucket.limit.window_secs).0.into(),
        ];
        for before in 0..2 {
            let before = if before < place { buckets.get(before) } else { None };
            params.push(before.map_or("", |bucket| bucket.key.as_str()).into());
            params.push(before.map_or(0, |bucket| bucket.limit.most).into());
        }
        batch.push(Statement::platform(RESERVE, params));
    }
    if batch.is_empty() {
        return Ok(Verdict::Granted);
    }
    let answers = db.batch(batch).await?;
    for (bucket, rows) in buckets.iter().zip(&answers) {
        let row = rows.first().ok_or(WrongShape(0))?;
        if row.integer(1)? > bucket.limit.most {
            let ends = UnixMillis(row.integer(0)?).plus_secs(bucket.limit.window_secs);
            let millis = ends.since(now).clamp(1, bucket.limit.window_secs * 1000);
            return Ok(Verdict::Refused { retry_after: (millis + 999) / 1000 });
        }
    }
    Ok(Verdict::Granted)
}

/// The statement that forgets the tries of a bucket.
#[must_use]
pub fn cleared(bucket: &Bucket) -> Statement {
    Statement::platform(CLEAR, vec![bucket.key.as_str().into()])
}

/// The statement that takes one try back: it was none to be counted.
#[must_use]
pub fn given_back(bucket: &Bucket) -> Statement {
    Statement::platform(GIVE_BACK, vec![bucket.key.as_str().into(), bucket.limit.most.into()])
}

/// Forgets some of the windows that are over. By itself, outside any batch: it takes rows in no order.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn sweep(db: &impl Database, now: UnixMillis) -> Result<(), StoreError> {
    let over = now.plus_secs(-LONGEST_WINDOW_SECS).0;
    db.query(Statement::platform(SWEEP, vec![over.into()])).await?;
    Ok(())
}
