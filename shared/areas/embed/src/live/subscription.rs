//! Who may listen, and from where on.

use http::header;
use livery_access as access;
use livery_domain::{
    brand::release::Rev,
    clock::UnixMillis,
    embed::live::{BEARER_PREFIX, Cursor, ReleasePointer},
    id::VisitorId,
    reason::Reason,
    tenancy::{
        lifecycle::{Audience, Intent},
        tenant::TenantScope,
    },
};
use livery_http::{Exchange, Problem, ProblemKind, exchange::MAX_SAFE_INTEGER, headers};
use livery_platform::{Configured, Database, Hub, Listener, Unavailable};
use livery_store::brand::releases;

/// Sent by an event source that comes back: the id of the last event that it heard.
const LAST_EVENT_ID: &str = "last-event-id";

/// A client that may listen, and what it is to hear.
pub struct Subscription {
    pub scope: TenantScope,
    /// The newest revision that the client has; `None` where it does not say.
    pub since: Option<Rev>,
    /// Whose messages it hears beside the tenant's releases.
    pub visitor: Option<VisitorId>,
    /// The live release as SQL has it now. A hub that missed a publish learns it from here.
    pub live: Option<ReleasePointer>,
    /// How far it has listened already, where it did so without a socket.
    pub(super) cursor: Option<Cursor>,
    /// Since when the tenant has had the status that let the client in.
    pub status_since: UnixMillis,
    /// When the visitor's session ends.
    pub(super) until: Option<UnixMillis>,
}

impl Subscription {
    pub(super) fn listener(&self) -> Listener<'_> {
        Listener { visitor: self.visitor, since: self.since, cursor: self.cursor.as_ref() }
    }

    /// Whether the tenant is still open to visitors. PageRequest once the client listens: what closes the tenant later reaches it
    /// as a frame, and what closed it before shows here.
    ///
    /// # Errors
    /// As for a client that comes now.
    pub(super) async fn still_open(&self, db: &impl Database) -> Result<(), Problem> {
        let face = releases::public_face(db, &self.scope).await?.ok_or_else(Problem::not_found)?;
        access::admit_by(face.status, Audience::Visitor, Intent::Read)
    }

    /// Tells the hub which release is live: a publisher may have died before it did.
    pub(super) async fn tell_hub(&self, hub: &impl Hub) -> Result<(), Unavailable> {
        match &self.live {
            Some(live) => hub.publish_release(&self.scope, live.clone()).await,
            None => Ok(()),
        }
    }
}

/// For a socket. The session token comes as a subprotocol `bearer.{token}`: a browser can send no header with a
/// WebSocket, and a URL reaches logs. Without one, only releases are heard; those are public.
///
/// # Errors
/// 404 where no tenant lives here, 403 where it is suspended, 401 for a token that is not a live session, 400 for a malformed `since` or `cursor`.
pub async fn over_socket<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
) -> Result<Subscription, Problem> {
    let protocols = headers::single(exchange.request.headers(), header::SEC_WEBSOCKET_PROTOCOL.as_str());
    let token = protocols
        .into_iter()
        .flat_map(|list| list.split(','))
        .find_map(|protocol| protocol.trim().strip_prefix(BEARER_PREFIX));
    subscribe(exchange, token).await
}

/// For every other transport: the session token comes as `Authorization: Bearer`.
///
/// # Errors
/// As [`over_socket`].
pub async fn over_http<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
) -> Result<Subscription, Problem> {
    let anonymous = !exchange.request.headers().contains_key(header::AUTHORIZATION);
    let token = if anonymous { None } else { Some(access::bearer(exchange)?) };
    subscribe(exchange, token).await
}

async fn subscribe<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    token: Option<&str>,
) -> Result<Subscription, Problem> {
    let since = match exchange.query("since") {
        None => None,
        Some(_) => Some(exchange.query_number("since", 0, 0, MAX_SAFE_INTEGER)?),
    };
    let cursor = cursor(exchange)?;
    let (scope, visitor, until) = match token {
        Some(token) => {
            let session = access::visitor_of_token(exchange, token).await?;
            (session.scope, Some(session.visitor), Some(session.until))
        }
        None => (access::site(exchange).await?.scope, None, None),
    };
    let face = releases::public_face(exchange.platform, &scope).await?.ok_or_else(Problem::not_found)?;
    access::admit_by(face.status, Audience::Visitor, Intent::Read)?;
    let live = face.live.map(|release| ReleasePointer::new(release.rev, &release.manifest));
    Ok(Subscription { scope, since, visitor, live, cursor, status_since: face.status_since, until })
}

/// An event source keeps the address that it was made with, so what it heard last counts for more than the query.
fn cursor<P>(exchange: &Exchange<'_, P>) -> Result<Option<Cursor>, Problem> {
    let last_event = headers::single(exchange.request.headers(), LAST_EVENT_ID).map(str::to_owned);
    let Some(text) = last_event.or_else(|| exchange.query("cursor")) else { return Ok(None) };
    Cursor::parse(&text).map(Some).ok_or_else(|| {
        Problem::new(ProblemKind::MalformedRequest)
            .because(Reason::InvalidCursor)
            .detail("`cursor` and `Last-Event-ID` are given back as an earlier answer had them.")
    })
}
