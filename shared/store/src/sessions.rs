//! What people are signed in with.

use crate::StoreError;
use livery_domain::{
    clock::UnixMillis,
    id::{SessionId, UserId},
    member::{AssignedRole, Role},
    permission::PermissionSet,
    tenant::TenantScope,
};
use livery_platform::{Database, Row, Statement, WrongShape};

const STANDING: &str = "
    SELECT m.role, m.custom_role_id, r.permissions, s.expires_at
    FROM sessions s
    JOIN memberships m ON m.tenant_id = s.tenant_id AND m.user_id = s.user_id
    LEFT JOIN custom_roles r ON r.id = m.custom_role_id
    WHERE s.tenant_id = ?1 AND s.id = ?2 AND s.user_id = ?3 AND s.ended_at IS NULL";
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
}

impl SessionKind {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Console => "console",
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

/// What the person behind a live session may do in the tenant now; `None` where the session has ended or the person is no
/// member any more.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn standing(
    db: &impl Database,
    scope: &TenantScope,
    session: SessionId,
    user: UserId,
    now: UnixMillis,
) -> Result<Option<AssignedRole>, StoreError> {
    let params = vec![session.to_string().into(), user.to_string().into()];
    let rows = db.query(Statement::scoped(scope, STANDING, params)).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    if row.integer(3)? <= now.0 {
        return Ok(None);
    }
    assigned_role(row, 0).map(Some)
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
