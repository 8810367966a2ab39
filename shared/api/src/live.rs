//! The live channel: `GET /v1/live`.

use crate::{Exchange, Problem, ProblemKind, Response, exchange::MAX_SAFE_INTEGER, headers, scope};
use http::{StatusCode, header};
use livery_domain::{
    id::VisitorId,
    live::{BEARER_PREFIX, Frame, ReleasePointer},
    release::Rev,
    tenant::TenantScope,
};
use livery_platform::{Configured, Database, Hub};
use livery_store::releases;
use serde::Serialize;

/// The route reads no body.
pub const MAX_BODY_BYTES: usize = 0;

/// A client that may listen, and what it is to hear.
pub struct Subscription {
    pub scope: TenantScope,
    /// The newest revision that the client has; `None` where it does not say.
    pub since: Option<Rev>,
    /// Whose messages it hears beside the tenant's releases.
    pub visitor: Option<VisitorId>,
    /// The live release as SQL has it now. A hub that missed a publish learns it from here.
    pub live: Option<ReleasePointer>,
}

/// Whether the client asks for a WebSocket.
#[must_use]
pub fn wants_socket<P>(exchange: &Exchange<'_, P>) -> bool {
    headers::single(exchange.request.headers(), header::UPGRADE.as_str())
        .is_some_and(|upgrade| upgrade.eq_ignore_ascii_case("websocket"))
}

/// Who may listen, and from where on. The session token comes as a subprotocol `bearer.{token}`: a browser can send no
/// header with a WebSocket, and a URL reaches logs. Without one, only releases are heard; those are public.
///
/// # Errors
/// 404 where no tenant lives here, 401 for a token that is not a live session, 400 for a malformed `since`.
pub async fn subscribe<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
) -> Result<Subscription, Problem> {
    if !exchange.reads() {
        return Err(Problem::method_not_allowed("GET"));
    }
    let since = match exchange.query("since") {
        None => None,
        Some(_) => Some(exchange.query_number("since", 0, 0, MAX_SAFE_INTEGER)?),
    };
    let site = scope::site(exchange).await?;
    let protocols = headers::single(exchange.request.headers(), header::SEC_WEBSOCKET_PROTOCOL.as_str());
    let token = protocols
        .into_iter()
        .flat_map(|list| list.split(','))
        .find_map(|protocol| protocol.trim().strip_prefix(BEARER_PREFIX));
    let visitor = match token {
        Some(token) => Some(scope::visitor_of_token(exchange, token).await?.visitor),
        None => None,
    };
    let live = releases::live(exchange.platform, &site.scope).await?;
    let live = live.map(|release| ReleasePointer::new(release.rev, &release.manifest));
    Ok(Subscription { scope: site.scope, since, visitor, live })
}

#[derive(Serialize)]
struct Frames {
    data: Vec<Frame>,
}

/// `GET /v1/live?since={rev}` without an upgrade: the frames missed since then, for clients that can hold no socket.
///
/// # Errors
/// As [`subscribe`]; 503 where the hub does not answer.
pub async fn poll<P: Database + Configured + Hub>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    if !matches!(exchange.segments().as_slice(), ["v1", "live"]) {
        return Err(Problem::not_found());
    }
    let subscription = subscribe(exchange).await?;
    if let Some(live) = subscription.live {
        exchange.platform.publish_release(&subscription.scope, live).await?;
    }
    let data = exchange.platform.releases_since(&subscription.scope, subscription.since).await?;
    Ok(headers::json(StatusCode::OK, &Frames { data }))
}

/// Whether a refused subscriber should get a new session first: told over the socket, since a browser shows a page no
/// status of a failed upgrade.
#[must_use]
pub fn is_unauthenticated(problem: &Problem) -> bool {
    problem.kind() == ProblemKind::Unauthenticated
}
