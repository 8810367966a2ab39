//! The `embed` function: embed sessions, conversations, messages. This file lists the tables that it serves.

use livery_embed::sessions;
use livery_http::{Exchange, Problem, Response};
use livery_platform::{Configured, Database, Entropy, ExactCounter, Hub};

/// Largest body: a message of 4,000 characters is 16 KB in UTF-8 and 48 KB where a client escapes every character
/// (12 octets for one outside the basic plane).
pub const MAX_BODY_BYTES: usize = 50 * 1024;

livery_http::serve! {
    /// # Errors
    /// Every problem of the routes in these tables.
    Embed with Database Configured Entropy ExactCounter Hub;
    livery_embed::routes,
}

/// As [`route`], with the headers by which a customer's page may read the answer to its own call.
///
/// # Errors
/// As [`route`].
pub async fn answer<P: Database + Configured + Entropy + ExactCounter + Hub>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    sessions::readable(exchange, route(exchange).await)
}
