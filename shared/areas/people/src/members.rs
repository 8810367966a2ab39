//! The people of a tenant: `/v1/members`.

use http::StatusCode;
use livery_access::{
    self as access, Member,
    change::{self, Decision, Planned},
};
use livery_domain::{
    clock::UnixMillis,
    id::{RoleId, UserId},
    operations::action::Action,
    people::{member::AssignedRole, permission::Permission, role::Role, team},
    reason::Reason,
};
use livery_http::{
    Exchange, Problem, ProblemKind, Response, body, headers,
    page::{Page, PageRequest},
    problem::FieldFault,
    route::Parts,
};
use livery_platform::{Configured, Database};
use livery_store::people::{
    members::{self, MemberRecord},
    roles,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

livery_http::routes! {
    /// Who is in the team.
    Route in Admin tagged "Team";

    /// Who is in the team
    ListMembers = Get "/v1/members", Tenant, Member(Some(Permission::MembersRead));
    /// One of them
    GetMember = Get "/v1/members/{user_id}", Tenant, Member(Some(Permission::MembersRead));
    /// Give a member another role
    ///
    /// Nobody hands on what they don't have, only owners touch owners, and the last owner stays one.
    UpdateMemberRole = Patch "/v1/members/{user_id}", Tenant, Member(Some(Permission::MembersManage));
    /// Remove a member, or leave
    ///
    /// Ends the person's sessions in this tenant.
    RemoveMember = Delete "/v1/members/{user_id}", Tenant, Member(Some(Permission::MembersManage));
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured>(
    route: Route,
    exchange: &Exchange<'_, P>,
    parts: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ListMembers => {
            let member = access::member(exchange).await?;
            let asked = PageRequest::of(exchange)?;
            Ok(list(exchange, &member, &asked).await?.shown(exchange, &asked, &[]))
        }
        Route::GetMember => {
            let member = access::member(exchange).await?;
            Ok(headers::json(StatusCode::OK, &show(exchange, &member, parts.id()?).await?))
        }
        Route::UpdateMemberRole => {
            let member = access::member(exchange).await?;
            let choice = body::small_patch(exchange)?;
            let changed = change_role(exchange, &member, parts.id()?, &choice).await?;
            Ok(headers::json(StatusCode::OK, &changed))
        }
        Route::RemoveMember => {
            let member = access::member(exchange).await?;
            remove(exchange, &member, parts.id()?).await?;
            Ok(headers::no_content())
        }
    }
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
        let fault = |pointer, reason, detail| {
            let faults = vec![FieldFault::new(pointer, reason, detail)];
            Problem::new(ProblemKind::InvalidContent).faults(faults)
        };
        match (self.role, self.custom_role) {
            (Some(role), None) => Ok((AssignedRole::of(role), None)),
            (None, Some(id)) => {
                let role =
                    roles::find(exchange.platform, &member.scope, id, exchange.now).await?.ok_or_else(
                        || fault("/custom_role", Reason::DoesNotExist, "There is no such role here."),
                    )?;
                // Where the custom role is taken away, least is left.
                let assigned =
                    AssignedRole { role: Role::Viewer, custom_role: Some(id), permissions: role.permissions };
                Ok((assigned, Some(role.name)))
            }
            _ => Err(fault("/role", Reason::WrongShape, "Name either `role` or `custom_role`.")),
        }
    }
}

/// A role as the audit log tells it.
pub fn audited(role: &AssignedRole) -> Json {
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
    asked: &PageRequest,
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
    change::write(exchange, &member.scope, member.actor, async || {
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
            action: Action::MemberRoleChanged,
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
    change::write(exchange, &member.scope, member.actor, async || {
        let changer =
            if leaves { None } else { Some(member.changer(exchange, Permission::MembersManage).await?) };
        let found = members::find(exchange.platform, &member.scope, user).await?;
        let found = found.ok_or_else(Problem::not_found)?;
        let owners = members::owners(exchange.platform, &member.scope).await?;
        match changer {
            None => team::may_leave(&found.role, owners)?,
            Some(changer) => changer.may_remove(&found.role, owners)?,
        }
        let (action, why) =
            if leaves { (Action::MemberLeft, "left") } else { (Action::MemberRemoved, "removed") };
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
