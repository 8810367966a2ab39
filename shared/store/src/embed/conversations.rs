//! Conversations and their messages.

use crate::{Read, StoreError};
use livery_domain::{
    clock::UnixMillis,
    embed::conversation::{Author, Conversation, Message, MessageText},
    id::{ConversationId, MessageId, VisitorId},
    tenancy::tenant::TenantScope,
};
use livery_platform::{Database, DatabaseError, Row, Statement, WrongShape};

const OF_VISITOR: &str = "
    SELECT id, last_seq, created_at FROM conversations
    WHERE tenant_id = ?1 AND visitor_id = ?2 ORDER BY id DESC LIMIT 50";
const OPEN: &str = "
    INSERT INTO conversations (id, tenant_id, visitor_id, status, created_at) VALUES (?2, ?1, ?3, 'open', ?4)
    ON CONFLICT (tenant_id, visitor_id) WHERE status = 'open' DO NOTHING";
const OPEN_OF_VISITOR: &str = "
    SELECT id, last_seq, created_at FROM conversations
    WHERE tenant_id = ?1 AND visitor_id = ?2 AND status = 'open'";
const FIND: &str = "
    SELECT id, last_seq, created_at FROM conversations
    WHERE tenant_id = ?1 AND visitor_id = ?2 AND id = ?3";
const MESSAGES: &str = "
    SELECT id, seq, author, text, created_at FROM messages
    WHERE tenant_id = ?1 AND conversation_id = ?2 AND seq > ?3 ORDER BY seq LIMIT ?4";
const SENT: &str = "
    SELECT id, seq, author, text, created_at FROM messages
    WHERE tenant_id = ?1 AND conversation_id = ?2 AND idempotency_key = ?3";
const NEXT_SEQ: &str = "UPDATE conversations SET last_seq = last_seq + 1 WHERE tenant_id = ?1 AND id = ?2";
const ADD: &str = "
    INSERT INTO messages (tenant_id, conversation_id, seq, id, author, text, idempotency_key, created_at)
    SELECT tenant_id, id, last_seq, ?3, ?4, ?5, ?6, ?7 FROM conversations WHERE tenant_id = ?1 AND id = ?2
    RETURNING id, seq, author, text, created_at";

/// A visitor's conversations, newest first, at most 50.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn of_visitor(
    db: &impl Database,
    scope: &TenantScope,
    visitor: VisitorId,
) -> Result<Vec<Conversation>, StoreError> {
    let rows = db.query(Statement::scoped(scope, OF_VISITOR, vec![visitor.to_string().into()])).await?;
    rows.iter().map(conversation_of).collect()
}

/// The visitor's open conversation, made with `id` where there is none. The flag tells whether it was made now.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn open(
    db: &impl Database,
    scope: &TenantScope,
    visitor: VisitorId,
    id: ConversationId,
    now: UnixMillis,
) -> Result<(Conversation, bool), StoreError> {
    let visitor = visitor.to_string();
    let made =
        Statement::scoped(scope, OPEN, vec![id.to_string().into(), visitor.as_str().into(), now.0.into()]);
    let read = Statement::scoped(scope, OPEN_OF_VISITOR, vec![visitor.as_str().into()]);
    let answers = db.batch(vec![made, read]).await?;
    let row = answers.get(1).and_then(|rows| rows.first()).ok_or(WrongShape(0))?;
    let conversation = conversation_of(row)?;
    let made_now = conversation.id == id;
    Ok((conversation, made_now))
}

/// One conversation of one visitor; another visitor's is not found.
#[must_use]
pub fn find(scope: &TenantScope, visitor: VisitorId, id: ConversationId) -> Read<Option<Conversation>> {
    let params = vec![visitor.to_string().into(), id.to_string().into()];
    Read::new(Statement::scoped(scope, FIND, params), |rows| rows.first().map(conversation_of).transpose())
}

/// Messages after number `after`, oldest first, at most `limit`.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn messages_after(
    db: &impl Database,
    scope: &TenantScope,
    conversation: ConversationId,
    after: i64,
    limit: u32,
) -> Result<Vec<Message>, StoreError> {
    let params = vec![conversation.to_string().into(), after.into(), i64::from(limit).into()];
    db.query(Statement::scoped(scope, MESSAGES, params)).await?.iter().map(message_of).collect()
}

/// The message that was stored under this idempotency key.
#[must_use]
pub fn message_sent(
    scope: &TenantScope,
    conversation: ConversationId,
    idempotency_key: &str,
) -> Read<Option<Message>> {
    let params = vec![conversation.to_string().into(), idempotency_key.into()];
    Read::new(Statement::scoped(scope, SENT, params), |rows| rows.first().map(message_of).transpose())
}

/// A message about to be stored.
pub struct NewMessage<'a> {
    pub id: MessageId,
    pub author: Author,
    pub text: &'a MessageText,
    pub idempotency_key: &'a str,
    pub now: UnixMillis,
}

/// Stores a message under the next number of its conversation. `None` where a message with this idempotency key is
/// there already, or the conversation is not: one batch, so a refused message uses no number.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn add_message(
    db: &impl Database,
    scope: &TenantScope,
    conversation: ConversationId,
    new: &NewMessage<'_>,
) -> Result<Option<Message>, StoreError> {
    let id = conversation.to_string();
    let add = vec![
        id.as_str().into(),
        new.id.to_string().into(),
        new.author.as_str().into(),
        new.text.as_str().into(),
        new.idempotency_key.into(),
        new.now.0.into(),
    ];
    let batch = vec![
        Statement::scoped(scope, NEXT_SEQ, vec![id.as_str().into()]),
        Statement::scoped(scope, ADD, add),
    ];
    match db.batch(batch).await {
        Ok(answers) => answers.get(1).and_then(|rows| rows.first()).map(message_of).transpose(),
        Err(DatabaseError::Constraint(_)) => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}

fn conversation_of(row: &Row) -> Result<Conversation, StoreError> {
    Ok(Conversation {
        id: row.parsed(0)?,
        last_seq: row.integer(1)?,
        created_at: UnixMillis(row.integer(2)?),
    })
}

fn message_of(row: &Row) -> Result<Message, StoreError> {
    Ok(Message {
        id: row.parsed(0)?,
        seq: row.integer(1)?,
        author: Author::parse(row.text(2)?).ok_or(WrongShape(2))?,
        text: row.text(3)?.to_owned(),
        created_at: UnixMillis(row.integer(4)?),
    })
}
