//! Keys that programs of a tenant come with: `/v1/api-keys`.

pub mod content;
pub mod plan;

pub use content::{KeyView, MadeKey, NewKey, Rotation};

use http::StatusCode;
use livery_access::{
    self as access, Member,
    change::{self, Decision},
};
use livery_domain::{
    actor::Actor,
    id::ApiKeyId,
    identity::credential::CredentialKind,
    people::permission::{Permission, PermissionSet},
    reason::Reason,
    tenancy::flag::Flag,
};
use livery_http::{
    Exchange, Problem, ProblemKind, Response, body, headers,
    page::{Page, PageRequest},
    route::Parts,
};
use livery_platform::{Configured, Database, Entropy};
use livery_store::identity::api_keys::{self, Owner};
use livery_tenancy::flags;
use plan::Fresh;

livery_http::routes! {
    /// What programs act with.
    Route in Admin tagged "API keys";

    /// Keys, newest first
    ListApiKeys = Get "/v1/api-keys", Tenant, Member(Some(Permission::ApiKeysRead));
    /// Make a key
    ///
    /// Its text is in this answer and nowhere else, ever. It can do no more than its maker.
    CreateApiKey = Post "/v1/api-keys", Tenant, Member(Some(Permission::ApiKeysManage));
    /// One key
    GetApiKey = Get "/v1/api-keys/{key_id}", Tenant, Member(Some(Permission::ApiKeysRead));
    /// Revoke a key
    ///
    /// It is refused from this moment on.
    RevokeApiKey = Delete "/v1/api-keys/{key_id}", Tenant, Member(Some(Permission::ApiKeysManage));
    /// Replace a key by a new one
    ///
    /// The old one stays good for the overlap.
    RotateApiKey = Post "/v1/api-keys/{key_id}/rotate", Tenant, Member(Some(Permission::ApiKeysManage));
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured + Entropy>(
    route: Route,
    exchange: &Exchange<'_, P>,
    parts: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ListApiKeys => {
            let member = access::member(exchange).await?;
            let asked = PageRequest::of(exchange)?;
            Ok(list(exchange, &member, &asked).await?.shown(exchange, &asked, &[]))
        }
        Route::CreateApiKey => {
            let member = access::member(exchange).await?;
            let made = create(exchange, &member, &body::json(exchange)?).await?;
            Ok(headers::json(StatusCode::CREATED, &made))
        }
        Route::GetApiKey => {
            let member = access::member(exchange).await?;
            Ok(headers::json(StatusCode::OK, &show(exchange, &member, parts.id()?).await?))
        }
        Route::RevokeApiKey => {
            let member = access::member(exchange).await?;
            revoke(exchange, &member, parts.id()?).await?;
            Ok(headers::no_content())
        }
        Route::RotateApiKey => {
            let member = access::member(exchange).await?;
            let made = rotate(exchange, &member, parts.id()?, &body::json(exchange)?).await?;
            Ok(headers::json(StatusCode::CREATED, &made))
        }
    }
}

/// The page of an owner's keys that is asked for, newest first.
///
/// # Errors
/// 400 for a cursor that is not ours.
pub async fn page<P: Database>(
    exchange: &Exchange<'_, P>,
    owner: Owner<'_>,
    asked: &PageRequest,
) -> Result<Page<KeyView>, Problem> {
    let before = asked.after(|cursor| cursor.parse().ok())?;
    let found = api_keys::page(exchange.platform, owner, before, asked.wanted()).await?;
    let page = Page::of(asked, found, |last| last.id.to_string());
    Ok(page.map(|key| KeyView::new(&key, exchange.now)))
}

/// The tenant's keys, newest first; those that ended stay in the list.
///
/// # Errors
/// 403 without `api_keys.read`; 400 for a cursor that is not ours.
pub async fn list<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    asked: &PageRequest,
) -> Result<Page<KeyView>, Problem> {
    member.require(Permission::ApiKeysRead)?;
    page(exchange, Owner::Tenant(&member.scope), asked).await
}

