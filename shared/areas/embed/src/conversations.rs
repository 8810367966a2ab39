//! A visitor's conversations.

use http::StatusCode;
use livery_access as access;
use livery_domain::{embed::conversation::Conversation, id::ConversationId};
use livery_http::{Exchange, Problem, Response, body, headers};
use livery_platform::{Configured, Database, Entropy, fresh_bytes};
use livery_store::embed::conversations;
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConversationView {
    id: ConversationId,
    last_seq: i64,
    /// RFC 3339, UTC.
    created_at: String,
}

impl From<&Conversation> for ConversationView {
    fn from(conversation: &Conversation) -> Self {
        Self {
            id: conversation.id,
            last_seq: conversation.last_seq,
            created_at: conversation.created_at.rfc3339(),
        }
    }
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ConversationPage"))]
pub struct Page {
    data: Vec<ConversationView>,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewConversation {}

/// `GET /v1/conversations`
pub async fn list<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let visitor = access::visitor(exchange).await?;
    let found = conversations::of_visitor(exchange.platform, &visitor.scope, visitor.visitor).await?;
    Ok(headers::json(StatusCode::OK, &Page { data: found.iter().map(ConversationView::from).collect() }))
}

/// `POST /v1/conversations`
///
/// A visitor has one open conversation: 201 where it is made now, 200 where it was there.
pub async fn open<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let visitor = access::visitor(exchange).await?;
    let NewConversation {} = body::json(exchange)?;
    let id = ConversationId::new(exchange.now, fresh_bytes(exchange.platform));
    let (conversation, made_now) =
        conversations::open(exchange.platform, &visitor.scope, visitor.visitor, id, exchange.now).await?;
    let status = if made_now { StatusCode::CREATED } else { StatusCode::OK };
    Ok(headers::json(status, &ConversationView::from(&conversation)))
}
