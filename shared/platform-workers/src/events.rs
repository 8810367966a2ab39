//! A stream of events as the body of JavaScript's response.

use crate::Workers;
use futures_util::{StreamExt, stream};
use livery_embed::live::Events;
use livery_http::Response;
use worker::{Headers, ResponseBuilder, Result, worker_sys::web_sys};

/// The runtime pulls while the client reads; when it goes away the runtime drops the stream.
///
/// # Errors
/// Where the runtime refuses the head.
pub fn streamed(head: &Response, events: Events, platform: Workers) -> Result<web_sys::Response> {
    let headers = Headers::new();
    for (name, value) in head.headers() {
        if let Ok(value) = value.to_str() {
            headers.append(name.as_str(), value)?;
        }
    }
    let pieces = stream::unfold((events, platform), async |(mut events, platform)| {
        let piece = events.next(&platform).await?;
        Some((piece, (events, platform)))
    });
    let response = ResponseBuilder::new()
        .with_status(head.status().as_u16())
        .with_headers(headers)
        .from_stream(pieces.map(Ok::<_, worker::Error>))?;
    Ok(response.into())
}
