//! The mails that Livery writes, in English and Japanese, as text and as HTML.
//!
//! *In scope*: what each mail says, how it looks, and that no value in it can be more than a value.
//! *Out of scope*: when one is sent, and how; tokens and the links that carry them come ready from the caller.

mod content;
mod envelope;
mod facts;
mod letter;
mod name;
mod page;
mod words;

pub use envelope::Envelope;
pub use facts::{Invitation, NewDevice, PasswordChanged, PasswordReset, RoleName, Welcome};
