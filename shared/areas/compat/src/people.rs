//! People and access under the older systems' names: `/users/*` of the chat system, `/api/v1/tenants/*` of the call centre.
//!
//! Both know fewer roles than there are. A role is shown by the name that says most of it, and every name of theirs and of
//! ours is understood.

use http::StatusCode;
use livery_access::{self as access, Member};
use livery_domain::{
    id::{InvitationId, TenantId, UserId},
    identity::email::Email,
    people::{permission::Permission, role::Role},
    tenancy::lifecycle::TenantStatus,
};
use livery_http::{Exchange, Problem, Response, body, headers, page::PageRequest, route::Parts};
use livery_identity::{
    switch::{self, Switch},
    tokens::{self, TokenSession, TokenSubject},
};
use livery_people::{
    invitations::{
        self, Delivery, InvitationView, Invite, SentInvitation,
        acceptance::{self, Accept, Accepted},
    },
    me::{self, OwnTenantView},
    members::{self, CustomRoleView, MemberView, RoleChoice},
};
use livery_platform::{Configured, Database, Entropy, Mailer};
use livery_store::{
    identity::sessions::SessionKind,
    people::{invitations as invitation_store, members as member_store},
};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

livery_http::routes! {
    /// People, under their older names.
    Route in Admin tagged "Older names: people";

    /// As `POST /v1/invitations`
    AliasInviteUser = Post "/users/invite", Tenant, Member(Some(Permission::MembersInvite));
    /// As `GET /v1/members`
    AliasListUsers = Get "/users/list/{tenant_id}", Tenant, Member(Some(Permission::MembersRead));
    /// As `PATCH /v1/members/{user_id}`
    ///
    /// An owner is shown as `TENANT_ADMIN`, and stays one where that is sent back.
    AliasSetRole = Put "/users/{user_id}/role", Tenant, Member(Some(Permission::MembersManage));
    /// As `DELETE /v1/members/{user_id}`
    AliasRemoveUser = Delete "/users/{user_id}", Tenant, Member(Some(Permission::MembersManage));
    /// As `GET /v1/tenants`
    AliasListTenants = Get "/api/v1/tenants", Tenant, Person;
    /// As `POST /v1/auth/switch`
    AliasSwitchTenant = Post "/api/v1/tenants/{tenant_id}/switch", Tenant, Person;
    /// As `POST /v1/invitations`
    AliasInviteMember = Post "/api/v1/tenants/{tenant_id}/members", Tenant, Member(Some(Permission::MembersInvite));
    /// As `DELETE /v1/members/{user_id}`, by e-mail
    ///
    /// Where the address is invited and no member's, the invitation is revoked.
    AliasRemoveMember = Delete "/api/v1/tenants/{tenant_id}/members/{email}", Tenant, Member(Some(Permission::MembersManage));
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured + Entropy + Mailer>(
    route: Route,
    exchange: &Exchange<'_, P>,
    parts: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::AliasInviteUser => {
            let member = access::member(exchange).await?;
            invite(exchange, &member, chat_name).await
        }
        Route::AliasListUsers => {
            let member = within(exchange, parts.text(0)).await?;
            let asked = PageRequest::of(exchange)?;
            let page = members::list(exchange, &member, &asked).await?;
            Ok(page.map(|one| UserView::of(&member, one)).shown(exchange, &asked, &[]))
        }
        Route::AliasSetRole => {
            let member = access::member(exchange).await?;
            let input: NewRoleName = body::json(exchange)?;
            let changed = set_role(exchange, &member, parts.id()?, &input.role).await?;
            Ok(headers::json(StatusCode::OK, &UserView::of(&member, changed)))
        }
        Route::AliasRemoveUser => {
            let member = access::member(exchange).await?;
            members::remove(exchange, &member, parts.id()?).await?;
            Ok(headers::no_content())
        }
        Route::AliasListTenants => {
            let member = access::signed_in(exchange).await?;
            let asked = PageRequest::of(exchange)?;
            let page = me::tenants(exchange, &member, &asked).await?;
            Ok(page.map(AliasTenantView::from).shown(exchange, &asked, &[]))
        }
        Route::AliasSwitchTenant => {
            let holder = access::holder(exchange).await?;
            let wanted = Switch { tenant_id: parts.text(0).to_owned() };
            let mut tokens = switch::switch(exchange, &holder, &wanted).await?;
            tokens.role = Role::parse(tokens.role).map_or(tokens.role, call_centre_name);
            Ok(headers::json(StatusCode::OK, &tokens))
        }
        Route::AliasInviteMember => {
            let member = within(exchange, parts.text(0)).await?;
            invite(exchange, &member, call_centre_name).await
        }
        Route::AliasRemoveMember => {
            let member = within(exchange, parts.text(0)).await?;
            remove(exchange, &member, parts.text(1)).await?;
            Ok(headers::no_content())
        }
    }
}

