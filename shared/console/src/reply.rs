//! Answers without a page, and the headers of all.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use livery_http::Response;

/// After a form: the page to look at next, so that reloading it sends nothing again.
pub fn see_other(to: &str) -> Response {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::SEE_OTHER;
    set(&mut response, header::LOCATION, to);
    set(&mut response, header::CACHE_CONTROL, "no-store");
    response
}

/// Sets a header whose value is ours; one that HTTP can't carry is left out.
pub fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// Adds a `Set-Cookie`, of which an answer can have several.
pub fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
