//! From a received request to a finished answer, once for every function.

use crate::{
    exchange::{Exchange, Note},
    headers,
    message::{Client, Request, Response},
    problem::{Problem, ProblemKind},
    service::Service,
};
use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode};
use livery_domain::id::RequestId;
use livery_platform::{Clock, Entropy, fresh_bytes};
use serde::Serialize;
use std::cell::Cell;

/// Where one line per request goes.
pub trait Log {
    /// `line` is one JSON object. It holds no body, no header, no query, no address of a person.
    fn log(&self, line: &str);
}

/// The header that tells a caller which line of the log is about the request.
pub const REQUEST_ID: &str = "x-request-id";

/// A request as the runtime received it. `body` is `None` where it was larger than the function reads.
pub struct Received {
    pub client: Client,
    pub parts: http::request::Parts,
    pub body: Option<Bytes>,
}

/// What the log has for a path that is none of ours: it is what the caller typed, and may be about a person.
const NO_ROUTE: &str = "(no route)";

#[derive(Serialize)]
struct LogLine<'a> {
    level: &'a str,
    message: &'a str,
    method: &'a str,
    /// The pattern of the route: ids and addresses stay out of the log.
    path: &'a str,
    status: u16,
    duration_ms: i64,
    request_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a str>,
}

impl Service {
    /// Answers a request; never fails. `route` says what the answer is, this says how every answer looks.
    pub async fn serve<P: Clock + Entropy + Log>(
        &self,
        platform: &P,
        received: Received,
        route: impl AsyncFnOnce(&Exchange<'_, P>) -> Result<Response, Problem>,
    ) -> Response {
        let now = platform.now();
        let request_id = RequestId::new(now, fresh_bytes(platform));
        let too_large = received.body.is_none();
        let exchange = Exchange {
            platform,
            service: self,
            client: received.client,
            request: Request::from_parts(received.parts, received.body.unwrap_or_default()),
            request_id,
            now,
            note: Note::default(),
            route: Cell::new(None),
        };
        let outcome =
            if too_large { Err(ProblemKind::PayloadTooLarge.into()) } else { route(&exchange).await };
        let mut problem = None;
        let mut cause = None;
        let mut response = outcome.unwrap_or_else(|fault| {
            problem = Some(fault.kind().facts().1);
            cause = fault.logged_cause().map(str::to_owned);
            (self.show)(&exchange.client, &exchange.request, fault, &request_id.to_string())
        });
        let cause = cause.or_else(|| exchange.note.take());
        headers::secure(&mut response, exchange.client.secure);
        if let Ok(id) = HeaderValue::from_str(&request_id.to_string()) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        let status = response.status();
        if self.logs_success || cause.is_some() || status.is_client_error() || status.is_server_error() {
            let duration_ms = platform.now().since(now);
            platform.log(&line(&exchange, status, duration_ms, problem, cause.as_deref()));
        }
        if exchange.request.method() == Method::HEAD {
            *response.body_mut() = Bytes::new();
        }
        response
    }
}

fn line<P>(
    exchange: &Exchange<'_, P>,
    status: StatusCode,
    duration_ms: i64,
    problem: Option<&str>,
    cause: Option<&str>,
) -> String {
    let line = LogLine {
        level: if status.is_server_error() { "error" } else { "info" },
        message: "request answered",
        method: exchange.request.method().as_str(),
        path: exchange.route.get().unwrap_or(NO_ROUTE),
        status: status.as_u16(),
        duration_ms,
        request_id: exchange.request_id.to_string(),
        problem,
        cause,
    };
    // Numbers and text: nothing here can be refused.
    serde_json::to_string(&line).unwrap_or_default()
}

/// The answer of a function that did not start: the same 503 whatever was asked. `cause` goes to the log.
#[must_use]
pub fn not_started() -> Response {
    let mut response = Problem::new(ProblemKind::NotConfigured)
        .detail("An operator has to complete the configuration; the log says which setting.")
        .into_response("none");
    headers::secure(&mut response, false);
    response
}

/// The answer to a request that can't be read at all.
#[must_use]
pub fn unreadable() -> Response {
    let mut response = Problem::new(ProblemKind::MalformedRequest).into_response("none");
    headers::secure(&mut response, false);
    response
}

/// The answer where the function that has the route does not answer.
#[must_use]
pub fn unreachable_function() -> Response {
    let mut response = Problem::new(ProblemKind::Unavailable).into_response("none");
    headers::secure(&mut response, false);
    response
}
