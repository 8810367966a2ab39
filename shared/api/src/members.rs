//! The people of a tenant: `/v1/members`.

use crate::{
    Exchange, Problem, ProblemKind, Response,
    audit::{self, Decision, Planned},
    body, headers,
    page::{Asked, Page},
    problem::FieldFault,
    scope::{self, Member},
};
use http::StatusCode;
use livery_domain::{
    clock::UnixMillis,
    id::{RoleId, UserId},
    member::{AssignedRole, Role},
    permission::Permission,
    team,
};
use livery_platform::{Configured, Database};
use livery_store::{
    members::{self, MemberRecord},
    roles,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

/// # Errors
/// Every problem of the routes below.
pub async fn route<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let method = exchange.request.method().as_str();
    match exchange.segments().as_slice() {
        ["v1", "members"] => match method {
            "GET" | "HEAD" => {
                let member = scope::member(exchange).await?;
                let asked = Asked::of(exchange)?;
                Ok(list(exchange, &member, &asked).await?.shown(exchange, &asked, &[]))
            }
            _ => Err(Problem::method_not_allowed("GET, HEAD")),
        },
        ["v1", "members", user] => match method {
            "GET" | "HEAD" => {
                let member = scope::member(exchange).await?;
                Ok(headers::json(StatusCode::OK, &show(exchange, &member, named(user)?).await?))
            }
            "PATCH" => {
                let member = scope::member(exchange).await?;
                let choice = body::small_patch(exchange)?;
                let changed = change_role(exchange, &member, named(user)?, &choice).await?;
                Ok(headers::json(StatusCode::OK, &changed))
            }
            "DELETE" => {
                let member = scope::member(exchange).await?;
                remove(exchange, &member, named(user)?).await?;
                Ok(headers::no_content())
            }
            _ => Err(Problem::method_not_allowed("GET, HEAD, PATCH, DELETE")),
        },
        _ => Err(Problem::not_found()),
    }
}

fn named(user: &str) -> Result<UserId, Problem> {
    user.parse().map_err(|_| Problem::not_found())
}

/// A person of the tenant's team.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MemberView {
    /// `usr_…`
    pub user_id: UserId,
    pub name: String,
    pub email: String,
    /// A built-in role; where there is a custom one, that counts and not this.
    pub role: Role,
    /// A role that the tenant made for itself; null where the built-in one counts.
    pub custom_role: Option<CustomRoleView>,
    /// RFC 3339, UTC.
    pub joined_at: String,
    /// When any of its sessions here was last used, RFC 3339, UTC; null where it never signed in.
    pub last_seen_at: Option<String>,
}

/// A custom role where somebody has it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CustomRoleView {
    /// `rol_…`
    pub id: RoleId,
    pub name: String,
}

impl CustomRoleView {
    /// The custom role of an assignment, under the name that it has.
    #[must_use]
    pub fn of(role: &AssignedRole, name: Option<String>) -> Option<Self> {
        role.custom_role.map(|id| Self { id, name: name.unwrap_or_default() })
    }
}

impl From<MemberRecord> for MemberView {
    fn from(record: MemberRecord) -> Self {
        Self {
            user_id: record.user,
            name: record.name,
            email: record.email.as_str().to_owned(),
            role: record.role.role,
            custom_role: CustomRoleView::of(&record.role, record.role_name),
            joined_at: record.joined_at.rfc3339(),
            last_seen_at: record.seen_at.map(UnixMillis::rfc3339),
        }
    }
}

/// Which role somebody is to have: exactly one of the two.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RoleChoice {
    /// `owner`, `admin`, `manager`, `member` or `viewer`.
    pub role: Option<Role>,
    /// `rol_…` of a role that the tenant made for itself.
    pub custom_role: Option<RoleId>,
}

impl RoleChoice {
    /// The role as it stands now, and the name of a custom one.
    ///
    /// # Errors
    /// 422 where both or none is named, or the tenant has no such role.
    pub async fn resolve<P: Database>(
        &self,
        exchange: &Exchange<'_, P>,
        member: &Member,
    ) -> Result<(AssignedRole, Option<String>), Problem> {
        let fault = |pointer, detail| {
            let faults = vec![FieldFault::new(pointer, detail)];
            Problem::new(ProblemKind::InvalidContent).faults(faults)
        };
        match (self.role, self.custom_role) {
            (Some(role), None) => Ok((AssignedRole::of(role), None)),
            (None, Some(id)) => {
                let role = roles::find(exchange.platform, &member.scope, id, exchange.now)
                    .await?
                    .ok_or_else(|| fault("/custom_role", "There is no such role here."))?;
                // Where the custom role is taken away, least is left.
                let assigned =
                    AssignedRole { role: Role::Viewer, custom_role: Some(id), permissions: role.permissions };
                Ok((assigned, Some(role.name)))
            }
            _ => Err(fault("/role", "Name either `role` or `custom_role`.")),
        }
    }
}