/// # Errors
/// 403 without `api_keys.read` or a grant of it on this key; 404.
pub async fn show<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    key: ApiKeyId,
) -> Result<KeyView, Problem> {
    member.require_on(exchange, Permission::ApiKeysRead, &key.to_string()).await?;
    let key = plan::found(exchange, Owner::Tenant(&member.scope), key).await?;
    Ok(KeyView::new(&key, exchange.now))
}

/// Makes a key. A tenant's key makes no other: one that leaked could not be got rid of.
///
/// # Errors
/// 403 without `api_keys.manage`, for more scopes than the maker has, for a key of the tenant (`person_needed`), and at the plan's
/// `api_keys_max` (`feature_not_in_plan`); 422.
pub async fn create<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    new: &NewKey,
) -> Result<MadeKey, Problem> {
    member.require(Permission::ApiKeysManage)?;
    if matches!(member.actor, Actor::Key(_)) {
        return Err(ProblemKind::PersonNeeded.into());
    }
    let accepted = new.accept(exchange.now)?;
    let owner = Owner::Tenant(&member.scope);
    let fresh = Fresh::new(exchange, CredentialKind::ApiKey);
    change::write(exchange, &member.scope, member.actor, async || {
        let may = member.changer(exchange, Permission::ApiKeysManage).await?.permissions;
        if !may.covers(accepted.scopes) {
            let missing: PermissionSet = accepted.scopes.iter().filter(|scope| !may.has(*scope)).collect();
            let missing = Vec::from(missing).join(", ");
            return Err(Problem::new(ProblemKind::Forbidden)
                .because(Reason::KeyExceedsMaker)
                .detail(format!("A key may do at most what its maker may; you may not: {missing}.")));
        }
        let max = flags::evaluate(exchange, &member.scope).await?.api_keys_max.value;
        let used = api_keys::count_live(exchange.platform, owner, exchange.now).await?;
        if used >= max {
            let flag = Flag::ApiKeysMax.as_str();
            return Err(Problem::new(ProblemKind::FeatureNotInPlan).because(Reason::KeyLimitReached).detail(
                format!("`{flag}` is {max} and {used} are in use. Revoke one, or change the plan."),
            ));
        }
        Ok(Decision::Change(plan::creation(exchange, owner, member.actor, &fresh, &accepted)?))
    })
    .await
}

/// Puts a new key with the same name, scopes and length of life in the place of one, which stays good for the overlap. A key may
/// rotate itself. What the key had replaced in its turn ends now.
///
/// # Errors
/// 403 without `api_keys.manage` or a grant of it on this key, where the key may do more than whoever rotates it, and for a key that rotates another
/// (`person_needed`); 404; 409 where it has ended or has a successor; 422.
pub async fn rotate<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    key: ApiKeyId,
    rotation: &Rotation,
) -> Result<MadeKey, Problem> {
    member.require_on(exchange, Permission::ApiKeysManage, &key.to_string()).await?;
    if matches!(member.actor, Actor::Key(own) if own != key) {
        return Err(ProblemKind::PersonNeeded.into());
    }
    let overlap_hours = rotation.accept()?;
    let owner = Owner::Tenant(&member.scope);
    let fresh = Fresh::new(exchange, CredentialKind::ApiKey);
    change::write(exchange, &member.scope, member.actor, async || {
        let may = member.changer_on(exchange, Permission::ApiKeysManage, &key.to_string()).await?.permissions;
        Ok(Decision::Change(
            plan::rotation(exchange, owner, (member.actor, may), key, &fresh, overlap_hours).await?,
        ))
    })
    .await
}

/// Ends a key now: the next request that comes with it is refused. One that has ended already stays as it is.
///
/// # Errors
/// 403 without `api_keys.manage` or a grant of it on this key; 404.
pub async fn revoke<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    key: ApiKeyId,
) -> Result<(), Problem> {
    member.require_on(exchange, Permission::ApiKeysManage, &key.to_string()).await?;
    change::write(exchange, &member.scope, member.actor, async || {
        member.changer_on(exchange, Permission::ApiKeysManage, &key.to_string()).await?;
        plan::revocation(exchange, Owner::Tenant(&member.scope), key).await
    })
    .await
}