/// `POST /users/accept-invitation`
///
/// # Errors
/// As [`acceptance::accept`].
pub async fn post_accept<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let input: Accept = body::json(exchange)?;
    let Accepted { tenant, role, signed_in } = acceptance::accept(exchange, &input, SessionKind::Api).await?;
    let of = TokenSession {
        user: signed_in.user,
        session: signed_in.session,
        refresh: &signed_in.secret,
        expires_at: signed_in.expires_at,
        device_token: Some(signed_in.device_token),
    };
    let mut tokens = tokens::issue(exchange, of, &TokenSubject::Member(&tenant, role))?;
    tokens.role = chat_name(role.role);
    Ok(headers::json(StatusCode::CREATED, &tokens))
}

/// The role as the chat system names it.
const fn chat_name(role: Role) -> &'static str {
    match role {
        Role::Owner | Role::Admin => "TENANT_ADMIN",
        Role::Manager => "MANAGER",
        Role::Member => "USER",
        Role::Viewer => "VIEWER",
    }
}

/// The role as the call centre names it.
const fn call_centre_name(role: Role) -> &'static str {
    match role {
        Role::Owner | Role::Admin => "admin",
        Role::Manager | Role::Member => "member",
        Role::Viewer => "viewer",
    }
}

/// A role by any name that it has.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RoleName"))]
#[serde(try_from = "String")]
pub struct RoleName {
    role: Role,
    text: String,
}

impl TryFrom<String> for RoleName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let role = Role::parse_foreign(&text).ok_or(
            "a role is one of TENANT_ADMIN, MANAGER, USER, VIEWER, owner, admin, manager, member, viewer",
        )?;
        Ok(Self { role, text })
    }
}

/// Which role somebody is to have.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewRoleName {
    /// `TENANT_ADMIN`, `MANAGER`, `USER`, `VIEWER`, or a built-in role's own name.
    pub role: RoleName,
}

/// Whom to invite, as what.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AliasInvite {
    pub email: String,
    /// `TENANT_ADMIN`, `MANAGER`, `USER`, `VIEWER`, or a built-in role's own name.
    pub role: RoleName,
}

/// An invitation that was just sent.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AliasInvitationView {
    /// `inv_…`
    pub id: InvitationId,
    /// `ten_…`
    pub tenant_id: TenantId,
    pub email: String,
    /// As the older system names it.
    pub role: &'static str,
    /// `pending`
    pub status: &'static str,
    /// RFC 3339, UTC.
    pub expires_at: String,
    /// `sent`: a mail provider has taken the mail. `failed`: it has not, and the invitation stands.
    pub delivery: Delivery,
}

/// A person of the team.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UserView {
    /// `usr_…`
    pub id: UserId,
    /// `ten_…`
    pub tenant_id: TenantId,
    pub name: String,
    pub email: String,
    /// `TENANT_ADMIN` (owners too), `MANAGER`, `USER` or `VIEWER`; where there is a custom one, that counts and not this.
    pub role: &'static str,
    /// A role that the tenant made for itself; null where the built-in one counts.
    pub custom_role: Option<CustomRoleView>,
    /// RFC 3339, UTC.
    pub joined_at: String,
    /// When any of its sessions here was last used, RFC 3339, UTC; null where it never signed in.
    pub last_seen_at: Option<String>,
}