/// A role as the audit log tells it.
pub(crate) fn audited(role: &AssignedRole) -> Json {
    match role.custom_role {
        Some(id) => json!({ "custom_role": id }),
        None => json!({ "role": role.role }),
    }
}

/// Everybody in the order in which they joined.
///
/// # Errors
/// 403 without `members.read`; 400 for a cursor that is not ours.
pub async fn list<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    asked: &Asked,
) -> Result<Page<MemberView>, Problem> {
    member.require(Permission::MembersRead)?;
    let after = asked.after(|cursor| {
        let (joined, user) = cursor.split_once('.')?;
        Some((UnixMillis(joined.parse().ok().filter(|at| *at >= 0)?), user.parse().ok()?))
    })?;
    let found = members::page(exchange.platform, &member.scope, after, asked.wanted()).await?;
    let page = Page::of(asked, found, |last| format!("{}.{}", last.joined_at.0, last.user));
    Ok(page.map(MemberView::from))
}

/// # Errors
/// 403 without `members.read`, but for oneself; 404 for who is no member.
pub async fn show<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    user: UserId,
) -> Result<MemberView, Problem> {
    if member.actor.user() != Some(user) {
        member.require(Permission::MembersRead)?;
    }
    let found = members::find(exchange.platform, &member.scope, user).await?;
    found.map(MemberView::from).ok_or_else(Problem::not_found)
}

/// Gives somebody another role. It counts for what they write at once, and for what they read within ten minutes.
///
/// # Errors
/// 403 without `members.manage` or by the rules of `team`; 404 for who is no member; 409 `last_owner`; 422.
pub async fn change_role<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    user: UserId,
    choice: &RoleChoice,
) -> Result<MemberView, Problem> {
    member.require(Permission::MembersManage)?;
    audit::change(exchange, &member.scope, member.actor, async || {
        let changer = member.changer(exchange, Permission::MembersManage).await?;
        let found = members::find(exchange.platform, &member.scope, user).await?;
        let found = found.ok_or_else(Problem::not_found)?;
        let (next, role_name) = choice.resolve(exchange, member).await?;
        let owners = members::owners(exchange.platform, &member.scope).await?;
        changer.may_change_role(&found.role, &next, owners)?;
        if (found.role.role, found.role.custom_role) == (next.role, next.custom_role) {
            return Ok(Decision::Nothing(found.into()));
        }
        Ok(Decision::Change(Planned {
            action: "member.role_changed",
            target: user.to_string(),
            before: Some(audited(&found.role)),
            after: Some(audited(&next)),
            statements: vec![members::role_changed(&member.scope, user, &next)],
            output: MemberRecord { role: next, role_name, ..found }.into(),
        }))
    })
    .await
}

/// Takes somebody out of the team, and ends what it is signed in with here. Oneself: anybody may leave.
///
/// # Errors
/// 403 without `members.manage` or by the rules of `team`; 404 for who is no member; 409 `last_owner`.
pub async fn remove<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    user: UserId,
) -> Result<(), Problem> {
    let leaves = member.actor.user() == Some(user);
    if !leaves {
        member.require(Permission::MembersManage)?;
    }
    audit::change(exchange, &member.scope, member.actor, async || {
        let changer =
            if leaves { None } else { Some(member.changer(exchange, Permission::MembersManage).await?) };
        let found = members::find(exchange.platform, &member.scope, user).await?;
        let found = found.ok_or_else(Problem::not_found)?;
        let owners = members::owners(exchange.platform, &member.scope).await?;
        match changer {
            None => team::may_leave(&found.role, owners)?,
            Some(changer) => changer.may_remove(&found.role, owners)?,
        }
        let (action, why) = if leaves { ("member.left", "left") } else { ("member.removed", "removed") };
        Ok(Decision::Change(Planned {
            action,
            target: user.to_string(),
            before: Some(audited(&found.role)),
            after: None,
            statements: members::removed(&member.scope, user, why, exchange.now),
            output: (),
        }))
    })
    .await
}

/// Places of the team.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeatsView {
    pub members: u64,
    /// Invitations that can still be accepted: each holds a place.
    pub invited: u64,
    /// What the plan has; null for as many as anybody likes.
    pub limit: Option<u64>,
}

/// # Errors
/// 403 without `members.read`.
pub async fn seats<P: Database>(exchange: &Exchange<'_, P>, member: &Member) -> Result<SeatsView, Problem> {
    member.require(Permission::MembersRead)?;
    let seats = members::seats(exchange.platform, &member.scope, exchange.now).await?;
    Ok(SeatsView { members: seats.members, invited: seats.invited, limit: seats.limit })
}
