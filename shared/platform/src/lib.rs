//! The services that Livery needs from its runtime, as traits named by the guarantee they give.
//!
//! *In scope*: the ports, their errors, and the settings that every runtime reads.
//! *Out of scope*: the products that implement them; those are in the `platform-*` adapters.
//!
//! There is no port yet for queues, schedules or outbound HTTP other than mail: no handler needs one.

// The futures are not `Send`: on wasm one thread serves an isolate, and JavaScript values may not cross threads.
#![allow(async_fn_in_trait)]

mod cache;
mod counter;
mod database;
mod hub;
mod local;
mod mailer;
mod runtime;
mod settings;

pub use cache::EdgeCache;
pub use counter::ExactCounter;
pub use database::{Database, DatabaseError, Row, Rows, Statement, Value, WrongShape};
pub use hub::{Heard, Hub, Listener, MAX_FRAME_BYTES};
pub use local::{Clock, Entropy, fresh_bytes};
pub use mailer::{MAIL_TIMEOUT_SECS, MailFault, Mailer};
pub use runtime::Runtime;
pub use settings::{Configured, Environment, Settings, SettingsError};

use thiserror::Error;

/// A service of the runtime did not answer, or answered with a failure. The operation may or may not have happened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Unavailable(pub String);
