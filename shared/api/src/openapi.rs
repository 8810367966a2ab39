//! `GET /openapi.json`: the description of this API, the same at every host.

use crate::{Exchange, Problem, Response};
use bytes::Bytes;
use http::{HeaderValue, header};

/// Made by `cargo run -p livery-openapi` from the types that the routes read and write.
const DOCUMENT: &str = include_str!("../../../schema/openapi.json");

/// Only a deployment changes it.
const CACHE: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// # Errors
/// 405 for anything but reading it.
pub fn route<P>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    match exchange.segments().as_slice() {
        ["openapi.json"] if exchange.reads() => Ok(show()),
        ["openapi.json"] => Err(Problem::method_not_allowed("GET, HEAD")),
        _ => Err(Problem::not_found()),
    }
}

fn show() -> Response {
    let mut response = Response::new(Bytes::from_static(DOCUMENT.as_bytes()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, CACHE);
    // Tools for reading it run on other sites, and it holds no secret.
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}
