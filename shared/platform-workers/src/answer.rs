//! From the runtime's request to the runtime's response, once for every function. Never fails.

use crate::{
    Workers,
    events::streamed,
    received, reply,
    socket_pass::{pass, refused_socket},
};
use livery_domain::embed::live::SUBPROTOCOL;
use livery_embed::live::{self, Then};
use livery_http::{Exchange, Problem, Received, Response, Service, StartError, not_started};
use livery_platform::{Configured, Settings};
use std::{cell::RefCell, rc::Rc};
use worker::{Context, Env, console_error, worker_sys::web_sys};

/// How a function starts, given its settings: [`with_keys`], or one without. A function value and not a flag, so that a
/// function which checks no token does not include that code.
pub type Start = fn(&Settings) -> Result<Service, StartError>;

/// For functions that sign or check tokens.
///
/// # Errors
/// Without usable signing keys there is no such service.
pub fn with_keys(settings: &Settings) -> Result<Service, StartError> {
    Service::with_keys(settings)
}

thread_local! {
    /// Parsing keys derives a public key each: once per isolate. Settings can't change while an isolate lives.
    static SERVICE: RefCell<Option<Rc<Service>>> = const { RefCell::new(None) };
}

/// Answers a request of a function whose settings are read and whose keys are parsed, or says that it did not start.
pub async fn answer(
    request: web_sys::Request,
    env: Env,
    how: Start,
    max_body_bytes: usize,
    route: impl AsyncFnOnce(&Exchange<'_, Workers>) -> Result<Response, Problem>,
) -> worker::Result<web_sys::Response> {
    reply(&respond(request, env, how, max_body_bytes, route).await)
}

/// As [`answer`], for functions that reserve units of a quota: with the request's context they may take leases.
pub async fn answer_within(
    context: Context,
    request: web_sys::Request,
    env: Env,
    how: Start,
    max_body_bytes: usize,
    route: impl AsyncFnOnce(&Exchange<'_, Workers>) -> Result<Response, Problem>,
) -> worker::Result<web_sys::Response> {
    let started = start(env, how).map(|(platform, service)| (platform.within(context), service));
    reply(&served(request, started, max_body_bytes, route).await)
}

/// As [`answer`], before the conversion to a JavaScript response.
pub async fn respond(
    request: web_sys::Request,
    env: Env,
    how: Start,
    max_body_bytes: usize,
    route: impl AsyncFnOnce(&Exchange<'_, Workers>) -> Result<Response, Problem>,
) -> Response {
    served(request, start(env, how), max_body_bytes, route).await
}

async fn served(
    request: web_sys::Request,
    started: Result<(Workers, Rc<Service>), StartError>,
    max_body_bytes: usize,
    route: impl AsyncFnOnce(&Exchange<'_, Workers>) -> Result<Response, Problem>,
) -> Response {
    let (platform, service) = match started {
        Ok(started) => started,
        Err(fault) => return unstarted(&fault),
    };
    match received(request, max_body_bytes).await {
        Ok(received) => service.serve(&platform, received, route).await,
        Err(fault) => unreadable(&fault),
    }
}

/// Answers a request for the live channel: a pass to a socket at the tenant's hub where the client asks for one, events where
/// it accepts them, else frames.
pub async fn answer_live(request: web_sys::Request, env: Env) -> worker::Result<web_sys::Response> {
    let (platform, service) = match start(env, with_keys) {
        Ok(started) => started,
        Err(fault) => return reply(&unstarted(&fault)),
    };
    let received = match received(request, live::MAX_BODY_BYTES).await {
        Ok(received) => received,
        Err(fault) => return reply(&unreadable(&fault)),
    };
    let subprotocol = offers_subprotocol(&received);
    let opened = live::serve(&service, &platform, received).await;
    match opened.then {
        Then::Nothing => reply(&opened.head),
        Then::Events(events) => streamed(&opened.head, events, platform),
        Then::RefusedSocket { code, reason } => refused_socket(code, reason, subprotocol),
        Then::Socket(subscription) => pass(subscription, subprotocol),
    }
}

fn offers_subprotocol(received: &Received) -> bool {
    let offered =
        received.parts.headers.get(http::header::SEC_WEBSOCKET_PROTOCOL).and_then(|list| list.to_str().ok());
    offered.is_some_and(|list| list.split(',').any(|protocol| protocol.trim() == SUBPROTOCOL))
}

fn start(env: Env, how: Start) -> Result<(Workers, Rc<Service>), StartError> {
    let platform = Workers::new(env)?;
    if let Some(service) = SERVICE.with_borrow(Option::clone) {
        return Ok((platform, service));
    }
    let service = Rc::new(how(platform.settings())?);
    SERVICE.set(Some(service.clone()));
    Ok((platform, service))
}

fn unstarted(fault: &StartError) -> Response {
    console_error!("{{\"level\":\"error\",\"message\":\"not started\",\"cause\":{:?}}}", fault.to_string());
    not_started()
}

/// A request from the runtime that can't be read: cut off half-way, or with a method that HTTP does not know.
fn unreadable(fault: &worker::Error) -> Response {
    console_error!(
        "{{\"level\":\"info\",\"message\":\"unreadable request\",\"cause\":{:?}}}",
        fault.to_string()
    );
    livery_http::unreadable()
}
