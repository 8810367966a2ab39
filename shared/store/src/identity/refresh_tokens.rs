//! Refresh tokens: each is used once and gives the next one.

use crate::{
    StoreError,
    identity::sessions::{self, assigned_role},
};
use livery_domain::{
    clock::UnixMillis,
    id::{SessionId, UserId},
    people::member::AssignedRole,
    tenancy::tenant::Tenant,
};
use livery_platform::{Database, Row, Statement};

const ISSUE: &str = "INSERT INTO refresh_tokens (hash, session_id, created_at) VALUES (?1, ?2, ?3)";
/// Every column has a name of its own: D1 gives rows by name.
const FIND: &str = "
    SELECT r.used_at, s.id AS session_id, s.user_id, s.kind, s.expires_at, s.ended_at,
        t.id AS tenant_id, t.key, t.name, t.status, m.role, m.custom_role_id, c.permissions,
        o.user_id AS operator_id
    FROM refresh_tokens r JOIN sessions s ON s.id = r.session_id
    LEFT JOIN tenants t ON t.id = s.tenant_id
    LEFT JOIN memberships m ON m.tenant_id = s.tenant_id AND m.user_id = s.user_id
    LEFT JOIN custom_roles c ON c.id = m.custom_role_id
    LEFT JOIN operators o ON o.user_id = s.user_id
    WHERE r.hash = ?1";
/// The first use counts: a token that is shown again keeps the time of its first.
const USE: &str =
    "UPDATE refresh_tokens SET used_at = COALESCE(used_at, ?2) WHERE hash = ?1 RETURNING used_at";
/// Only while the session lives.
const ISSUE_NEXT: &str = "
    INSERT INTO refresh_tokens (hash, session_id, created_at)
    SELECT ?1, s.id, ?3 FROM sessions s WHERE s.id = ?2 AND s.ended_at IS NULL AND s.expires_at > ?3
    RETURNING hash";

/// For whom a session speaks, as of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// A member of this tenant.
    Member(Tenant, AssignedRole),
    /// One of the platform's own people.
    Operator,
    /// Not valid any more.
    Nobody,
}

/// A refresh token that was once issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// When it was used first.
    pub used_at: Option<UnixMillis>,
    pub session: SessionId,
    pub user: UserId,
    /// Whether the session goes on.
    pub live: bool,
    pub expires_at: UnixMillis,
    pub standing: Standing,
}

/// The statement that issues the first token of a session: part of the batch that signs in.
#[must_use]
pub fn issued(hash: &str, session: SessionId, now: UnixMillis) -> Statement {
    Statement::platform(ISSUE, vec![hash.into(), session.to_string().into(), now.0.into()])
}

/// # Errors
/// [`StoreError`] where the database fails.
pub async fn found(db: &impl Database, hash: &str, now: UnixMillis) -> Result<Option<Found>, StoreError> {
    let rows = db.query(Statement::platform(FIND, vec![hash.into()])).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let expires_at = UnixMillis(row.integer(4)?);
    Ok(Some(Found {
        used_at: row.optional_integer(0)?.map(UnixMillis),
        session: row.parsed(1)?,
        user: row.parsed(2)?,
        live: row.optional_integer(5)?.is_none() && expires_at > now,
        expires_at,
        standing: standing_of(row)?,
    }))
}

fn standing_of(row: &Row) -> Result<Standing, StoreError> {
    if row.optional_text(6)?.is_some() {
        if row.optional_text(10)?.is_none() {
            return Ok(Standing::Nobody);
        }
        let tenant = Tenant {
            id: row.parsed(6)?,
            key: row.parsed(7)?,
            name: row.text(8)?.to_owned(),
            status: row.parsed(9)?,
        };
        return Ok(Standing::Member(tenant, assigned_role(row, 10)?));
    }
    let operator =
        row.text(3)? == sessions::SessionKind::Operator.as_str() && row.optional_text(13)?.is_some();
    Ok(if operator { Standing::Operator } else { Standing::Nobody })
}

/// What became of a token that was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotated {
    /// The next one stands.
    Next,
    /// It was used before, at that time; the next one stands all the same.
    Again(UnixMillis),
    /// The session is over: no next one.
    Over,
}

/// Uses a token and issues the next one of its session, in one batch.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn rotate(
    db: &impl Database,
    hash: &str,
    next: &str,
    session: SessionId,
    now: UnixMillis,
    seen: Statement,
) -> Result<Rotated, StoreError> {
    let batch = vec![
        Statement::platform(USE, vec![hash.into(), now.0.into()]),
        Statement::platform(ISSUE_NEXT, vec![next.into(), session.to_string().into(), now.0.into()]),
        seen,
    ];
    let answers = db.batch(batch).await?;
    let first = |place: usize| answers.get(place).and_then(|rows| rows.first());
    let (Some(used), Some(_)) = (first(0), first(1)) else { return Ok(Rotated::Over) };
    let used_at = UnixMillis(used.integer(0)?);
    Ok(if used_at == now { Rotated::Next } else { Rotated::Again(used_at) })
}
