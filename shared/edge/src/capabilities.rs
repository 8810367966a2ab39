//! The capabilities in which the runtimes differ.

use http::{HeaderValue, StatusCode, header};
use livery_http::{Response, headers};
use livery_platform::Runtime;
use serde::Serialize;

/// Only a deployment changes the answer. A page requests it after a socket has failed, so a minute old is fresh enough.
const CACHE: HeaderValue = HeaderValue::from_static("public, max-age=60");

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Capabilities {
    runtime: &'static str,
    /// Transports of `/v1/live`, the best first.
    live: &'static [&'static str],
}

/// `GET /v1/capabilities`: the same at every host, so that no look-up is needed.
pub fn show<P: Runtime>() -> Response {
    let live: &[&str] = if P::SOCKETS { &["websocket", "sse", "poll"] } else { &["sse", "poll"] };
    let mut response = headers::json(StatusCode::OK, &Capabilities { runtime: P::NAME, live });
    response.headers_mut().insert(header::CACHE_CONTROL, CACHE);
    response
}
