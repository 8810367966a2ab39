//! A tenant's live channel as a log in SQL, for runtimes that hold no sockets.
//!
//! Each frame has the next number of its tenant, handed out under the row lock of `live_heads`, which is kept until the
//! frame is there to be read: whoever has read number 7 has missed nothing below it. Numbers have no gaps, so a reader
//! sees that something before it was forgotten by counting what is left.

use crate::StoreError;
use livery_domain::{
    brand::release::Rev,
    clock::UnixMillis,
    embed::live::{Cursor, Frame, REMEMBERED_RELEASES, ReleasePointer, catch_up},
    id::VisitorId,
    tenancy::tenant::TenantScope,
};
use livery_platform::{Database, Heard, Listener, MAX_FRAME_BYTES, Statement, Value};

/// How long a frame that is no release can be heard. A page without a socket asks again within half a minute; one that was away
/// for longer is greeted anew and reads its messages from the API.
const PASSING_FRAME_MILLIS: i64 = 10 * 60_000;
/// Frames in one answer: 200 of the longest are 13 MB, of the usual ones 60 KB.
const PAGE: i64 = 200;

const NEWEST_REV: &str = "SELECT last_rev FROM live_heads WHERE tenant_id = ?1";
/// Makes the head where there is none, and takes its row.
const TAKE: &str = "
    INSERT INTO live_heads (tenant_id, last_seq, last_rev) VALUES (?1, 0, 0)
    ON CONFLICT (tenant_id) DO UPDATE SET last_seq = live_heads.last_seq";
const ADD_RELEASE: &str = "
    INSERT INTO live_log (tenant_id, seq, rev, visitor_id, frame, created_at)
    SELECT tenant_id, last_seq + 1, ?2, NULL, ?3, ?4 FROM live_heads WHERE tenant_id = ?1 AND last_rev < ?2";
const ADVANCE_REV: &str = "
    UPDATE live_heads SET last_seq = last_seq + 1, last_rev = ?2 WHERE tenant_id = ?1 AND last_rev < ?2";
const ADVANCE: &str = "
    INSERT INTO live_heads (tenant_id, last_seq, last_rev) VALUES (?1, 1, 0)
    ON CONFLICT (tenant_id) DO UPDATE SET last_seq = live_heads.last_seq + 1";
const ADD_PASSING: &str = "
    INSERT INTO live_log (tenant_id, seq, rev, visitor_id, frame, created_at)
    SELECT tenant_id, last_seq, NULL, ?2, ?3, ?4 FROM live_heads WHERE tenant_id = ?1";
const FORGET_RELEASES: &str = "DELETE FROM live_log WHERE tenant_id = ?1 AND rev <= ?2";
const FORGET_PASSING: &str = "
    DELETE FROM live_log WHERE tenant_id = ?1 AND rev IS NULL AND created_at < ?2";
/// One statement sees one state of the log: the releases are those up to `last_seq`.
const REMEMBERED: &str = "
    SELECT h.last_seq, l.frame FROM live_heads h
    LEFT JOIN live_log l ON l.tenant_id = h.tenant_id AND l.rev IS NOT NULL
    WHERE h.tenant_id = ?1 ORDER BY l.rev";
/// What comes after a number: for everybody or this visitor, and beside it how many of all frames after it are kept.
const AFTER: &str = "
    SELECT h.last_seq,
        (SELECT COUNT(*) FROM live_log k WHERE k.tenant_id = ?1 AND k.seq > ?2) AS kept,
        l.seq, l.frame
    FROM live_heads h LEFT JOIN live_log l
        ON l.tenant_id = h.tenant_id AND l.seq > ?2 AND (l.visitor_id IS NULL OR l.visitor_id = ?3)
    WHERE h.tenant_id = ?1 ORDER BY l.seq LIMIT ?4";

/// Stores a release and its frame for every listener. A revision that is not newer than the last gets no frame.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn publish_release(
    db: &impl Database,
    scope: &TenantScope,
    release: ReleasePointer,
    now: UnixMillis,
) -> Result<(), StoreError> {
    let rev = release.rev;
    // Every page that begins to listen brings the live release along: one that is known already takes no lock. The
    // newest revision only grows, so reading it first loses nothing.
    let newest = db.query(Statement::scoped(scope, NEWEST_REV, vec![])).await?;
    if newest.first().map(|row| row.integer(0)).transpose()?.is_some_and(|newest| newest >= rev) {
        return Ok(());
    }
    let frame = text_of(&Frame::Release(release))?;
    db.batch(vec![
        Statement::scoped(scope, TAKE, vec![]),
        Statement::scoped(scope, ADD_RELEASE, vec![rev.into(), frame.into(), now.0.into()]),
        Statement::scoped(scope, ADVANCE_REV, vec![rev.into()]),
        Statement::scoped(scope, FORGET_RELEASES, vec![rev.saturating_sub(REMEMBERED_RELEASES).into()]),
        forget_passing(scope, now),
    ])
    .await?;
    Ok(())
}

