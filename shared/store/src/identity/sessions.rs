//! What people are signed in with.

use crate::{Read, StoreError};
use livery_domain::{
    clock::UnixMillis,
    id::{SessionId, UserId},
    people::{member::AssignedRole, permission::PermissionSet, role::Role},
    tenancy::tenant::TenantScope,
};
use livery_platform::{Database, Row, Statement, WrongShape};

const STANDING: &str = "
    SELECT m.role, m.custom_role_id, r.permissions, s.expires_at
    FROM sessions s
    JOIN memberships m ON m.tenant_id = s.tenant_id AND m.user_id = s.user_id
    LEFT JOIN custom_roles r ON r.id = m.custom_role_id
    WHERE s.tenant_id = ?1 AND s.id = ?2 AND s.user_id = ?3 AND s.ended_at IS NULL";
const OF_COOKIE: &str = "
    SELECT s.id, s.user_id, s.seen_at, s.expires_at, m.role, m.custom_role_id, r.permissions
    FROM sessions s
    JOIN memberships m ON m.tenant_id = s.tenant_id AND m.user_id = s.user_id
    LEFT JOIN custom_roles r ON r.id = m.custom_role_id
    WHERE s.tenant_id = ?1 AND s.secret_hash = ?2 AND s.kind = 'console' AND s.ended_at IS NULL";
const OPEN_FOR_OPERATOR: &str = "
    INSERT INTO sessions (id, user_id, kind, secret_hash, address, user_agent, created_at, seen_at, expires_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8)";
const OPERATOR: &str = "
    SELECT s.expires_at FROM sessions s JOIN operators o ON o.user_id = s.user_id
    WHERE s.id = ?1 AND s.user_id = ?2 AND s.kind = 'operator' AND s.ended_at IS NULL";
const LIVE: &str = "
    SELECT s.id, s.kind, s.tenant_id, t.key, t.name, s.address, s.user_agent, s.created_at, s.seen_at, s.expires_at
    FROM sessions s LEFT JOIN tenants t ON t.id = s.tenant_id
    WHERE s.user_id = ?1 AND s.ended_at IS NULL AND s.expires_at > ?2
    ORDER BY s.seen_at DESC, s.id DESC LIMIT ?3";
const END: &str = "
    UPDATE sessions SET ended_at = ?3, ended_why = ?4
    WHERE user_id = ?1 AND id = ?2 AND ended_at IS NULL AND expires_at > ?3 RETURNING id";
const END_OTHERS: &str = "
    UPDATE sessions SET ended_at = ?3, ended_why = ?4
    WHERE user_id = ?1 AND id <> ?2 AND ended_at IS NULL AND expires_at > ?3 RETURNING id";
/// The least recently seen beyond `?4`. At most one is added at a time.
const END_SURPLUS: &str = "
    UPDATE sessions SET ended_at = ?2, ended_why = ?3 WHERE id IN (
        SELECT id FROM sessions WHERE user_id = ?1 AND ended_at IS NULL AND expires_at > ?2
        ORDER BY seen_at DESC, id DESC LIMIT 1000 OFFSET ?4)";
const SEEN: &str =
    "UPDATE sessions SET seen_at = ?2, address = ?3, user_agent = ?4 WHERE id = ?1 AND seen_at < ?5";
const FORGET_TOKENS: &str = "
    DELETE FROM refresh_tokens WHERE session_id IN (SELECT id FROM sessions WHERE user_id = ?1 AND expires_at < ?2)";
const FORGET: &str = "DELETE FROM sessions WHERE user_id = ?1 AND expires_at < ?2";
const OPEN: &str = "
    INSERT INTO sessions (tenant_id, id, user_id, kind, secret_hash, address, user_agent, created_at, seen_at, expires_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9)";

/// How a session is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    /// Access tokens that are refreshed.
    Api,
    /// A cookie.
    Console,
    /// One of the platform's own people, in no tenant.
    Operator,
}

impl SessionKind {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Console => "console",
            Self::Operator => "operator",
        }
    }
}

/// A session about to begin.
pub struct NewSession<'a> {
    pub id: SessionId,
    pub user: UserId,
    pub kind: SessionKind,
    /// Hash of a console's cookie.
    pub secret_hash: Option<String>,
    pub address: Option<&'a str>,
    pub user_agent: Option<&'a str>,
    pub now: UnixMillis,
    pub expires_at: UnixMillis,
}

