//! What this runtime can do and another can't.

use http::{HeaderValue, StatusCode, header};
use livery_http::{Response, headers};
use livery_platform::Runtime;
use serde::Serialize;

/// Only a deployment changes the answer. A page asks after a socket that failed, so a minute is as good as fresh.
const CACHE: HeaderValue = HeaderValue::from_static("public, max-age=60");

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Capabilities {
    runtime: &'static str,
    /// Transports of `/v1/live`, the best first.
    live: &'static [&'static str],
}

/// `GET /v1/capabilities`: the same at every host, so that nobody has to be asked.
pub fn show<P: Runtime>() -> Response {
    let live: &[&str] = if P::SOCKETS { &["websocket", "sse", "poll"] } else { &["sse", "poll"] };
    let mut response = headers::json(StatusCode::OK, &Capabilities { runtime: P::NAME, live });
    response.headers_mut().insert(header::CACHE_CONTROL, CACHE);
    response
}
