//! The people of a tenant: who is in its team, with which role, and how many places are taken.

use crate::{Read, StoreError, identity::sessions::assigned_role};
use livery_domain::{
    clock::UnixMillis,
    id::UserId,
    identity::email::Email,
    people::{member::AssignedRole, team::Seats},
    tenancy::tenant::TenantScope,
};
use livery_platform::{Database, Row, Statement, Value};
use std::collections::{BTreeMap, BTreeSet};

const PAGE: &str = "
    SELECT u.id, u.name, u.email, m.role, m.custom_role_id, r.permissions, r.name AS role_name, m.created_at,
        (SELECT MAX(s.seen_at) FROM sessions s WHERE s.tenant_id = m.tenant_id AND s.user_id = m.user_id)
    FROM memberships m JOIN users u ON u.id = m.user_id LEFT JOIN custom_roles r ON r.id = m.custom_role_id
    WHERE m.tenant_id = ?1 AND (m.created_at > ?2 OR (m.created_at = ?2 AND m.user_id > ?3))
    ORDER BY m.created_at, m.user_id LIMIT ?4";
const ONE: &str = "
    SELECT u.id, u.name, u.email, m.role, m.custom_role_id, r.permissions, r.name AS role_name, m.created_at,
        (SELECT MAX(s.seen_at) FROM sessions s WHERE s.tenant_id = m.tenant_id AND s.user_id = m.user_id)
    FROM memberships m JOIN users u ON u.id = m.user_id LEFT JOIN custom_roles r ON r.id = m.custom_role_id
    WHERE m.tenant_id = ?1 AND m.user_id = ?2";
const ONE_WITH_EMAIL: &str = "
    SELECT u.id, u.name, u.email, m.role, m.custom_role_id, r.permissions, r.name AS role_name, m.created_at,
        (SELECT MAX(s.seen_at) FROM sessions s WHERE s.tenant_id = m.tenant_id AND s.user_id = m.user_id)
    FROM memberships m JOIN users u ON u.id = m.user_id LEFT JOIN custom_roles r ON r.id = m.custom_role_id
    WHERE m.tenant_id = ?1 AND u.email = ?2";
/// `?2` is ids one after the other: a list of parameters may have 100 on D1, and this one has two for each entry of a page.
/// An id has 36 characters.
const NAMES: &str = "
    WITH RECURSIVE wanted (place) AS (
        SELECT 0 UNION ALL SELECT place + 36 FROM wanted WHERE place + 36 < length(?2))
    SELECT u.id, u.name FROM wanted
    JOIN memberships m ON m.tenant_id = ?1 AND m.user_id = substr(?2, wanted.place + 1, 36)
    JOIN users u ON u.id = m.user_id";
const OWNERS: &str = "
    SELECT COUNT(*) FROM memberships WHERE tenant_id = ?1 AND role = 'owner' AND custom_role_id IS NULL";
const SEATS: &str = "
    SELECT (SELECT COUNT(*) FROM memberships m WHERE m.tenant_id = t.id),
        (SELECT COUNT(*) FROM invitations i WHERE i.tenant_id = t.id AND i.status = 'pending' AND i.expires_at > ?2),
        p.seats
    FROM tenants t JOIN plans p ON p.key = t.plan_key WHERE t.id = ?1";
const ADD: &str = "
    INSERT INTO memberships (tenant_id, user_id, role, custom_role_id, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
const SET_ROLE: &str =
    "UPDATE memberships SET role = ?3, custom_role_id = ?4 WHERE tenant_id = ?1 AND user_id = ?2";
const END_SESSIONS: &str = "
    UPDATE sessions SET ended_at = ?3, ended_why = ?4
    WHERE tenant_id = ?1 AND user_id = ?2 AND ended_at IS NULL";
const DROP_GRANTS: &str = "DELETE FROM grants WHERE tenant_id = ?1 AND user_id = ?2";
const REMOVE: &str = "DELETE FROM memberships WHERE tenant_id = ?1 AND user_id = ?2";

/// A member of a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRecord {
    pub user: UserId,
    pub name: String,
    pub email: Email,
    pub role: AssignedRole,
    /// What the tenant calls the custom role, where there is one.
    pub role_name: Option<String>,
    pub joined_at: UnixMillis,
    /// When any of its sessions here was last used.
    pub seen_at: Option<UnixMillis>,
}