/// The statement that begins a session in a tenant: part of the batch that signs in.
#[must_use]
pub fn opened(scope: &TenantScope, new: &NewSession<'_>) -> Statement {
    let params = vec![
        new.id.to_string().into(),
        new.user.to_string().into(),
        new.kind.as_str().into(),
        new.secret_hash.clone().into(),
        new.address.into(),
        new.user_agent.into(),
        new.now.0.into(),
        new.expires_at.0.into(),
    ];
    Statement::scoped(scope, OPEN, params)
}

/// The same for one of the platform's own people: a session in no tenant.
#[must_use]
pub fn opened_for_operator(new: &NewSession<'_>) -> Statement {
    let params = vec![
        new.id.to_string().into(),
        new.user.to_string().into(),
        new.kind.as_str().into(),
        new.secret_hash.clone().into(),
        new.address.into(),
        new.user_agent.into(),
        new.now.0.into(),
        new.expires_at.0.into(),
    ];
    Statement::platform(OPEN_FOR_OPERATOR, params)
}

/// Whether this is a live session of somebody who is one of the platform's own people now.
#[must_use]
pub fn is_operators(session: SessionId, user: UserId, now: UnixMillis) -> Read<bool> {
    let params = vec![session.to_string().into(), user.to_string().into()];
    Read::new(Statement::platform(OPERATOR, params), move |rows| {
        Ok(rows.first().map(|row| row.integer(0)).transpose()?.is_some_and(|expires_at| expires_at > now.0))
    })
}

/// Most live sessions of one person: ten devices in ten tenants. Whoever signs in more often loses the one that was not seen
/// for longest.
pub const MAX_LIVE_SESSIONS: u32 = 100;

/// A live session as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSession {
    pub id: SessionId,
    /// [`SessionKind::as_str`]
    pub kind: String,
    /// Id, key and name of the tenant; `None` for an operator's.
    pub tenant: Option<(String, String, String)>,
    pub address: Option<String>,
    pub user_agent: Option<String>,
    pub created_at: UnixMillis,
    pub seen_at: UnixMillis,
    pub expires_at: UnixMillis,
}

/// A person's live sessions in every tenant, the most recently seen first.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn live_of(
    db: &impl Database,
    user: UserId,
    now: UnixMillis,
) -> Result<Vec<LiveSession>, StoreError> {
    let params = vec![user.to_string().into(), now.0.into(), i64::from(MAX_LIVE_SESSIONS).into()];
    let rows = db.query(Statement::platform(LIVE, params)).await?;
    rows.iter().map(live_session).collect()
}

fn live_session(row: &Row) -> Result<LiveSession, StoreError> {
    let optional = |column| row.optional_text(column).map(|text| text.map(str::to_owned));
    let tenant = match (optional(2)?, optional(3)?, optional(4)?) {
        (Some(id), Some(key), Some(name)) => Some((id, key, name)),
        _ => None,
    };
    Ok(LiveSession {
        id: row.parsed(0)?,
        kind: row.text(1)?.to_owned(),
        tenant,
        address: optional(5)?,
        user_agent: optional(6)?,
        created_at: UnixMillis(row.integer(7)?),
        seen_at: UnixMillis(row.integer(8)?),
        expires_at: UnixMillis(row.integer(9)?),
    })
}

/// How long a console's session lives without being used.
const CONSOLE_IDLE_SECS: i64 = 12 * 3600;

/// A console's session with what its person may do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsoleSession {
    pub id: SessionId,
    pub user: UserId,
    pub role: AssignedRole,
    pub seen_at: UnixMillis,
    pub expires_at: UnixMillis,
}

impl ConsoleSession {
    /// Whether it is time to write down that it is in use: [`seen`].
    #[must_use]
    pub const fn is_to_be_marked(&self, now: UnixMillis) -> bool {
        now.since(self.seen_at) >= SEEN_EVERY_SECS * 1000
    }
}

/// The live session of this tenant whose cookie has this hash. One that was not used for 12 hours is none.
#[must_use]
pub fn of_cookie(scope: &TenantScope, secret_hash: &str, now: UnixMillis) -> Read<Option<ConsoleSession>> {
    Read::new(Statement::scoped(scope, OF_COOKIE, vec![secret_hash.into()]), move |rows| {
        let Some(row) = rows.first() else { return Ok(None) };
        let seen_at = UnixMillis(row.integer(2)?);
        let expires_at = UnixMillis(row.integer(3)?);
        if expires_at <= now || seen_at.plus_secs(CONSOLE_IDLE_SECS) <= now {
            return Ok(None);
        }
        let role = assigned_role(row, 4)?;
        Ok(Some(ConsoleSession { id: row.parsed(0)?, user: row.parsed(1)?, role, seen_at, expires_at }))
    })
}