/// Tells the pages of one visitor.
///
/// # Errors
/// [`StoreError`] where the database fails or the frame is too large.
pub async fn publish_to_visitor(
    db: &impl Database,
    scope: &TenantScope,
    visitor: VisitorId,
    frame: &Frame,
    now: UnixMillis,
) -> Result<(), StoreError> {
    tell(db, scope, Some(visitor), frame, now).await
}

/// Tells every page, once: the frame is no release, so nobody who comes later hears of it.
///
/// # Errors
/// [`StoreError`] where the database fails or the frame is too large.
pub async fn publish_to_all(
    db: &impl Database,
    scope: &TenantScope,
    frame: &Frame,
    now: UnixMillis,
) -> Result<(), StoreError> {
    tell(db, scope, None, frame, now).await
}

async fn tell(
    db: &impl Database,
    scope: &TenantScope,
    visitor: Option<VisitorId>,
    frame: &Frame,
    now: UnixMillis,
) -> Result<(), StoreError> {
    let visitor = Value::from(visitor.map(|visitor| visitor.to_string()));
    let params = vec![visitor, text_of(frame)?.into(), now.0.into()];
    db.batch(vec![
        Statement::scoped(scope, ADVANCE, vec![]),
        Statement::scoped(scope, ADD_PASSING, params),
        forget_passing(scope, now),
    ])
    .await?;
    Ok(())
}

/// What a client that knows `since` has missed.
///
/// # Errors
/// [`StoreError`] where the database fails or a frame is unreadable.
pub async fn releases_since(
    db: &impl Database,
    scope: &TenantScope,
    since: Option<Rev>,
) -> Result<Vec<Frame>, StoreError> {
    Ok(catch_up(since, &remembered(db, scope).await?.0))
}

/// What a listener hears now, without waiting: nothing where nothing was published since its cursor.
///
/// # Errors
/// [`StoreError`] where the database fails or a frame is unreadable.
pub async fn heard_now(
    db: &impl Database,
    scope: &TenantScope,
    listener: &Listener<'_>,
) -> Result<Heard, StoreError> {
    let known = match listener.cursor.and_then(number_of) {
        Some(number) => after(db, scope, listener.visitor, number).await?,
        None => None,
    };
    match known {
        Some(heard) => Ok(heard),
        None => {
            let (remembered, last_seq) = remembered(db, scope).await?;
            Ok(Heard { frames: catch_up(listener.since, &remembered), cursor: cursor_at(last_seq)? })
        }
    }
}

/// The frames after `number`; `None` where the log does not go back that far, or never came that far.
async fn after(
    db: &impl Database,
    scope: &TenantScope,
    visitor: Option<VisitorId>,
    number: i64,
) -> Result<Option<Heard>, StoreError> {
    let visitor = Value::from(visitor.map(|visitor| visitor.to_string()));
    let rows = db.query(Statement::scoped(scope, AFTER, vec![number.into(), visitor, PAGE.into()])).await?;
    let (last_seq, kept) = match rows.first() {
        Some(row) => (row.integer(0)?, row.integer(1)?),
        None => (0, 0),
    };
    if number > last_seq || kept != last_seq - number {
        return Ok(None);
    }
    let mut frames = Vec::new();
    let mut read = number;
    for row in &rows {
        // The head alone, where there is nothing to hear.
        let Some(frame) = row.optional_text(3)? else { break };
        frames.push(serde_json::from_str(frame)?);
        read = row.integer(2)?;
    }
    let more = i64::try_from(frames.len()).unwrap_or(PAGE) >= PAGE;
    Ok(Some(Heard { frames, cursor: cursor_at(if more { read } else { last_seq })? }))
}

/// The remembered releases, oldest first, and the last number handed out.
async fn remembered(
    db: &impl Database,
    scope: &TenantScope,
) -> Result<(Vec<ReleasePointer>, i64), StoreError> {
    let rows = db.query(Statement::scoped(scope, REMEMBERED, vec![])).await?;
    let last_seq = rows.first().map(|row| row.integer(0)).transpose()?.unwrap_or(0);
    let mut releases = Vec::new();
    for row in &rows {
        let Some(text) = row.optional_text(1)? else { continue };
        match serde_json::from_str(text)? {
            Frame::Release(pointer) => releases.push(pointer),
            _ => return Err(StoreError::Stored("a revision of the live log is no release".into())),
        }
    }
    Ok((releases, last_seq))
}

fn forget_passing(scope: &TenantScope, now: UnixMillis) -> Statement {
    let params = vec![now.0.saturating_sub(PASSING_FRAME_MILLIS).into()];
    Statement::scoped(scope, FORGET_PASSING, params)
}

fn text_of(frame: &Frame) -> Result<String, StoreError> {
    let text = serde_json::to_string(frame)?;
    if text.len() > MAX_FRAME_BYTES {
        return Err(StoreError::Stored(format!("a frame of {} octets", text.len())));
    }
    Ok(text)
}

/// A cursor of this log is the number of the last frame that was looked at.
fn cursor_at(number: i64) -> Result<Cursor, StoreError> {
    Cursor::parse(&number.to_string()).ok_or_else(|| StoreError::Stored(format!("frame number {number}")))
}

fn number_of(cursor: &Cursor) -> Option<i64> {
    cursor.as_str().parse().ok().filter(|number| *number >= 0)
}
