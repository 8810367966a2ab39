//! `GET /openapi.json`: the description of this API, the same at every host.

use bytes::Bytes;
use http::{HeaderValue, header};
use livery_http::{Exchange, Problem, Response, route::Parts};

/// Made by `cargo run -p livery-openapi` from the types that the routes read and write.
const DOCUMENT: &str = include_str!("../../../../schema/openapi.json");

/// Only a deployment changes it.
const CACHE: HeaderValue = HeaderValue::from_static("public, max-age=300");

livery_http::routes! {
    /// The description of this API.
    Route in Admin tagged "Platform";

    /// The OpenAPI document
    GetOpenapi = Get "/openapi.json", Any, Anybody;
}

/// # Errors
/// None.
pub async fn answer<P>(route: Route, _: &Exchange<'_, P>, _: &Parts<'_>) -> Result<Response, Problem> {
    match route {
        Route::GetOpenapi => Ok(show()),
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