/// Why a session ended. Stored by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    SignedOut,
    SignedOutEverywhere,
    PasswordChanged,
    PasswordReset,
    /// A refresh token came a second time: two hold it, and one of them should not.
    RefreshReused,
    TooMany,
}

impl Ended {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::SignedOutEverywhere => "signed_out_everywhere",
            Self::PasswordChanged => "password_changed",
            Self::PasswordReset => "password_reset",
            Self::RefreshReused => "refresh_reused",
            Self::TooMany => "too_many",
        }
    }
}

/// The statement that ends one session of a person; gives a row if it was live.
#[must_use]
pub fn ended(user: UserId, session: SessionId, now: UnixMillis, why: Ended) -> Statement {
    let params = vec![user.to_string().into(), session.to_string().into(), now.0.into(), why.as_str().into()];
    Statement::platform(END, params)
}

/// The statement that ends every live session of a person, in every tenant, but for `kept`; a row for each.
#[must_use]
pub fn all_ended(user: UserId, kept: Option<SessionId>, now: UnixMillis, why: Ended) -> Statement {
    // No session has an empty id.
    let kept = kept.map(|session| session.to_string()).unwrap_or_default();
    let params = vec![user.to_string().into(), kept.into(), now.0.into(), why.as_str().into()];
    Statement::platform(END_OTHERS, params)
}

/// The statement that ends a person's live sessions beyond [`MAX_LIVE_SESSIONS`].
#[must_use]
pub fn surplus_ended(user: UserId, now: UnixMillis) -> Statement {
    let params = vec![
        user.to_string().into(),
        now.0.into(),
        Ended::TooMany.as_str().into(),
        i64::from(MAX_LIVE_SESSIONS).into(),
    ];
    Statement::platform(END_SURPLUS, params)
}

/// How often it is written down that a session is in use.
const SEEN_EVERY_SECS: i64 = 60;

/// The statement that writes down that a session is in use, from where and with what; at most once a minute.
#[must_use]
pub fn seen(
    session: SessionId,
    now: UnixMillis,
    address: Option<&str>,
    user_agent: Option<&str>,
) -> Statement {
    let params = vec![
        session.to_string().into(),
        now.0.into(),
        address.into(),
        user_agent.into(),
        now.plus_secs(-SEEN_EVERY_SECS).0.saturating_add(1).into(),
    ];
    Statement::platform(SEEN, params)
}

/// How long a session that is over is kept, in seconds: its person can still be told why a token was refused.
const KEPT_SECS: i64 = 7 * 86_400;

/// The statements that forget a person's sessions that are long over, with their tokens.
#[must_use]
pub fn forgotten(user: UserId, now: UnixMillis) -> [Statement; 2] {
    let params = vec![user.to_string().into(), now.plus_secs(-KEPT_SECS).0.into()];
    [Statement::platform(FORGET_TOKENS, params.clone()), Statement::platform(FORGET, params)]
}

/// What the person behind a live session may do in the tenant now; `None` where the session has ended or the person is no
/// member any more.
#[must_use]
pub fn standing(
    scope: &TenantScope,
    session: SessionId,
    user: UserId,
    now: UnixMillis,
) -> Read<Option<AssignedRole>> {
    let params = vec![session.to_string().into(), user.to_string().into()];
    Read::new(Statement::scoped(scope, STANDING, params), move |rows| {
        let Some(row) = rows.first() else { return Ok(None) };
        if row.integer(3)? <= now.0 {
            return Ok(None);
        }
        assigned_role(row, 0).map(Some)
    })
}

/// The role in three columns from `column` on: built-in role, id of the custom role, its permissions.
///
/// # Errors
/// [`StoreError`] where they hold something else.
pub fn assigned_role(row: &Row, column: usize) -> Result<AssignedRole, StoreError> {
    let role = Role::parse(row.text(column)?).ok_or(WrongShape(column))?;
    let Some(id) = row.optional_text(column + 1)? else { return Ok(AssignedRole::of(role)) };
    let custom_role = id.parse().map_err(|_| WrongShape(column + 1))?;
    let permissions: PermissionSet = serde_json::from_str(row.text(column + 2)?)?;
    Ok(AssignedRole { role, custom_role: Some(custom_role), permissions })
}
