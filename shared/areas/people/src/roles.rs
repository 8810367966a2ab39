//! What roles there are and what each may do: `/v1/roles`, `/v1/permissions`.

use http::StatusCode;
use livery_access::{
    self as access, Member,
    change::{self, Decision, Planned},
};
use livery_domain::{
    id::RoleId,
    name,
    operations::action::Action,
    people::{
        permission::{Permission, PermissionSet},
        role::Role,
        team::MAX_CUSTOM_ROLES,
    },
    reason::Reason,
    tenancy::flag::Flag,
};
use livery_http::{
    Exchange, Problem, ProblemKind, Response, body, headers, problem::FieldFault, route::Parts,
};
use livery_platform::{Configured, Database, Entropy, fresh_bytes};
use livery_store::people::roles::{self, RoleRecord};
use livery_tenancy::flags;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

livery_http::routes! {
    /// Roles, and what each may do.
    Route in Admin tagged "Team";

    /// What may be done, and which built-in roles may do it
    ListPermissions = Get "/v1/permissions", Tenant, Member(None);
    /// Built-in roles, and those that the tenant made
    ListRoles = Get "/v1/roles", Tenant, Member(Some(Permission::MembersRead));
    /// Make a role of the tenant's own
    ///
    /// Takes the feature `custom_roles`. It can have no permission that its maker lacks.
    CreateRole = Post "/v1/roles", Tenant, Member(Some(Permission::RolesManage));
    /// One role of the tenant's own
    GetRole = Get "/v1/roles/{role_id}", Tenant, Member(Some(Permission::MembersRead));
    /// Rename a role, or change what it may do
    UpdateRole = Patch "/v1/roles/{role_id}", Tenant, Member(Some(Permission::RolesManage));
    /// Remove a role that nobody has
    DeleteRole = Delete "/v1/roles/{role_id}", Tenant, Member(Some(Permission::RolesManage));
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured + Entropy>(
    route: Route,
    exchange: &Exchange<'_, P>,
    parts: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ListPermissions => {
            access::member(exchange).await?;
            Ok(headers::json(StatusCode::OK, &table()))
        }
        Route::ListRoles => {
            let member = access::member(exchange).await?;
            Ok(headers::json(StatusCode::OK, &list(exchange, &member).await?))
        }
        Route::CreateRole => {
            let member = access::member(exchange).await?;
            let made = make(exchange, &member, &body::json(exchange)?).await?;
            Ok(headers::json(StatusCode::CREATED, &made))
        }
        Route::GetRole => {
            let member = access::member(exchange).await?;
            Ok(headers::json(StatusCode::OK, &show(exchange, &member, parts.id()?).await?))
        }
        Route::UpdateRole => {
            let member = access::member(exchange).await?;
            let patch = body::small_patch(exchange)?;
            Ok(headers::json(StatusCode::OK, &change(exchange, &member, parts.id()?, &patch).await?))
        }
        Route::DeleteRole => {
            let member = access::member(exchange).await?;
            remove(exchange, &member, parts.id()?).await?;
            Ok(headers::no_content())
        }
    }
}

/// One thing that may be done, and the built-in roles that may do it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PermissionView {
    /// `members.invite`
    pub permission: &'static str,
    pub roles: &'static [Role],
}

/// The table of permissions.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PermissionList {
    pub data: Vec<PermissionView>,
}

/// `GET /v1/permissions`: the same for everybody.
#[must_use]
pub fn table() -> PermissionList {
    let view = |permission: &Permission| PermissionView {
        permission: permission.as_str(),
        roles: permission.roles(),
    };
    PermissionList { data: Permission::ALL.iter().map(view).collect() }
}

/// A role that members can have.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoleView {
    /// `rol_…`; null for a built-in role, which is known by its name.
    pub id: Option<RoleId>,
    pub name: String,
    pub permissions: PermissionSet,
    /// Members who have it; null for a built-in role.
    pub members: Option<i64>,
    /// Invitations that can still be accepted with it; null for a built-in role.
    pub invitations: Option<i64>,
    /// RFC 3339, UTC; null for a built-in role.
    pub updated_at: Option<String>,
}

