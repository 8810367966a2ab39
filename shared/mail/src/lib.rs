//! The mails that Livery sends, in English and Japanese, as text and as HTML.
//!
//! *In scope*: what each mail says, how it looks, and that values in it are escaped.
//! *Out of scope*: when one is sent, and how; the caller supplies tokens and the links that contain them.

mod content;
mod envelope;
mod facts;
mod letter;
mod name;
mod page;
mod words;

pub use envelope::Envelope;
pub use facts::{Invitation, NewDevice, PasswordChanged, PasswordReset, RoleName, Welcome};