impl UserView {
    fn of(member: &Member, one: MemberView) -> Self {
        Self {
            id: one.user_id,
            tenant_id: member.tenant.id,
            name: one.name,
            email: one.email,
            role: chat_name(one.role),
            custom_role: one.custom_role,
            joined_at: one.joined_at,
            last_seen_at: one.last_seen_at,
        }
    }
}

/// A tenant that the caller is in.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AliasTenantView {
    /// `ten_…`
    pub id: TenantId,
    /// Its label below the platform.
    pub key: String,
    pub name: String,
    pub status: TenantStatus,
    /// Where it can be reached, without a port.
    pub host: String,
    /// `admin` (owners too), `member` (managers too) or `viewer`; where there is a custom one, that counts and not this.
    pub role: &'static str,
    /// A role that the tenant made for itself; null where the built-in one counts.
    pub custom_role: Option<CustomRoleView>,
    /// RFC 3339, UTC.
    pub joined_at: String,
    /// Whether it is the tenant that this request is for.
    pub current: bool,
}

impl From<OwnTenantView> for AliasTenantView {
    fn from(own: OwnTenantView) -> Self {
        Self {
            id: own.id,
            key: own.key,
            name: own.name,
            status: own.status,
            host: own.host,
            role: call_centre_name(own.role),
            custom_role: own.custom_role,
            joined_at: own.joined_at,
            current: own.current,
        }
    }
}

/// The caller, as a member of the tenant that the path names.
///
/// # Errors
/// As [`access::member`]; 404 where the path names any other tenant than the caller's, existing or not.
async fn within<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    tenant: &str,
) -> Result<Member, Problem> {
    let member = access::member(exchange).await?;
    if tenant.parse() == Ok(member.tenant.id) { Ok(member) } else { Err(Problem::not_found()) }
}

async fn invite<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    name: fn(Role) -> &'static str,
) -> Result<Response, Problem> {
    let AliasInvite { email, role } = body::json(exchange)?;
    let wanted = Invite { email, role: Some(role.role), custom_role: None, locale: None };
    let SentInvitation { invitation, delivery } = invitations::invite(exchange, member, &wanted).await?;
    let InvitationView { id, email, role, status, expires_at, .. } = invitation;
    let tenant_id = member.tenant.id;
    let view = AliasInvitationView { id, tenant_id, email, role: name(role), status, expires_at, delivery };
    Ok(headers::json(StatusCode::CREATED, &view))
}

/// As [`members::change_role`]. Who is shown as `TENANT_ADMIN` and sent back as that stays what it is: an owner would else
/// become an admin by a form that was saved unchanged.
async fn set_role<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    user: UserId,
    wanted: &RoleName,
) -> Result<MemberView, Problem> {
    member.require(Permission::MembersManage)?;
    let found = member_store::find(&member.scope, user).from(exchange.platform).await?;
    let found = found.ok_or_else(Problem::not_found)?;
    let is_same = found.role.custom_role.is_none() && chat_name(found.role.role) == wanted.text;
    if is_same {
        return Ok(found.into());
    }
    let choice = RoleChoice { role: Some(wanted.role), custom_role: None };
    members::change_role(exchange, member, user, &choice).await
}

/// Takes whoever has the address out of the team, or takes the pending invitation to it back.
///
/// # Errors
/// As [`members::remove`] and [`invitations::revoke`]; 404 for an address that is of no member and not invited.
async fn remove<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    email: &str,
) -> Result<(), Problem> {
    let email = percent_decode_str(email).decode_utf8().ok().and_then(|text| Email::parse(&text).ok());
    let email = email.ok_or_else(Problem::not_found)?;
    if let Some(found) = member_store::find_by_email(&member.scope, &email).from(exchange.platform).await? {
        return members::remove(exchange, member, found.user).await;
    }
    // PageRequest here as for a member: else the refusal would tell who is one.
    member.require(Permission::MembersManage)?;
    let invited = invitation_store::pending_for(&member.scope, &email).from(exchange.platform).await?;
    invitations::revoke(exchange, member, invited.ok_or_else(Problem::not_found)?.id).await
}
