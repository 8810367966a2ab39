//! Whoever asks: `/v1/me`.

use crate::{
    Exchange, Problem, Response,
    audit::{self, Decision, Planned},
    headers,
    scope::{self, Member},
};
use http::StatusCode;
use livery_domain::{
    id::{TenantId, UserId},
    locale::Locale,
    member::Role,
    team,
};
use livery_platform::{Configured, Database};
use livery_store::people;
use serde::Serialize;
use serde_json::json;

/// # Errors
/// Every problem of the routes below.
pub async fn route<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    match exchange.segments().as_slice() {
        ["v1", "me"] => match exchange.request.method().as_str() {
            "GET" | "HEAD" => {
                let member = scope::member(exchange).await?;
                Ok(headers::json(StatusCode::OK, &show(&member)))
            }
            _ => Err(Problem::method_not_allowed("GET, HEAD")),
        },
        _ => Err(Problem::not_found()),
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
}

/// `GET /v1/me`
#[must_use]
pub fn show(member: &Member) -> MeView {
    MeView {
        user_id: member.actor.user(),
        tenant_id: member.tenant.id,
        role: member.role.map(|assigned| assigned.role),
    }
}

/// A person as they see themselves, in whatever tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileView {
    pub name: String,
    pub email: String,
    /// The language that they chose; none while they have not.
    pub locale: Option<Locale>,
}

/// What a person changes of themselves; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct ProfileChange {
    pub name: Option<String>,
    pub locale: Option<Locale>,
}

/// # Errors
/// 403 for a program; 401 where the person is gone.
pub async fn profile<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
) -> Result<ProfileView, Problem> {
    let found = people::profile(exchange.platform, member.person()?).await?;
    let (name, email, locale) = found.ok_or(crate::ProblemKind::Unauthenticated)?;
    let locale = locale.as_deref().and_then(Locale::parse);
    Ok(ProfileView { name, email: email.as_str().to_owned(), locale })
}

/// Changes name and language, everywhere that the person is. The log of this tenant tells which of them, and no value.
///
/// # Errors
/// 403 for a program; 422 for a name that is none.
pub async fn update<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    change: &ProfileChange,
) -> Result<ProfileView, Problem> {
    let user = member.person()?;
    let name = match &change.name {
        Some(name) => Some(team::kept_name(name).ok_or_else(|| {
            Problem::field(
                "/name",
                format!("A name is one line of 1 to {} characters.", team::MAX_NAME_CHARS),
            )
        })?),
        None => None,
    };
    audit::change(exchange, &member.scope, member.actor, async || {
        let now = profile(exchange, member).await?;
        let next = ProfileView {
            name: name.map(str::to_owned).unwrap_or_else(|| now.name.clone()),
            email: now.email.clone(),
            locale: change.locale.or(now.locale),
        };
        if next == now {
            return Ok(Decision::Nothing(next));
        }
        let mut changed = vec![];
        if next.name != now.name {
            changed.push("name");
        }
        if next.locale != now.locale {
            changed.push("locale");
        }
        let locale = next.locale.map(Locale::as_str);
        Ok(Decision::Change(Planned {
            action: "profile.changed",
            target: user.to_string(),
            before: None,
            after: Some(json!({ "changed": changed })),
            statements: vec![people::profile_changed(user, &next.name, locale)],
            output: next,
        }))
    })
    .await
}
