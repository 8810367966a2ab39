//! Invitations into a tenant's team. Their codes are stored as hashes; an address has one that is pending at most.

use crate::{Read, StoreError, identity::sessions::assigned_role};
use livery_domain::{
    clock::UnixMillis,
    id::{InvitationId, TenantId, UserId},
    identity::{credential::Credential, email::Email},
    people::{member::AssignedRole, team::InvitationStatus},
    tenancy::tenant::TenantScope,
};
use livery_platform::{Database, Row, Statement, Value};

const PAGE: &str = "
    SELECT i.id, i.email, i.role, i.custom_role_id, r.permissions, r.name AS role_name, i.status, i.invited_by, u.name,
        i.sent_count, i.sent_at, i.expires_at, i.created_at, i.ended_at
    FROM invitations i LEFT JOIN custom_roles r ON r.id = i.custom_role_id
    LEFT JOIN memberships m ON m.tenant_id = i.tenant_id AND m.user_id = i.invited_by
    LEFT JOIN users u ON u.id = m.user_id
    WHERE i.tenant_id = ?1 AND i.id < ?2
        AND (?3 = '' OR ?3 = CASE WHEN i.status = 'pending' AND i.expires_at <= ?4 THEN 'expired' ELSE i.status END)
    ORDER BY i.id DESC LIMIT ?5";
const ONE: &str = "
    SELECT i.id, i.email, i.role, i.custom_role_id, r.permissions, r.name AS role_name, i.status, i.invited_by, u.name,
        i.sent_count, i.sent_at, i.expires_at, i.created_at, i.ended_at
    FROM invitations i LEFT JOIN custom_roles r ON r.id = i.custom_role_id
    LEFT JOIN memberships m ON m.tenant_id = i.tenant_id AND m.user_id = i.invited_by
    LEFT JOIN users u ON u.id = m.user_id
    WHERE i.tenant_id = ?1 AND i.id = ?2";
const PENDING_FOR: &str = "
    SELECT i.id, i.email, i.role, i.custom_role_id, r.permissions, r.name AS role_name, i.status, i.invited_by, u.name,
        i.sent_count, i.sent_at, i.expires_at, i.created_at, i.ended_at
    FROM invitations i LEFT JOIN custom_roles r ON r.id = i.custom_role_id
    LEFT JOIN memberships m ON m.tenant_id = i.tenant_id AND m.user_id = i.invited_by
    LEFT JOIN users u ON u.id = m.user_id
    WHERE i.tenant_id = ?1 AND i.email = ?2 AND i.status = 'pending'";
const BY_CODE: &str = "SELECT tenant_id, id FROM invitations WHERE token_hash = ?1";
const HAS_CODE: &str = "SELECT 1 FROM invitations WHERE tenant_id = ?1 AND id = ?2 AND token_hash = ?3";
const ADD: &str = "
    INSERT INTO invitations
        (tenant_id, id, email, role, custom_role_id, token_hash, status, invited_by, sent_count, sent_at, expires_at, created_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'pending', ?7, 1, ?8, ?9, ?8)";
const SEND_AGAIN: &str = "
    UPDATE invitations SET token_hash = ?3, sent_count = sent_count + 1, sent_at = ?4, expires_at = ?5
    WHERE tenant_id = ?1 AND id = ?2 AND status = 'pending'";
const REVOKE: &str = "
    UPDATE invitations SET status = 'revoked', ended_at = ?3
    WHERE tenant_id = ?1 AND id = ?2 AND status = 'pending'";
const ACCEPT: &str = "
    UPDATE invitations SET status = 'accepted', ended_at = ?3, accepted_by = ?4
    WHERE tenant_id = ?1 AND id = ?2 AND status = 'pending'";

/// Sorts after every id, whatever the order of letters: ids end in hexadecimal digits.
const AFTER_ALL: &str = "inv_z";

/// An invitation as the team sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRecord {
    pub id: InvitationId,
    pub email: Email,
    pub role: AssignedRole,
    /// What the tenant calls the custom role, where there is one.
    pub role_name: Option<String>,
    /// As stored: see [`InvitationStatus::at`].
    pub status: InvitationStatus,
    pub invited_by: Option<UserId>,
    /// Who invited, while it is a member.
    pub inviter: Option<String>,
    pub sent_count: i64,
    pub sent_at: UnixMillis,
    pub expires_at: UnixMillis,
    pub created_at: UnixMillis,
    /// When it was accepted or revoked.
    pub ended_at: Option<UnixMillis>,
}

/// An invitation about to be made.
pub struct NewInvitation<'a> {
    pub id: InvitationId,
    pub email: &'a Email,
    pub role: &'a AssignedRole,
    pub code: &'a Credential,
    pub invited_by: Option<UserId>,
    pub now: UnixMillis,
    pub expires_at: UnixMillis,
}