/// Every role of a tenant.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoleList {
    /// The built-in ones from the most to the least powerful, then the tenant's own by name.
    pub data: Vec<RoleView>,
}

impl From<Role> for RoleView {
    fn from(role: Role) -> Self {
        let name = role.as_str().to_owned();
        let permissions = role.permissions();
        Self { id: None, name, permissions, members: None, invitations: None, updated_at: None }
    }
}

impl From<RoleRecord> for RoleView {
    fn from(record: RoleRecord) -> Self {
        Self {
            id: Some(record.id),
            name: record.name,
            permissions: record.permissions,
            members: Some(record.members),
            invitations: Some(record.invitations),
            updated_at: Some(record.updated_at.rfc3339()),
        }
    }
}

/// A role about to be made.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewRole {
    /// No built-in role's name.
    #[cfg_attr(feature = "schema", schemars(with = "livery_domain::name::Name"))]
    pub name: String,
    /// Names from `GET /v1/permissions`.
    pub permissions: Vec<String>,
}

/// What changes of a role; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RolePatch {
    #[cfg_attr(feature = "schema", schemars(with = "Option<livery_domain::name::Name>"))]
    pub name: Option<String>,
    pub permissions: Option<Vec<String>>,
}

/// # Errors
/// 403 without `members.read`.
pub async fn list<P: Database>(exchange: &Exchange<'_, P>, member: &Member) -> Result<RoleList, Problem> {
    member.require(Permission::MembersRead)?;
    let custom = roles::all(exchange.platform, &member.scope, exchange.now).await?;
    let built_in = Role::ALL.into_iter().map(RoleView::from);
    Ok(RoleList { data: built_in.chain(custom.into_iter().map(RoleView::from)).collect() })
}

/// # Errors
/// 403 without `members.read`; 404.
pub async fn show<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    id: RoleId,
) -> Result<RoleView, Problem> {
    member.require(Permission::MembersRead)?;
    found(exchange, member, id).await.map(RoleView::from)
}

/// Makes a role.
///
/// # Errors
/// 403 without `roles.manage`, for a permission that the maker lacks, or `feature_not_in_plan`; 409 `already_exists` for a
/// name that is taken, `conflict` for the twenty-first; 422.
pub async fn make<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    input: &NewRole,
) -> Result<RoleView, Problem> {
    member.require(Permission::RolesManage)?;
    let name = role_name(&input.name)?;
    let permissions = permissions_named(&input.permissions)?;
    let id = RoleId::new(exchange.now, fresh_bytes(exchange.platform));
    change::write(exchange, &member.scope, member.actor, async || {
        let changer = member.changer(exchange, Permission::RolesManage).await?;
        flags::require(exchange, &member.scope, Flag::CustomRoles).await?;
        changer.may_give(permissions)?;
        let there = roles::all(exchange.platform, &member.scope, exchange.now).await?;
        is_free(&there, name, None)?;
        if there.len() >= MAX_CUSTOM_ROLES {
            return Err(Problem::new(ProblemKind::Conflict)
                .because(Reason::RoleLimitReached)
                .detail(format!("A tenant has at most {MAX_CUSTOM_ROLES} roles of its own.")));
        }
        Ok(Decision::Change(Planned {
            action: Action::RoleCreated,
            target: id.to_string(),
            before: None,
            after: Some(audited(name, permissions)),
            statements: vec![roles::added(&member.scope, id, name, permissions, exchange.now)?],
            output: RoleView::from(RoleRecord {
                id,
                name: name.to_owned(),
                permissions,
                created_at: exchange.now,
                updated_at: exchange.now,
                members: 0,
                invitations: 0,
            }),
        }))
    })
    .await
}

