//! Embed sessions, minted by the customer's page for its own origin.

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use livery_access as access;
use livery_domain::{
    embed::origin::Origin,
    id::VisitorId,
    reason::Reason,
    tenancy::lifecycle::{Audience, Intent},
};
use livery_http::{Exchange, Problem, ProblemKind, Response, body, headers};
use livery_platform::{Configured, Database, Entropy, fresh_bytes};
use livery_store::brand::releases;
use livery_token::SESSION_TOKEN_SECS;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "NewEmbedSession"))]
#[serde(deny_unknown_fields)]
pub struct NewSession {
    #[serde(default)]
    visitor_token: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "EmbedSession"))]
pub struct Session {
    session_token: String,
    /// Seconds.
    expires_in: u64,
    visitor_token: String,
}

/// The one path that a customer's page calls itself.
const PATH: &str = "/v1/embed/sessions";

/// Lets the page that asked read every answer of [`PATH`], also a refusal, so that the loader can say why there is no widget.
///
/// # Errors
/// The outcome's own.
pub fn readable<P>(
    exchange: &Exchange<'_, P>,
    outcome: Result<Response, Problem>,
) -> Result<Response, Problem> {
    let asking = exchange.request.headers().get(header::ORIGIN).cloned();
    let Some(asking) = asking.filter(|_| exchange.request.uri().path() == PATH) else { return outcome };
    // Without its name here the loader could not read when to come back.
    let readable = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, asking),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after")),
        (header::VARY, HeaderValue::from_static("Origin")),
    ];
    match outcome {
        Ok(mut response) => {
            response.headers_mut().extend(readable);
            Ok(response)
        }
        Err(problem) => {
            Err(readable.into_iter().fold(problem, |problem, (name, value)| problem.header(name, value)))
        }
    }
}

pub(crate) fn preflight() -> Response {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    // The longest that Chromium honours is two hours.
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("7200"));
    response
}

/// `POST /v1/embed/sessions`
///
/// The browser's `Origin` header says which page asks; the live release says which may. A visitor token of this tenant
/// brings the same visitor back; any other is treated as none. A session changes nothing that is kept, so it is to be had
/// in maintenance too: the widget can then show what was said, and why nothing can be said now.
pub(crate) async fn mint<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let site = access::site(exchange).await?;
    access::admit(&site.tenant, Audience::Visitor, Intent::Read)?;
    let wanted: NewSession = body::json(exchange)?;
    let live = releases::live(exchange.platform, &site.scope).await?.ok_or_else(Problem::not_found)?;
    let origin = headers::single(exchange.request.headers(), header::ORIGIN.as_str())
        .and_then(|origin| Origin::parse(origin).ok())
        .filter(|origin| live.manifest.embed_policy.allows(origin))
        .ok_or_else(|| {
            Problem::new(ProblemKind::OriginNotAllowed)
                .because(Reason::OriginNotInPolicy)
                .detail("Add the page's origin to the tenant's embed policy and publish.")
        })?;
    let keyring = exchange.service.keyring()?;
    let visitor = wanted
        .visitor_token
        .and_then(|token| keyring.verify_visitor(exchange.now, &token).ok())
        .filter(|claims| claims.tenant == site.tenant.id)
        .and_then(|claims| claims.visitor)
        .unwrap_or_else(|| VisitorId::new(exchange.now, fresh_bytes(exchange.platform)));
    let internal = |fault| Problem::new(ProblemKind::Internal).cause(fault);
    let session = Session {
        session_token: keyring
            .sign_session(exchange.now, visitor, site.tenant.id, origin.to_string())
            .map_err(internal)?,
        expires_in: SESSION_TOKEN_SECS,
        visitor_token: keyring.sign_visitor(exchange.now, visitor, site.tenant.id).map_err(internal)?,
    };
    Ok(headers::json(StatusCode::CREATED, &session))
}
