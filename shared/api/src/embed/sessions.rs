//! Embed sessions, minted by the customer's page for its own origin.

use crate::{Exchange, Problem, ProblemKind, Response, body, headers, scope};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use livery_domain::{
    id::VisitorId,
    lifecycle::{Audience, Intent},
    origin::Origin,
};
use livery_platform::{Configured, Database, Entropy, fresh_bytes};
use livery_store::releases;
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

/// `/v1/embed/sessions`, the one route that a customer's page calls itself: every answer, also a refusal, may be read
/// by the page that asked, so that the loader can say why there is no widget.
pub async fn route<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let asking = exchange.request.headers().get(header::ORIGIN).cloned();
    let outcome = match exchange.request.method().as_str() {
        "OPTIONS" => Ok(preflight()),
        "POST" => mint(exchange).await,
        _ => Err(Problem::method_not_allowed("OPTIONS, POST")),
    };
    let Some(asking) = asking else { return outcome };
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

fn preflight() -> Response {
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
async fn mint<P: Database + Configured + Entropy>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let site = scope::site(exchange).await?;
    scope::admit(&site.tenant, Audience::Visitor, Intent::Read)?;
    let wanted: NewSession = body::json(exchange)?;
    let live = releases::live(exchange.platform, &site.scope).await?.ok_or_else(Problem::not_found)?;
    let origin = headers::single(exchange.request.headers(), header::ORIGIN.as_str())
        .and_then(|origin| Origin::parse(origin).ok())
        .filter(|origin| live.manifest.embed_policy.allows(origin))
        .ok_or_else(|| {
            Problem::new(ProblemKind::OriginNotAllowed)
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