/// Changes a role for all who have it: for what they write at once, and for what they read within ten minutes.
///
/// # Errors
/// As [`make`], without the limit; 403 also for a role that holds more than the changer has; 404.
pub async fn change<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    id: RoleId,
    patch: &RolePatch,
) -> Result<RoleView, Problem> {
    member.require_on(exchange, Permission::RolesManage, &id.to_string()).await?;
    let name = patch.name.as_deref().map(role_name).transpose()?;
    let permissions = patch.permissions.as_deref().map(permissions_named).transpose()?;
    change::write(exchange, &member.scope, member.actor, async || {
        let changer = member.changer_on(exchange, Permission::RolesManage, &id.to_string()).await?;
        flags::require(exchange, &member.scope, Flag::CustomRoles).await?;
        let old = found(exchange, member, id).await?;
        let (name, permissions) = (name.unwrap_or(&old.name), permissions.unwrap_or(old.permissions));
        changer.may_take(old.permissions)?;
        changer.may_give(permissions)?;
        is_free(&roles::all(exchange.platform, &member.scope, exchange.now).await?, name, Some(id))?;
        if (name, permissions) == (old.name.as_str(), old.permissions) {
            return Ok(Decision::Nothing(old.into()));
        }
        Ok(Decision::Change(Planned {
            action: Action::RoleChanged,
            target: id.to_string(),
            before: Some(audited(&old.name, old.permissions)),
            after: Some(audited(name, permissions)),
            statements: vec![roles::changed(&member.scope, id, name, permissions, exchange.now)?],
            output: RoleView::from(RoleRecord {
                name: name.to_owned(),
                permissions,
                updated_at: exchange.now,
                ..old.clone()
            }),
        }))
    })
    .await
}

/// Removes a role that nobody has. A plan without custom roles does not keep anybody from it.
///
/// # Errors
/// 403 as [`change`]; 404; 409 `in_use` while members or open invitations have it.
pub async fn remove<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    id: RoleId,
) -> Result<(), Problem> {
    member.require_on(exchange, Permission::RolesManage, &id.to_string()).await?;
    change::write(exchange, &member.scope, member.actor, async || {
        let changer = member.changer_on(exchange, Permission::RolesManage, &id.to_string()).await?;
        let old = found(exchange, member, id).await?;
        changer.may_take(old.permissions)?;
        if old.members + old.invitations > 0 {
            return Err(Problem::new(ProblemKind::InUse).detail(format!(
                "{} members and {} invitations have it: give them another role first.",
                old.members, old.invitations
            )));
        }
        Ok(Decision::Change(Planned {
            action: Action::RoleRemoved,
            target: id.to_string(),
            before: Some(audited(&old.name, old.permissions)),
            after: None,
            statements: roles::removed(&member.scope, id, exchange.now),
            output: (),
        }))
    })
    .await
}

async fn found<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    id: RoleId,
) -> Result<RoleRecord, Problem> {
    let found = roles::find(exchange.platform, &member.scope, id, exchange.now).await?;
    found.ok_or_else(Problem::not_found)
}

fn audited(name: &str, permissions: PermissionSet) -> Json {
    json!({ "name": name, "permissions": permissions })
}

fn role_name(text: &str) -> Result<&str, Problem> {
    let name = name::parse(text)
        .map_err(|invalid| Problem::field("/name", invalid.reason(), invalid.to_string()))?;
    if Role::parse(&name.to_lowercase()).is_some() {
        return Err(Problem::field("/name", Reason::NameReserved, "A built-in role has this name."));
    }
    Ok(name)
}

fn permissions_named(names: &[String]) -> Result<PermissionSet, Problem> {
    let unknown = |(index, _): (usize, &String)| {
        FieldFault::new(
            format!("/permissions/{index}"),
            Reason::UnknownPermission,
            "GET /v1/permissions lists what there is.",
        )
    };
    let known = |name: &String| Permission::parse(name);
    let faults: Vec<_> =
        names.iter().enumerate().filter(|(_, name)| known(name).is_none()).map(unknown).collect();
    if !faults.is_empty() {
        return Err(Problem::new(ProblemKind::InvalidContent).faults(faults));
    }
    Ok(names.iter().filter_map(known).collect())
}

fn is_free(there: &[RoleRecord], name: &str, own: Option<RoleId>) -> Result<(), Problem> {
    let taken = |role: &&RoleRecord| Some(role.id) != own && role.name.to_lowercase() == name.to_lowercase();
    match there.iter().find(taken) {
        None => Ok(()),
        Some(role) => Err(Problem::new(ProblemKind::AlreadyExists)
            .because(Reason::NameTaken)
            .detail(format!("{} has this name already.", role.id))),
    }
}
