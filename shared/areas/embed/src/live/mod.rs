//! The live channel: `GET /v1/live`, with one shape of frames over every transport.
//!
//! A WebSocket where the client upgrades and the runtime has sockets; server-sent events where it accepts
//! `text/event-stream`; else the frames as JSON, held back for `wait` seconds until there is one.

mod events;
mod poll;
mod subscription;

pub use events::Events;
pub use subscription::Subscription;

use bytes::Bytes;
use http::{Method, StatusCode, header};
use livery_domain::embed::live::close;
use livery_http::{
    Exchange, Log, Problem, ProblemKind, Received, Response, Service, headers,
    route::{self, Found},
};
use livery_platform::{Clock, Configured, Database, Entropy, Hub, Runtime};

livery_http::routes! {
    /// The live channel.
    Route in Live tagged "Widget";

    /// The live channel
    ///
    /// A WebSocket where `Upgrade` asks for one, server-sent events for `Accept: text/event-stream`, else JSON, held
    /// back for `wait` seconds at most until there is something.
    OpenLiveChannel = Get "/v1/live", Tenant, AnybodyOrVisitor;
}

/// The route reads no body.
pub const MAX_BODY_BYTES: usize = 0;

/// Names of the ports that [`serve`] asks for.
pub const PORTS: &[&str] = &["Database", "Configured", "Entropy", "Hub", "Runtime"];

/// What a client was answered: `head` is finished, and whole unless something follows.
pub struct Opened {
    pub head: Response,
    pub then: Then,
}

/// What the door has to do after the head.
pub enum Then {
    Nothing,
    /// Send each of [`Events::next`] as it comes, and end where it ends.
    Events(Events),
    /// Open a socket at the tenant's hub; `head` is a bare 101.
    Socket(Subscription),
    /// Accept a socket only to close it with this code: a browser shows a page no status of a failed upgrade.
    RefusedSocket {
        code: u16,
        reason: &'static str,
    },
}

/// Answers `GET /v1/live`; never fails.
pub async fn serve<P>(service: &Service, platform: &P, received: Received) -> Opened
where
    P: Clock + Entropy + Log + Database + Configured + Hub + Runtime,
{
    let mut then = Then::Nothing;
    let route = async |exchange: &Exchange<'_, P>| {
        let (head, what_follows) = open(exchange).await?;
        then = what_follows;
        Ok(head)
    };
    let head = service.serve(platform, received, route).await;
    Opened { head, then }
}

async fn open<P>(exchange: &Exchange<'_, P>) -> Result<(Response, Then), Problem>
where
    P: Clock + Entropy + Database + Configured + Hub + Runtime,
{
    match route::find::<Route, _>(exchange)? {
        Found::Route(Route::OpenLiveChannel, _) => {}
        Found::Answer(response) => return Ok((response, Then::Nothing)),
        Found::Nothing => return Err(Problem::not_found()),
    }
    if wants_socket(exchange) {
        return open_socket(exchange).await;
    }
    if !wants_events(exchange) {
        return Ok((poll::answer(exchange).await?, Then::Nothing));
    }
    let events = Events::open(exchange).await?;
    let then = if *exchange.request.method() == Method::HEAD { Then::Nothing } else { Then::Events(events) };
    Ok((events::head(), then))
}

async fn open_socket<P: Database + Configured + Runtime>(
    exchange: &Exchange<'_, P>,
) -> Result<(Response, Then), Problem> {
    if !P::SOCKETS {
        return Err(Problem::new(ProblemKind::NotOnThisRuntime).detail(
            "There are no WebSockets here. Ask with `Accept: text/event-stream` for events, or with `wait=25` for the next frames as JSON.",
        ));
    }
    let then = match subscription::over_socket(exchange).await {
        Ok(subscription) => Then::Socket(subscription),
        Err(problem) => match problem.kind() {
            ProblemKind::Unauthenticated => Then::RefusedSocket {
                code: close::UNAUTHENTICATED,
                reason: "the session is not valid any more",
            },
            ProblemKind::TenantSuspended => {
                Then::RefusedSocket { code: close::SUSPENDED, reason: "the tenant is not open to visitors" }
            }
            _ => return Err(problem),
        },
    };
    let mut switching = Response::new(Bytes::new());
    *switching.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    Ok((switching, then))
}

fn wants_socket<P>(exchange: &Exchange<'_, P>) -> bool {
    headers::single(exchange.request.headers(), header::UPGRADE.as_str())
        .is_some_and(|upgrade| upgrade.eq_ignore_ascii_case("websocket"))
}

fn wants_events<P>(exchange: &Exchange<'_, P>) -> bool {
    let accepted = exchange.request.headers().get_all(header::ACCEPT);
    accepted.iter().filter_map(|list| list.to_str().ok()).flat_map(|list| list.split(',')).any(|range| {
        let media_type = range.split(';').next().unwrap_or_default().trim();
        media_type.eq_ignore_ascii_case(events::MEDIA_TYPE)
    })
}
