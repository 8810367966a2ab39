//! Conversations between a visitor and the tenant's team.

use crate::{
    clock::UnixMillis,
    id::{ConversationId, MessageId},
    reason::Reason,
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Longest message in characters: four screens of text. At most 16 KB in UTF-8, so a page of 100 messages stays
/// within 1.6 MB and one row far below D1's limit of 2 MB.
pub const MAX_MESSAGE_CHARS: usize = 4000;
/// Messages in one page of a list.
pub const MAX_MESSAGES_PER_PAGE: u32 = 100;

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Author {
    Visitor,
    Team,
}

impl Author {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Team => "team",
        }
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Visitor, Self::Team].into_iter().find(|a| a.as_str() == text)
    }
}

/// What was written: not blank, at most [`MAX_MESSAGE_CHARS`], no control characters but line breaks and tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageText(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MessageFault {
    #[error("write something: the text is empty")]
    Blank,
    #[error("the text is longer than {MAX_MESSAGE_CHARS} characters")]
    TooLong,
    #[error("the text holds control characters")]
    Control,
}

impl MessageFault {
    #[must_use]
    pub const fn reason(self) -> Reason {
        match self {
            Self::Blank => Reason::Empty,
            Self::TooLong => Reason::TooLong,
            Self::Control => Reason::ControlCharacters,
        }
    }
}

impl MessageText {
    /// # Errors
    /// [`MessageFault`] says which rule the text breaks.
    pub fn parse(text: &str) -> Result<Self, MessageFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(MessageFault::Blank);
        }
        // Octets first: a character has at most four, and counting characters of a huge text costs time.
        if text.len() > 4 * MAX_MESSAGE_CHARS || text.chars().count() > MAX_MESSAGE_CHARS {
            return Err(MessageFault::TooLong);
        }
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(MessageFault::Control);
        }
        Ok(Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    pub id: ConversationId,
    /// Number of its newest message; 0 before the first.
    pub last_seq: i64,
    pub created_at: UnixMillis,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    /// 1, 2, 3… within its conversation, without gaps.
    pub seq: i64,
    pub author: Author,
    pub text: String,
    pub created_at: UnixMillis,
}

/// A message as JSON shows it, in answers and in live frames alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MessageView {
    pub id: MessageId,
    pub seq: i64,
    pub author: Author,
    pub text: String,
    /// RFC 3339, UTC.
    pub created_at: String,
}

impl From<&Message> for MessageView {
    fn from(message: &Message) -> Self {
        Self {
            id: message.id,
            seq: message.seq,
            author: message.author,
            text: message.text.clone(),
            created_at: message.created_at.rfc3339(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_trimmed_and_keeps_its_lines() {
        assert_eq!(MessageText::parse("  hello\nworld \n").map(|t| t.0), Ok("hello\nworld".into()));
        assert!(MessageText::parse("こんにちは 👋🏽").is_ok());
    }

    #[test]
    fn blank_overlong_and_control_texts_are_refused() {
        assert_eq!(MessageText::parse(" \n\t"), Err(MessageFault::Blank));
        assert_eq!(MessageText::parse(&"é".repeat(MAX_MESSAGE_CHARS + 1)), Err(MessageFault::TooLong));
        assert!(MessageText::parse(&"é".repeat(MAX_MESSAGE_CHARS)).is_ok());
        assert_eq!(MessageText::parse("a\0b"), Err(MessageFault::Control));
    }
}
