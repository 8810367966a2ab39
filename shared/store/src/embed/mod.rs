//! Conversations, messages, the log of live frames.

pub mod conversations;
pub mod live_log;
