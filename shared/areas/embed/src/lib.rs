//! What the widget asks for: embed sessions, conversations, messages.

#![allow(async_fn_in_trait)]

mod conversations;
pub mod live;
mod messages;
pub mod policy;
mod quota_headers;
pub mod routes;
pub mod sessions;

#[cfg(feature = "schema")]
pub use conversations::{ConversationView, NewConversation, Page as ConversationPage};
#[cfg(feature = "schema")]
pub use messages::{Page as MessagePage, Write as NewMessage};
#[cfg(feature = "schema")]
pub use sessions::{NewSession as NewEmbedSession, Session as EmbedSession};