/// Newest first, older than `before`, at most `limit`; of one status, or of all.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn page(
    db: &impl Database,
    scope: &TenantScope,
    status: Option<InvitationStatus>,
    now: UnixMillis,
    before: Option<InvitationId>,
    limit: u32,
) -> Result<Vec<InvitationRecord>, StoreError> {
    let before = before.map_or_else(|| AFTER_ALL.to_owned(), |id| id.to_string());
    let params = vec![
        before.into(),
        status.map_or("", InvitationStatus::as_str).into(),
        now.0.into(),
        i64::from(limit).into(),
    ];
    let rows = db.query(Statement::scoped(scope, PAGE, params)).await?;
    rows.iter().map(invitation_of).collect()
}

#[must_use]
pub fn find(scope: &TenantScope, id: InvitationId) -> Read<Option<InvitationRecord>> {
    Read::new(Statement::scoped(scope, ONE, vec![id.to_string().into()]), one)
}

/// The one invitation for this address that is stored as pending, expired or not.
#[must_use]
pub fn pending_for(scope: &TenantScope, email: &Email) -> Read<Option<InvitationRecord>> {
    Read::new(Statement::scoped(scope, PENDING_FOR, vec![email.as_str().into()]), one)
}

/// Whose invitation a code is of, pending or not. Asked before it is known for which tenant somebody comes.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn tenant_of_code(
    db: &impl Database,
    code: &Credential,
) -> Result<Option<(TenantId, InvitationId)>, StoreError> {
    let rows = db.query(Statement::platform(BY_CODE, vec![code.hash().into()])).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Some((row.parsed(0)?, row.parsed(1)?)))
}

/// Whether this is still the invitation's code: a new one may have been sent since.
#[must_use]
pub fn has_code(scope: &TenantScope, id: InvitationId, code: &Credential) -> Read<bool> {
    let params = vec![id.to_string().into(), code.hash().into()];
    Read::new(Statement::scoped(scope, HAS_CODE, params), |rows| Ok(!rows.is_empty()))
}

/// The statement that makes an invitation, sent once.
#[must_use]
pub fn added(scope: &TenantScope, new: &NewInvitation<'_>) -> Statement {
    let params = vec![
        new.id.to_string().into(),
        new.email.as_str().into(),
        new.role.role.as_str().into(),
        new.role.custom_role.map(|id| id.to_string()).into(),
        new.code.hash().into(),
        new.invited_by.map(|user| user.to_string()).into(),
        new.now.0.into(),
        new.expires_at.0.into(),
    ];
    Statement::scoped(scope, ADD, params)
}

/// The statement that gives a pending invitation another code and another time, as it is sent again.
#[must_use]
pub fn sent_again(
    scope: &TenantScope,
    id: InvitationId,
    code: &Credential,
    now: UnixMillis,
    expires_at: UnixMillis,
) -> Statement {
    let params = vec![id.to_string().into(), code.hash().into(), now.0.into(), expires_at.0.into()];
    Statement::scoped(scope, SEND_AGAIN, params)
}

/// The statement that takes a pending invitation back.
#[must_use]
pub fn revoked(scope: &TenantScope, id: InvitationId, now: UnixMillis) -> Statement {
    Statement::scoped(scope, REVOKE, vec![id.to_string().into(), now.0.into()])
}

/// The statement that ends a pending invitation because it was accepted.
#[must_use]
pub fn accepted(scope: &TenantScope, id: InvitationId, by: UserId, now: UnixMillis) -> Statement {
    Statement::scoped(scope, ACCEPT, vec![id.to_string().into(), now.0.into(), by.to_string().into()])
}

fn one(rows: &[Row]) -> Result<Option<InvitationRecord>, StoreError> {
    rows.first().map(invitation_of).transpose()
}

fn invitation_of(row: &Row) -> Result<InvitationRecord, StoreError> {
    let email = Email::parse(row.text(1)?).map_err(|fault| StoreError::Stored(fault.to_string()))?;
    let status = InvitationStatus::parse(row.text(6)?)
        .ok_or_else(|| StoreError::Stored("invitation of an unknown status".into()))?;
    let invited_by = match row.optional_text(7)? {
        Some(_) => Some(row.parsed(7)?),
        None => None,
    };
    let ended_at =
        if row.0.get(13) == Some(&Value::Null) { None } else { Some(UnixMillis(row.integer(13)?)) };
    Ok(InvitationRecord {
        id: row.parsed(0)?,
        email,
        role: assigned_role(row, 2)?,
        role_name: row.optional_text(5)?.map(str::to_owned),
        status,
        invited_by,
        inviter: row.optional_text(8)?.map(str::to_owned),
        sent_count: row.integer(9)?,
        sent_at: UnixMillis(row.integer(10)?),
        expires_at: UnixMillis(row.integer(11)?),
        created_at: UnixMillis(row.integer(12)?),
        ended_at,
    })
}
