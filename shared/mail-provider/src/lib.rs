//! How a mail is sent to a provider over HTTP: the request, the answer, the settings.
//!
//! *In scope*: what is the same on every runtime; the API is Resend's
//! (<https://resend.com/docs/api-reference/emails/send-email>), which other providers implement too. *Out of scope*: sending
//! the request, which the `platform-*` adapters do; what a mail says.

mod answer;
mod request;
mod settings;

pub use answer::{MAX_ANSWER_BYTES, outcome};
pub use settings::{MailTransport, Provider};
