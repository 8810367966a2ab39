//! The frames as JSON, for clients that can hold neither a socket nor a stream.

use super::subscription;
use http::{Method, StatusCode};
use livery_domain::embed::live::{Cursor, Frame};
use livery_http::{Exchange, Problem, Response, headers};
use livery_platform::{Configured, Database, Hub};
use serde::Serialize;

/// Longest that a request is held. Proxies and load balancers give up on a silent one after 30 s and more.
const MAX_WAIT_SECS: i64 = 25;

#[derive(Serialize)]
struct Frames<'a> {
    data: &'a [Frame],
    cursor: &'a Cursor,
}

/// `GET /v1/live?since={rev}&cursor={cursor}&wait={secs}`. Without a cursor, at once: what was missed since the revision.
/// With one: what came after it, held back until there is something, for `wait` seconds at most. HEAD never waits.
///
/// # Errors
/// As [`subscription::over_http`]; 400 for a malformed `wait`; 503 where the hub does not answer.
pub async fn answer<P: Database + Configured + Hub>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let wait = exchange.query_number("wait", 0, 0, MAX_WAIT_SECS)?;
    let wait = if *exchange.request.method() == Method::HEAD { 0 } else { wait };
    let subscription = subscription::over_http(exchange).await?;
    subscription.tell_hub(exchange.platform).await?;
    let wait_millis = u32::try_from(wait * 1000).unwrap_or(0);
    let heard = exchange.platform.listen(&subscription.scope, subscription.listener(), wait_millis).await?;
    Ok(headers::json(StatusCode::OK, &Frames { data: &heard.frames, cursor: &heard.cursor }))
}
