//! Response headers that more than one route group sends.

use crate::message::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Serialize;

pub const NO_STORE: &str = "no-store";
/// For a URL that names its content by hash: a year is the longest that RFC 9111 caches honour.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// A JSON answer that no cache keeps.
pub fn json(status: StatusCode, body: &impl Serialize) -> Response {
    let mut response = Response::new(Bytes::from(serde_json::to_vec(body).unwrap_or_default()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(NO_STORE));
    response
}

/// Done, and nothing to say.
pub fn no_content() -> Response {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(NO_STORE));
    response
}

/// Sets a header whose value is ours; one that HTTP can't carry is left out.
pub fn set(response: &mut Response, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// The text of a header that is sent once; `None` where it is absent, repeated or not ASCII.
pub fn single<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    if values.next().is_some() { None } else { Some(value) }
}

/// Whether a list such as `If-Match` or `If-None-Match` names `etag` (with its quotes) or is `*`.
///
/// `weak` compares as `If-None-Match` does (RFC 9110, section 13.1.2): a `W/` before the tag does not matter.
pub fn names_etag(headers: &HeaderMap, name: header::HeaderName, etag: &str, weak: bool) -> Option<bool> {
    let mut asked = false;
    for value in headers.get_all(name) {
        asked = true;
        let Ok(value) = value.to_str() else { continue };
        if list_names(value, etag, weak) {
            return Some(true);
        }
    }
    asked.then_some(false)
}

/// The same for the text of one such list.
pub fn list_names(list: &str, etag: &str, weak: bool) -> bool {
    list.split(',').map(str::trim).any(|tag| {
        let tag = if weak { tag.strip_prefix("W/").unwrap_or(tag) } else { tag };
        tag == "*" || tag == etag
    })
}

/// The headers of every answer.
pub fn secure(response: &mut Response, secure_transport: bool) {
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !headers.contains_key(header::REFERRER_POLICY) {
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    if secure_transport {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
}

/// The strong entity tag of something with a version number: `"7"`.
pub fn version_etag(version: i64) -> String {
    format!("\"{version}\"")
}
