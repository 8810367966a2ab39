//! Requests and responses between Spin and `http`.

use crate::Spin;
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, response::Parts};
use http_body_util::{BodyExt, Empty, Full, StreamBody};
use livery_http::{Client, Received, Response};
use livery_platform::{Configured, Environment};
use spin_sdk::{
    http::{IntoResponse, Request},
    wasip3::{http::types, http_compat::IncomingRequestBody},
};
use std::convert::Infallible;

/// What a function returns to Spin.
pub type Reply = Result<types::Response, types::ErrorCode>;

/// The URL that a request was sent to, as Spin saw it. Spin appends its own value after those that the client sent under
/// this name: only the last one counts.
const FULL_URL: &str = "spin-full-url";

/// The other end of the connection, with its port. As with [`FULL_URL`], only the last one is Spin's.
const CLIENT_ADDRESS: &str = "spin-client-addr";

/// Headers that only the runtime, or a proxy in front of it, may set, and that are not used here: they are dropped, so that
/// no handler can trust a value from a client. So is every name that begins with `spin-`.
const FORGEABLE: [&str; 8] = [
    "cf-connecting-ip",
    "cf-connecting-ipv6",
    "true-client-ip",
    "x-real-ip",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "forwarded",
];

/// How much of a body that is too large is read. Livery's clients never send more than this.
const DISCARDED_BYTES: usize = 16 * 1024 * 1024;

/// Reads a request with at most `max_body_bytes` of body; `body` is `None` where there is more.
///
/// # Errors
/// Where the body breaks off.
pub async fn received(
    request: Request,
    platform: &Spin,
    max_body_bytes: usize,
) -> Result<Received, types::ErrorCode> {
    let (mut parts, body) = request.into_parts();
    let client = client(&parts.headers, platform);
    let dropped: Vec<_> = parts
        .headers
        .keys()
        .filter(|name| {
            name.as_str().starts_with("spin-")
                || FORGEABLE.contains(&name.as_str())
                || platform.client_address_header.as_ref() == Some(*name)
        })
        .cloned()
        .collect();
    for name in dropped {
        parts.headers.remove(name);
    }
    // WASI drops hop-by-hop headers, so of a request for a socket only the handshake's key is left.
    if parts.headers.contains_key(header::SEC_WEBSOCKET_KEY) {
        parts.headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    }
    parts.uri =
        parts.uri.path_and_query().map_or_else(|| Uri::from_static("/"), |target| Uri::from(target.clone()));
    let body = bounded(body, &parts.headers, max_body_bytes).await?;
    Ok(Received { client, parts, body })
}

/// A proxy in front terminates TLS and sends plain HTTP to Spin, and its headers can be forged. So in production every request
/// is treated as received over TLS: Livery must be reachable from outside over HTTPS only. In development the URL decides.
///
/// The other end of the connection is that proxy too. An operator configures the header into which it writes the caller's
/// address; of a list, the last entry is the one that the proxy itself has added.
fn client(headers: &HeaderMap, platform: &Spin) -> Client {
    let last = |name: &str| headers.get_all(name).iter().next_back();
    let url = last(FULL_URL).and_then(|url| Uri::try_from(url.as_bytes()).ok()).unwrap_or_default();
    let told = match &platform.client_address_header {
        Some(by_proxy) => last(by_proxy.as_str()),
        None => last(CLIENT_ADDRESS),
    };
    let told = told.and_then(|list| list.to_str().ok()).and_then(|list| list.rsplit(',').next());
    let address = told.and_then(|address| Client::address_in(address.trim()));
    Client {
        authority: url.authority().map(|authority| authority.as_str().to_owned()).unwrap_or_default(),
        secure: platform.settings().environment == Environment::Production
            || url.scheme_str() == Some("https"),
        address,
    }
}

/// `None` for a body that is too large.
///
/// A little more of it is read and discarded: a client that is still sending would otherwise see a broken connection instead
/// of the answer.
async fn bounded(
    mut body: IncomingRequestBody,
    headers: &HeaderMap,
    max_body_bytes: usize,
) -> Result<Option<Bytes>, types::ErrorCode> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let announced = announced.and_then(|length| length.parse::<usize>().ok()).unwrap_or(0);
    if announced > max_body_bytes.saturating_add(DISCARDED_BYTES) {
        return Ok(None);
    }
    let mut read = BytesMut::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        // No route reads trailers.
        let Ok(chunk) = frame?.into_data() else { continue };
        length = length.saturating_add(chunk.len());
        if length <= max_body_bytes {
            read.extend_from_slice(&chunk);
        } else if length > max_body_bytes.saturating_add(DISCARDED_BYTES) {
            break;
        }
    }
    Ok((length <= max_body_bytes).then(|| read.freeze()))
}

/// A finished answer to a request of this method.
///
/// # Errors
/// Where Spin refuses the answer, such as a header that it does not take.
pub fn reply(method: &Method, response: Response) -> Reply {
    let (mut parts, body) = response.into_parts();
    if matches!(parts.status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) || method == Method::HEAD {
        return http::Response::from_parts(parts, Empty::<Bytes>::new()).into_response();
    }
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    http::Response::from_parts(parts, Full::new(body)).into_response()
}

/// An answer whose body is not finished yet: each piece is sent as it comes, and the instance lives until the last.
///
/// # Errors
/// As [`reply`].
pub fn streamed(head: Parts, pieces: impl Stream<Item = Bytes> + 'static) -> Reply {
    let frames = pieces.map(|piece| Ok::<_, Infallible>(http_body::Frame::data(piece)));
    http::Response::from_parts(head, StreamBody::new(frames)).into_response()
}
