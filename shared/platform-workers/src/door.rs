//! Requests and responses between JavaScript and `http`.

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use js_sys::Uint8Array;
use livery_http::{Client, Received, Response};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use wasm_bindgen::{JsCast, JsValue};
use worker::{Env, Request, worker_sys::web_sys};

/// What the URL standard leaves in a path or query and `http::Uri` does not take.
const NOT_IN_URI: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The caller's address as Cloudflare sets it; a header of this name from a client is overwritten
/// (<https://developers.cloudflare.com/fundamentals/reference/http-headers/#cf-connecting-ip>).
const CLIENT_ADDRESS: &str = "cf-connecting-ip";

/// Headers that only the runtime may have written. What is needed of them is in [`Client`]; the rest are dropped, so that no
/// handler can trust a value from a client or log an address.
const FORGEABLE: [&str; 8] = [
    CLIENT_ADDRESS,
    "cf-connecting-ipv6",
    "true-client-ip",
    "x-real-ip",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "forwarded",
];

/// The path of a request, without reading anything else of it.
#[must_use]
pub fn pathname(request: &web_sys::Request) -> String {
    let url = request.url();
    let after_scheme = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let path = after_scheme.find('/').map_or("/", |at| &after_scheme[at..]);
    path.split(['?', '#']).next().unwrap_or("/").to_owned()
}

/// Reads a request with at most `max_body_bytes` of body; `body` is `None` where there is more.
///
/// # Errors
/// Where the request itself can't be read.
pub async fn received(request: web_sys::Request, max_body_bytes: usize) -> worker::Result<Received> {
    let malformed = |fault: &dyn std::fmt::Display| worker::Error::RustError(fault.to_string());
    // The runtime's URL is normalised already: an implementation of the URL standard in wasm would add 100 KB.
    let url = utf8_percent_encode(&request.url(), NOT_IN_URI).to_string();
    let uri = Uri::try_from(url).map_err(|fault| malformed(&fault))?;
    let client = Client {
        authority: uri.authority().map(|authority| authority.as_str().to_owned()).unwrap_or_default(),
        secure: uri.scheme_str() == Some("https"),
        address: request.headers().get(CLIENT_ADDRESS)?.and_then(|text| Client::address_in(&text)),
    };
    let mut parts = http::Request::new(()).into_parts().0;
    parts.method = Method::from_bytes(request.method().as_bytes()).map_err(|fault| malformed(&fault))?;
    parts.uri =
        uri.path_and_query().map_or_else(|| Uri::from_static("/"), |target| Uri::from(target.clone()));
    for (name, value) in &worker::Headers(request.headers()) {
        if FORGEABLE.contains(&name.as_str()) {
            continue;
        }
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(&value)) {
            parts.headers.append(name, value);
        }
    }
    let body = body(request, &parts.headers, max_body_bytes).await?;
    Ok(Received { client, parts, body })
}

async fn body(
    request: web_sys::Request,
    headers: &HeaderMap,
    max_body_bytes: usize,
) -> worker::Result<Option<Bytes>> {
    let announced = headers.get(http::header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    if announced
        .and_then(|length| length.parse::<u64>().ok())
        .is_some_and(|length| length > max_body_bytes as u64)
    {
        return Ok(None);
    }
    if request.body().is_none() {
        return Ok(Some(Bytes::new()));
    }
    let mut stream = Request::from(request).stream()?;
    let mut body = BytesMut::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk?;
        if body.len() + chunk.len() > max_body_bytes {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body.freeze()))
}

/// A finished answer as a JavaScript response.
///
/// # Errors
/// Where the runtime refuses the answer, such as a status that it does not know.
pub fn reply(response: &Response) -> worker::Result<web_sys::Response> {
    let init = head(response.status(), &headers(response.headers())?);
    let bodyless = matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    let response = if bodyless {
        web_sys::Response::new_with_opt_str_and_init(None, &init)?
    } else {
        let body = Uint8Array::from(response.body().as_ref());
        web_sys::Response::new_with_opt_js_u8_array_and_init(Some(&body), &init)?
    };
    Ok(response)
}

/// # Errors
/// Where the runtime refuses a header.
pub(crate) fn headers(sent: &HeaderMap) -> worker::Result<web_sys::Headers> {
    let headers = web_sys::Headers::new()?;
    for (name, value) in sent {
        if let Ok(value) = value.to_str() {
            headers.append(name.as_str(), value)?;
        }
    }
    Ok(headers)
}

/// Status and headers of an answer, as JavaScript wants them beside the body.
pub(crate) fn head(status: StatusCode, headers: &web_sys::Headers) -> web_sys::ResponseInit {
    let init = web_sys::ResponseInit::new();
    init.set_status(status.as_u16());
    init.set_headers(headers);
    init
}

/// Forwards a request unchanged to the function behind a service binding, and its answer back: bodies stream and sockets
/// work, since nothing here reads them.
///
/// # Errors
/// Where the binding is missing or the function does not answer.
pub async fn handed_over(
    env: &Env,
    service: &str,
    request: web_sys::Request,
) -> worker::Result<web_sys::Response> {
    fetched(env, service, &request, &JsValue::UNDEFINED).await
}

/// What the function behind a service binding answers to a request, or to a URL with what makes it one.
pub(crate) async fn fetched(
    env: &Env,
    service: &str,
    request: &JsValue,
    init: &JsValue,
) -> worker::Result<web_sys::Response> {
    let service: js_sys::Object = js_sys::Reflect::get(env, &service.into())?.dyn_into()?;
    fetched_from(&service, request, init).await
}

/// The same of a function or an object that is at hand.
pub(crate) async fn fetched_from(
    fetcher: &js_sys::Object,
    request: &JsValue,
    init: &JsValue,
) -> worker::Result<web_sys::Response> {
    let fetch: js_sys::Function = js_sys::Reflect::get(fetcher, &"fetch".into())?.dyn_into()?;
    let promise: js_sys::Promise = fetch.call2(fetcher, request, init)?.dyn_into()?;
    let answer = worker::js_sys::futures::JsFuture::from(promise).await?;
    Ok(answer.dyn_into()?)
}
