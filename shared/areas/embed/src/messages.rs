//! The messages of a conversation, each a unit of the tenant's monthly quota.

use crate::quota_headers;
use http::StatusCode;
use livery_access as access;
use livery_domain::{
    embed::{
        conversation::{Author, MAX_MESSAGES_PER_PAGE, Message, MessageText, MessageView},
        live::Frame,
    },
    hash::digest_of,
    id::{ConversationId, MessageId, ReservationId},
    limits::quota::{Meter, Period, Reservation},
    reason::Reason,
};
use livery_http::{
    Exchange, Problem, ProblemKind, Response, body, exchange::MAX_SAFE_INTEGER, headers, problem::FieldFault,
};
use livery_platform::{Configured, Database, Entropy, ExactCounter, Hub, fresh_bytes};
use livery_store::{
    embed::conversations::{self, NewMessage},
    tenancy::directory,
};
use serde::{Deserialize, Serialize};

/// Longest `Idempotency-Key`: a UUID has 36 characters; 64 leaves room for other schemes.
const MAX_IDEMPOTENCY_KEY_CHARS: usize = 64;

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "MessagePage"))]
pub struct Page {
    data: Vec<MessageView>,
    has_more: bool,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "NewMessage"))]
#[serde(deny_unknown_fields)]
pub struct Write {
    text: String,
}

/// `GET /v1/conversations/{id}/messages?after={seq}&limit={count}`
pub async fn list<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    id: &str,
) -> Result<Response, Problem> {
    let visitor = access::visitor(exchange).await?;
    let after = exchange.query_number("after", 0, 0, MAX_SAFE_INTEGER)?;
    let most = i64::from(MAX_MESSAGES_PER_PAGE);
    let limit = exchange.query_number("limit", most, 1, most)?.unsigned_abs() as u32;
    let conversation = conversation_of(exchange, &visitor, id).await?;
    // One more than asked for tells whether there are more.
    let mut found =
        conversations::messages_after(exchange.platform, &visitor.scope, conversation, after, limit + 1)
            .await?;
    let has_more = found.len() > limit as usize;
    found.truncate(limit as usize);
    Ok(headers::json(StatusCode::OK, &Page { data: found.iter().map(MessageView::from).collect(), has_more }))
}

/// `POST /v1/conversations/{id}/messages`
///
/// The order makes it exact: the unit is held first, under an id that a retry repeats; then the message is stored once
/// per idempotency key. Dying in between leaves a unit counted and no message, never a message uncounted; the retry
/// that follows stores the message for that same unit.
pub async fn send<P: Database + Configured + Entropy + ExactCounter + Hub>(
    exchange: &Exchange<'_, P>,
    id: &str,
) -> Result<Response, Problem> {
    let visitor = access::visitor(exchange).await?;
    let write: Write = body::json(exchange)?;
    let text = MessageText::parse(&write.text).map_err(|fault| {
        Problem::new(ProblemKind::InvalidContent).faults(vec![FieldFault::new(
            "/text",
            fault.reason(),
            fault.to_string(),
        )])
    })?;
    let message_id = MessageId::new(exchange.now, fresh_bytes(exchange.platform));
    let key = idempotency_key(exchange)?.unwrap_or_else(|| message_id.to_string());
    let conversation = conversation_of(exchange, &visitor, id).await?;
    if let Some(sent) =
        conversations::message_sent(exchange.platform, &visitor.scope, conversation, &key).await?
    {
        return repeated(&sent, &text);
    }
    let limit = directory::messages_limit(exchange.platform, &visitor.scope).await?;
    let period = Period::month_of(exchange.now);
    let reservation = ReservationId::of_work(digest_of(&[&conversation.to_string(), &key]));
    let held =
        exchange.platform.reserve(&visitor.scope, Meter::Messages, period, limit, 1, reservation).await?;
    let usage = match held {
        Reservation::Granted { usage, .. } => usage,
        Reservation::Exceeded { usage, units_may_return_in_secs: None } => {
            return Err(quota_headers::exceeded(period, usage, exchange.now));
        }
        Reservation::Exceeded { usage, units_may_return_in_secs: Some(secs) } => {
            return Err(quota_headers::lent_out(period, usage, exchange.now, secs));
        }
    };
    let new = NewMessage {
        id: message_id,
        author: Author::Visitor,
        text: &text,
        idempotency_key: &key,
        now: exchange.now,
    };
    let stored = conversations::add_message(exchange.platform, &visitor.scope, conversation, &new).await?;
    let Some(message) = stored else {
        // A retry of this very message came in between; it holds the same unit.
        let sent = conversations::message_sent(exchange.platform, &visitor.scope, conversation, &key).await?;
        return sent.map_or_else(|| Err(ProblemKind::Conflict.into()), |sent| repeated(&sent, &text));
    };
    let view = MessageView::from(&message);
    let frame = Frame::Message { conversation_id: conversation, message: view.clone() };
    // The message is stored: a hub that does not answer costs other pages a moment, not the sender an error. They read
    // what they missed with their next connection.
    let _ = exchange.platform.publish_to_visitor(&visitor.scope, visitor.visitor, &frame).await;
    let mut response = headers::json(StatusCode::CREATED, &view);
    quota_headers::add(&mut response, period, usage, exchange.now);
    Ok(response)
}

fn repeated(sent: &Message, text: &MessageText) -> Result<Response, Problem> {
    if sent.text == text.as_str() {
        return Ok(headers::json(StatusCode::OK, &MessageView::from(sent)));
    }
    let fault = FieldFault::new(
        "/text",
        Reason::IdempotencyKeyReused,
        "This Idempotency-Key was used for another text.",
    );
    Err(Problem::new(ProblemKind::InvalidContent).faults(vec![fault]))
}

/// The visitor's own conversation; a malformed id, a missing one and another visitor's give the same 404.
async fn conversation_of<P: Database>(
    exchange: &Exchange<'_, P>,
    visitor: &access::Visitor,
    id: &str,
) -> Result<ConversationId, Problem> {
    let id: ConversationId = id.parse().map_err(|_| Problem::not_found())?;
    let found = conversations::find(exchange.platform, &visitor.scope, visitor.visitor, id).await?;
    found.map(|conversation| conversation.id).ok_or_else(Problem::not_found)
}

fn idempotency_key<P>(exchange: &Exchange<'_, P>) -> Result<Option<String>, Problem> {
    let sent = exchange.request.headers();
    if !sent.contains_key("idempotency-key") {
        return Ok(None);
    }
    headers::single(sent, "idempotency-key")
        .filter(|key| (1..=MAX_IDEMPOTENCY_KEY_CHARS).contains(&key.len()))
        .map(|key| Some(key.to_owned()))
        .ok_or_else(|| {
            Problem::new(ProblemKind::MalformedRequest).because(Reason::InvalidIdempotencyKey).detail(
                format!(
                    "`Idempotency-Key` has 1 to {MAX_IDEMPOTENCY_KEY_CHARS} characters and is sent once."
                ),
            )
        })
}
