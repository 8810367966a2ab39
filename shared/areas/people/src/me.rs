//! Whoever asks: `/v1/me`, `/v1/tenants`.

use crate::members::CustomRoleView;
use http::StatusCode;
use livery_access::{
    self as access, Member,
    change::{self, Decision, Planned},
};
use livery_domain::{
    id::{TenantId, UserId},
    locale::Locale,
    name,
    operations::action::Action,
    people::{permission::PermissionSet, role::Role},
    tenancy::lifecycle::{Audience, Intent, Standing, TenantStatus},
};
use livery_http::{
    Exchange, Problem, Response, body, headers,
    page::{Page, PageRequest},
    route::Parts,
};
use livery_platform::{Configured, Database};
use livery_store::identity::accounts::{self, Account, OwnTenant};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;

livery_http::routes! {
    /// One's own profile, and the tenants that one is in.
    Route in Admin tagged "Account";

    /// Who is asking
    GetMe = Get "/v1/me", Tenant, Member(None);
    /// Change one's own name or language
    UpdateMe = Patch "/v1/me", Tenant, Person;
    /// Every tenant that one is in
    ListOwnTenants = Get "/v1/tenants", Tenant, Person;
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::GetMe => {
            let member = access::member(exchange).await?;
            Ok(headers::json(StatusCode::OK, &show(exchange, &member).await?))
        }
        Route::UpdateMe => {
            let member = access::member(exchange).await?;
            let patch = body::small_patch(exchange)?;
            Ok(headers::json(StatusCode::OK, &change(exchange, &member, &patch).await?))
        }
        Route::ListOwnTenants => {
            let member = access::signed_in(exchange).await?;
            let asked = PageRequest::of(exchange)?;
            Ok(tenants(exchange, &member, &asked).await?.shown(exchange, &asked, &[]))
        }
    }
}

/// Who is asking.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MeView {
    /// `usr_…`; null for a program.
    pub user_id: Option<UserId>,
    /// `ten_…`
    pub tenant_id: TenantId,
    /// Null for a program.
    pub role: Option<Role>,
    /// Null for a program.
    pub name: Option<String>,
    /// Null for a program.
    pub email: Option<String>,
    /// `en` or `ja`; null where none was chosen.
    pub locale: Option<&'static str>,
    /// What the caller may do in the tenant.
    pub permissions: Vec<String>,
}

impl MeView {
    fn new(member: &Member, permissions: PermissionSet, account: Option<Account>) -> Self {
        let locale = account.as_ref().and_then(|account| account.locale).map(Locale::as_str);
        let (name, email) = account.map(|account| (account.name, account.email.as_str().to_owned())).unzip();
        Self {
            user_id: member.actor.user(),
            tenant_id: member.tenant.id,
            role: member.role.map(|assigned| assigned.role),
            name,
            email,
            locale,
            permissions: permissions.into(),
        }
    }
}

/// # Errors
/// 503 where the database does not answer.
pub async fn show<P: Database>(exchange: &Exchange<'_, P>, member: &Member) -> Result<MeView, Problem> {
    let account = match member.actor.user() {
        Some(user) => accounts::find(exchange.platform, user).await?,
        None => None,
    };
    Ok(MeView::new(member, member.permissions, account))
}

/// What a person changes of itself; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MePatch {
    #[cfg_attr(feature = "schema", schemars(with = "Option<livery_domain::name::Name>"))]
    pub name: Option<String>,
    /// `en` or `ja`; null chooses none.
    #[serde(default, deserialize_with = "sent")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Locale>"))]
    pub locale: Option<Option<Locale>>,
}

/// Tells what is null from what was left out.
fn sent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<Locale>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Changes the person's name and language, in every tenant that it is in. The log of this tenant tells which was changed and
/// not to what: the log is for ever, and a name is a person's.
///
/// # Errors
/// 403 `person_needed` for a program; 422.
pub async fn change<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    patch: &MePatch,
) -> Result<MeView, Problem> {
    let user = member.person()?;
    let name = match &patch.name {
        None => None,
        Some(name) => Some(
            name::parse(name)
                .map_err(|invalid| Problem::field("/name", invalid.reason(), invalid.to_string()))?,
        ),
    };
    change::write(exchange, &member.scope, member.actor, async || {
        let account = accounts::find(exchange.platform, user).await?.ok_or_else(Problem::not_found)?;
        let next = Account {
            name: name.map_or_else(|| account.name.clone(), str::to_owned),
            locale: patch.locale.unwrap_or(account.locale),
            ..account.clone()
        };
        let mut fields = vec![];
        if next.name != account.name {
            fields.push("name");
        }
        if next.locale != account.locale {
            fields.push("locale");
        }
        let statement = accounts::changed(user, &next.name, next.locale);
        let output = MeView::new(member, member.permissions, Some(next));
        if fields.is_empty() {
            return Ok(Decision::Nothing(output));
        }
        Ok(Decision::Change(Planned {
            action: Action::ProfileChanged,
            target: user.to_string(),
            before: None,
            after: Some(json!({ "fields": fields })),
            statements: vec![statement],
            output,
        }))
    })
    .await
}

/// A tenant that the caller is in.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnTenantView {
    /// `ten_…`
    pub id: TenantId,
    /// Its label below the platform.
    pub key: String,
    pub name: String,
    pub status: TenantStatus,
    /// Where it can be reached, without a port.
    pub host: String,
    /// A built-in role; where there is a custom one, that counts and not this.
    pub role: Role,
    /// A role that the tenant made for itself; null where the built-in one counts.
    pub custom_role: Option<CustomRoleView>,
    /// RFC 3339, UTC.
    pub joined_at: String,
    /// Whether it is the tenant that this request is for.
    pub current: bool,
}

/// Every tenant that the person behind the request is in, of those that it may still look into.
///
/// # Errors
/// 403 `person_needed` for a program; 400 for a cursor that is not ours.
pub async fn tenants<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    asked: &PageRequest,
) -> Result<Page<OwnTenantView>, Problem> {
    let user = member.person()?;
    let after = asked.after(|cursor| cursor.parse().ok())?;
    let found = accounts::tenants(exchange.platform, user, after, asked.wanted()).await?;
    let mut page = Page::of(asked, found, |last| last.tenant.id.to_string());
    page.data.retain(is_open);
    let platform = &exchange.platform.settings().platform_host;
    Ok(page.map(|own| OwnTenantView {
        id: own.tenant.id,
        host: format!("{}.{}", own.tenant.key, platform.as_str()),
        key: own.tenant.key.to_string(),
        name: own.tenant.name,
        status: own.tenant.status,
        role: own.role.role,
        custom_role: CustomRoleView::of(&own.role, own.role_name),
        joined_at: own.joined_at.rfc3339(),
        current: own.tenant.id == member.tenant.id,
    }))
}

fn is_open(own: &OwnTenant) -> bool {
    let audience = if own.role.is_owner() { Audience::Owner } else { Audience::Member };
    own.tenant.status.standing(audience, Intent::Read) == Standing::Open
}
