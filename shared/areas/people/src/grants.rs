//! Single permissions of single members on single objects: `/v1/grants`.

use http::StatusCode;
use livery_access::{
    self as access, Member,
    change::{self, Decision, Planned},
};
use livery_domain::{
    id::{GrantId, UserId},
    operations::action::Action,
    people::{
        permission::Permission,
        team::{MAX_GRANTS, may_be_granted_on},
    },
    reason::Reason,
};
use livery_http::{
    Exchange, Problem, ProblemKind, Response, body, headers,
    page::{Page, PageRequest},
    route::Parts,
};
use livery_platform::{Configured, Database, Entropy, fresh_bytes};
use livery_store::people::{
    grants::{self, GrantRecord},
    members,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

livery_http::routes! {
    /// Permissions on single objects.
    Route in Admin tagged "Team";

    /// Permissions on single objects
    ListGrants = Get "/v1/grants", Tenant, Member(Some(Permission::MembersRead));
    /// Give a member one permission on one object
    CreateGrant = Post "/v1/grants", Tenant, Member(Some(Permission::RolesManage));
    /// Take it back
    DeleteGrant = Delete "/v1/grants/{grant_id}", Tenant, Member(Some(Permission::RolesManage));
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured + Entropy>(
    route: Route,
    exchange: &Exchange<'_, P>,
    parts: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ListGrants => {
            let member = access::member(exchange).await?;
            let asked = PageRequest::of(exchange)?;
            let user = wanted_user(exchange)?;
            Ok(list(exchange, &member, user, &asked).await?.shown(exchange, &asked, &["user_id"]))
        }
        Route::CreateGrant => {
            let member = access::member(exchange).await?;
            let made = make(exchange, &member, &body::json(exchange)?).await?;
            Ok(headers::json(StatusCode::CREATED, &made))
        }
        Route::DeleteGrant => {
            let member = access::member(exchange).await?;
            remove(exchange, &member, parts.id()?).await?;
            Ok(headers::no_content())
        }
    }
}

fn wanted_user<P>(exchange: &Exchange<'_, P>) -> Result<Option<UserId>, Problem> {
    let Some(text) = exchange.query("user_id") else { return Ok(None) };
    text.parse().map(Some).map_err(|_| {
        Problem::new(ProblemKind::MalformedRequest)
            .because(Reason::InvalidValue)
            .detail("`user_id` is a `usr_…`.")
    })
}

/// One permission of one member on one object.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GrantView {
    /// `gra_…`
    pub id: GrantId,
    /// `usr_…`
    pub user_id: UserId,
    /// `api_keys.manage`
    pub permission: &'static str,
    /// Id of the object: `key_…` or `rol_…`.
    pub resource: String,
    /// RFC 3339, UTC.
    pub created_at: String,
}

impl From<GrantRecord> for GrantView {
    fn from(record: GrantRecord) -> Self {
        Self {
            id: record.id,
            user_id: record.user,
            permission: record.permission.as_str(),
            resource: record.resource,
            created_at: record.created_at.rfc3339(),
        }
    }
}

/// A grant about to be made.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewGrant {
    /// `usr_…` of a member.
    pub user_id: UserId,
    /// `api_keys.read` or `api_keys.manage` on a key, `roles.manage` on a role.
    pub permission: String,
    /// `key_…` or `rol_…` of this tenant.
    pub resource: String,
}

/// Of one member, or of all.
///
/// # Errors
/// 403 without `members.read`, but for one's own; 400 for a cursor that is not ours.
pub async fn list<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    user: Option<UserId>,
    asked: &PageRequest,
) -> Result<Page<GrantView>, Problem> {
    if user.is_none() || member.actor.user() != user {
        member.require(Permission::MembersRead)?;
    }
    let after = asked.after(|cursor| cursor.parse().ok())?;
    let found = grants::page(exchange.platform, &member.scope, user, after, asked.wanted()).await?;
    Ok(Page::of(asked, found, |last| last.id.to_string()).map(GrantView::from))
}

/// Grants a member one permission on one object.
///
/// # Errors
/// 403 without `roles.manage`, or for a permission that the giver lacks; 404 for who is no member and what is not there;
/// 409 `already_exists`, `conflict` for the hundred and first; 422 for a permission that means nothing on such an object.
pub async fn make<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    input: &NewGrant,
) -> Result<GrantView, Problem> {
    member.require(Permission::RolesManage)?;
    let permission = Permission::parse(&input.permission)
        .filter(|permission| may_be_granted_on(*permission, &input.resource))
        .ok_or_else(|| {
            let detail = "On a key: `api_keys.read` or `api_keys.manage`. On a role: `roles.manage`.";
            Problem::field("/permission", Reason::NotGrantable, detail)
        })?;
    let new = GrantRecord {
        id: GrantId::new(exchange.now, fresh_bytes(exchange.platform)),
        user: input.user_id,
        permission,
        resource: input.resource.clone(),
        created_at: exchange.now,
    };
    change::write(exchange, &member.scope, member.actor, async || {
        let (db, scope) = (exchange.platform, &member.scope);
        let changer = member.changer(exchange, Permission::RolesManage).await?;
        changer.may_give([permission].into_iter().collect())?;
        let is_member = members::find(db, scope, new.user).await?.is_some();
        if !is_member || !grants::is_there(db, scope, &new.resource).await? {
            return Err(Problem::not_found());
        }
        if let Some(old) = grants::of(db, scope, new.user, permission, &new.resource).await? {
            return Err(Problem::new(ProblemKind::AlreadyExists)
                .because(Reason::AlreadyGranted)
                .detail(format!("{} says so already.", old.id)));
        }
        if grants::count(db, scope, new.user).await? >= MAX_GRANTS {
            return Err(Problem::new(ProblemKind::Conflict)
                .because(Reason::GrantLimitReached)
                .detail(format!("A member has at most {MAX_GRANTS} grants: give a role instead.")));
        }
        Ok(Decision::Change(Planned {
            action: Action::GrantCreated,
            target: new.id.to_string(),
            before: None,
            after: Some(audited(&new)),
            statements: vec![grants::added(scope, &new)],
            output: new.clone().into(),
        }))
    })
    .await
}

/// Takes a grant away.
///
/// # Errors
/// 403 without `roles.manage`, or for a permission that the taker lacks; 404.
pub async fn remove<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    id: GrantId,
) -> Result<(), Problem> {
    member.require(Permission::RolesManage)?;
    change::write(exchange, &member.scope, member.actor, async || {
        let changer = member.changer(exchange, Permission::RolesManage).await?;
        let found = grants::find(exchange.platform, &member.scope, id).await?;
        let found = found.ok_or_else(Problem::not_found)?;
        changer.may_take([found.permission].into_iter().collect())?;
        Ok(Decision::Change(Planned {
            action: Action::GrantRemoved,
            target: id.to_string(),
            before: Some(audited(&found)),
            after: None,
            statements: vec![grants::removed(&member.scope, id)],
            output: (),
        }))
    })
    .await
}

fn audited(grant: &GrantRecord) -> Json {
    json!({ "user_id": grant.user, "permission": grant.permission.as_str(), "resource": grant.resource })
}