/// Members in the order in which they joined, after the one that joined then, at most `limit`.
#[must_use]
pub fn page(scope: &TenantScope, after: Option<(UnixMillis, UserId)>, limit: u32) -> Read<Vec<MemberRecord>> {
    let (joined, user) = after.map_or((-1, String::new()), |(at, user)| (at.0, user.to_string()));
    let params = vec![joined.into(), user.into(), i64::from(limit).into()];
    Read::new(Statement::scoped(scope, PAGE, params), |rows| rows.iter().map(member_of).collect())
}

#[must_use]
pub fn find(scope: &TenantScope, user: UserId) -> Read<Option<MemberRecord>> {
    Read::new(Statement::scoped(scope, ONE, vec![user.to_string().into()]), one)
}

#[must_use]
pub fn find_by_email(scope: &TenantScope, email: &Email) -> Read<Option<MemberRecord>> {
    Read::new(Statement::scoped(scope, ONE_WITH_EMAIL, vec![email.as_str().into()]), one)
}

/// How many owners the tenant has.
#[must_use]
pub fn owners(scope: &TenantScope) -> Read<u64> {
    Read::new(Statement::scoped(scope, OWNERS, vec![]), move |rows| {
        let count = rows.first().map(|row| row.integer(0)).transpose()?.unwrap_or(0);
        Ok(count.max(0).unsigned_abs())
    })
}

/// Who takes a place, and how many the plan has; none at all where the tenant is gone.
#[must_use]
pub fn seats(scope: &TenantScope, now: UnixMillis) -> Read<Seats> {
    Read::new(Statement::scoped(scope, SEATS, vec![now.0.into()]), move |rows| {
        let Some(row) = rows.first() else { return Ok(Seats { members: 0, invited: 0, limit: Some(0) }) };
        let count = |column| row.integer(column).map(|count| count.max(0).unsigned_abs());
        let limit = if row.0.get(2) == Some(&Value::Null) { None } else { Some(count(2)?) };
        Ok(Seats { members: count(0)?, invited: count(1)?, limit })
    })
}

/// What those of these people are called who are members.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn names(
    db: &impl Database,
    scope: &TenantScope,
    users: &BTreeSet<UserId>,
) -> Result<BTreeMap<UserId, String>, StoreError> {
    if users.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids: String = users.iter().map(UserId::to_string).collect();
    let rows = db.query(Statement::scoped(scope, NAMES, vec![ids.into()])).await?;
    rows.iter().map(|row| Ok((row.parsed(0)?, row.text(1)?.to_owned()))).collect()
}

/// The statement that adds a person to the team.
#[must_use]
pub fn added(scope: &TenantScope, user: UserId, role: &AssignedRole, now: UnixMillis) -> Statement {
    let mut params = assignment(user, role);
    params.push(now.0.into());
    Statement::scoped(scope, ADD, params)
}

/// The statement that gives a member another role.
#[must_use]
pub fn role_changed(scope: &TenantScope, user: UserId, role: &AssignedRole) -> Statement {
    Statement::scoped(scope, SET_ROLE, assignment(user, role))
}

/// The statements that end a membership: what the person is signed in with here, its grants, its place.
#[must_use]
pub fn removed(scope: &TenantScope, user: UserId, why: &'static str, now: UnixMillis) -> Vec<Statement> {
    let user = Value::from(user.to_string());
    vec![
        Statement::scoped(scope, END_SESSIONS, vec![user.clone(), now.0.into(), why.into()]),
        Statement::scoped(scope, DROP_GRANTS, vec![user.clone()]),
        Statement::scoped(scope, REMOVE, vec![user]),
    ]
}

fn assignment(user: UserId, role: &AssignedRole) -> Vec<Value> {
    let custom = role.custom_role.map(|id| id.to_string());
    vec![user.to_string().into(), role.role.as_str().into(), custom.into()]
}

fn one(rows: &[Row]) -> Result<Option<MemberRecord>, StoreError> {
    rows.first().map(member_of).transpose()
}

fn member_of(row: &Row) -> Result<MemberRecord, StoreError> {
    let email = Email::parse(row.text(2)?).map_err(|fault| StoreError::Stored(fault.to_string()))?;
    let seen = if row.0.get(8) == Some(&Value::Null) { None } else { Some(UnixMillis(row.integer(8)?)) };
    Ok(MemberRecord {
        user: row.parsed(0)?,
        name: row.text(1)?.to_owned(),
        email,
        role: assigned_role(row, 3)?,
        role_name: row.optional_text(6)?.map(str::to_owned),
        joined_at: UnixMillis(row.integer(7)?),
        seen_at: seen,
    })
}
