//! From Spin's request to Spin's response, once for every function. Never fails.

use crate::{Reply, Spin, log, received, reply, streamed};
use futures_util::stream::unfold;
use http::Method;
use livery_embed::live::{self, Opened, Then};
use livery_http::{Exchange, Problem, Response, Service, StartError, not_started};
use livery_platform::{Configured, Settings};
use spin_sdk::http::Request;
use std::{cell::RefCell, rc::Rc};

/// How a function starts, given its settings: `Service::with_keys`, or without keys. A function value and not a flag,
/// so that a function which checks no token does not include that code.
pub type Start = fn(&Settings) -> Result<Service, StartError>;

/// What an instance keeps from one request to the next.
type Started = (Rc<Spin>, Rc<Service>);

thread_local! {
    /// Parsing keys derives a public key each: once per instance. Settings can't change while an instance lives.
    static STARTED: RefCell<Option<Started>> = const { RefCell::new(None) };
}

/// Answers a request of a function whose settings are read and whose keys are parsed, or says that it did not start.
///
/// # Errors
/// Where Spin refuses the answer.
pub async fn answer(
    request: Request,
    how: Start,
    max_body_bytes: usize,
    route: impl AsyncFnOnce(&Exchange<'_, Spin>) -> Result<Response, Problem>,
) -> Reply {
    let method = request.method().clone();
    let (platform, service) = match start(how).await {
        Ok(started) => started,
        Err(fault) => return unstarted(&method, &fault),
    };
    match received(request, &platform, max_body_bytes).await {
        Ok(received) => {
            let response = service.serve(&*platform, received, route).await;
            platform.close_idle();
            reply(&method, response)
        }
        Err(fault) => unreadable(&method, &fault),
    }
}

/// Answers a request for the live channel: events where the client accepts them, else frames.
///
/// # Errors
/// Where Spin refuses the answer.
pub async fn answer_live(request: Request) -> Reply {
    let method = request.method().clone();
    let (platform, service) = match start(Service::with_keys).await {
        Ok(started) => started,
        Err(fault) => return unstarted(&method, &fault),
    };
    let received = match received(request, &platform, live::MAX_BODY_BYTES).await {
        Ok(received) => received,
        Err(fault) => return unreadable(&method, &fault),
    };
    let Opened { head, then } = live::serve(&service, &*platform, received).await;
    platform.close_idle();
    match then {
        // There are no sockets here: a request for one is refused in the head.
        Then::Nothing | Then::Socket(_) | Then::RefusedSocket { .. } => reply(&method, head),
        Then::Events(events) => {
            let pieces = unfold((events, platform), async |(mut events, platform)| {
                let piece = events.next(&*platform).await?;
                Some((piece, (events, platform)))
            });
            streamed(head.into_parts().0, pieces)
        }
    }
}

async fn start(how: Start) -> Result<Started, StartError> {
    if let Some(started) = STARTED.with_borrow(Option::clone) {
        return Ok(started);
    }
    let platform = Spin::new().await?;
    let service = how(platform.settings())?;
    let started = (Rc::new(platform), Rc::new(service));
    STARTED.set(Some(started.clone()));
    Ok(started)
}

fn unstarted(method: &Method, fault: &StartError) -> Reply {
    let cause = fault.to_string();
    log(&format!("{{\"level\":\"error\",\"message\":\"not started\",\"cause\":{cause:?}}}"));
    reply(method, not_started())
}

/// A request from Spin that can't be read: it was cut off half-way.
fn unreadable(method: &Method, fault: &impl std::fmt::Display) -> Reply {
    let cause = fault.to_string();
    log(&format!("{{\"level\":\"info\",\"message\":\"unreadable request\",\"cause\":{cause:?}}}"));
    reply(method, livery_http::unreadable())
}
