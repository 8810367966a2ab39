//! What the widget asks for: embed sessions, conversations, messages.

mod conversations;
mod messages;
mod quota_headers;
mod sessions;

#[cfg(feature = "schema")]
pub use conversations::{ConversationView, NewConversation, Page as ConversationPage};
#[cfg(feature = "schema")]
pub use messages::{Page as MessagePage, Write as NewMessage};
#[cfg(feature = "schema")]
pub use sessions::{NewSession as NewEmbedSession, Session as EmbedSession};

use crate::{Exchange, Problem, Response};
use livery_platform::{Configured, Database, Entropy, ExactCounter, Hub};

/// Largest body: a message of 4,000 characters is 16 KB in UTF-8 and 48 KB where a client escapes every character
/// (12 octets for one outside the basic plane).
pub const MAX_BODY_BYTES: usize = 50 * 1024;

/// # Errors
/// Every problem of the routes below.
pub async fn route<P: Database + Configured + Entropy + ExactCounter + Hub>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let method = exchange.request.method().as_str();
    match exchange.segments().as_slice() {
        ["v1", "embed", "sessions"] => sessions::route(exchange).await,
        ["v1", "conversations"] => match method {
            "GET" | "HEAD" => conversations::list(exchange).await,
            "POST" => conversations::open(exchange).await,
            _ => Err(Problem::method_not_allowed("GET, HEAD, POST")),
        },
        ["v1", "conversations", id, "messages"] => match method {
            "GET" | "HEAD" => messages::list(exchange, id).await,
            "POST" => messages::send(exchange, id).await,
            _ => Err(Problem::method_not_allowed("GET, HEAD, POST")),
        },
        _ => Err(Problem::not_found()),
    }
}
