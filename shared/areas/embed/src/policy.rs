//! Which sites may embed the widget: `/v1/embed-policy`.

use http::{StatusCode, header};
use livery_access::{
    self as access,
    change::{self, Decision, Planned},
};
use livery_domain::{
    embed::origin::{EmbedPolicy, MAX_EMBED_ORIGINS, OriginPattern},
    operations::action::Action,
    people::permission::Permission,
    reason::Reason,
};
use livery_http::{
    Exchange, Problem, ProblemKind, Response, body, headers, precondition, problem::FieldFault, route::Parts,
};
use livery_platform::{Configured, Database};
use livery_store::tenancy::directory;
use serde::Deserialize;
use serde_json::{Value as Json, json};

livery_http::routes! {
    /// Which sites may embed the widget.
    Route in Admin tagged "Tenant";

    /// Which sites may embed the widget
    GetEmbedPolicy = Get "/v1/embed-policy", Tenant, Member(Some(Permission::TenantRead));
    /// Replace the sites that may embed the widget
    ///
    /// In force with the next publish.
    ReplaceEmbedPolicy = Put "/v1/embed-policy", Tenant, Member(Some(Permission::EmbedPolicyEdit));
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::GetEmbedPolicy => show(exchange).await,
        Route::ReplaceEmbedPolicy => replace(exchange).await,
    }
}

/// `GET /v1/embed-policy`
async fn show<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let (member, (policy, version)) = access::member_reading(exchange, directory::embed_policy_of).await?;
    member.require(Permission::TenantRead)?;
    Ok(shown(&policy, version))
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPolicy {
    origins: Vec<Json>,
}

/// `PUT /v1/embed-policy`, in force with the next publish.
async fn replace<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let member = access::member(exchange).await?;
    member.require(Permission::EmbedPolicyEdit)?;
    let new: NewPolicy = body::json(exchange)?;
    let policy = policy_of(&new.origins)?;
    change::write(exchange, &member.scope, member.actor, async || {
        let (old, version) = directory::embed_policy(exchange.platform, &member.scope).await?;
        precondition::require_match(exchange.request.headers(), &headers::version_etag(version))?;
        Ok(Decision::Change(Planned {
            action: Action::EmbedPolicyReplaced,
            target: member.tenant.id.to_string(),
            before: Some(json!({ "origins": old })),
            after: Some(json!({ "origins": policy })),
            statements: vec![directory::embed_policy_saved(&member.scope, version, &policy, exchange.now)?],
            output: shown(&policy, version + 1),
        }))
    })
    .await
}

fn policy_of(origins: &[Json]) -> Result<EmbedPolicy, Problem> {
    let invalid = |faults| Problem::new(ProblemKind::InvalidContent).faults(faults);
    if origins.len() > MAX_EMBED_ORIGINS {
        let detail = format!("At most {MAX_EMBED_ORIGINS} origins.");
        return Err(invalid(vec![FieldFault::new("/origins", Reason::TooMany, detail)]));
    }
    let mut faults = vec![];
    let mut kept: Vec<OriginPattern> = vec![];
    for (index, origin) in origins.iter().enumerate() {
        match origin.as_str().map(OriginPattern::parse_unicode) {
            Some(Ok(pattern)) if kept.contains(&pattern) => {}
            Some(Ok(pattern)) => kept.push(pattern),
            _ => faults.push(FieldFault::new(
                format!("/origins/{index}"),
                Reason::NotAnOrigin,
                "Write https://host, https://*.host or https://host:port.",
            )),
        }
    }
    if faults.is_empty() { Ok(EmbedPolicy { origins: kept }) } else { Err(invalid(faults)) }
}

fn shown(policy: &EmbedPolicy, version: i64) -> Response {
    let mut response = headers::json(StatusCode::OK, &json!({ "origins": policy }));
    headers::set(&mut response, header::ETAG, &headers::version_etag(version));
    response
}
