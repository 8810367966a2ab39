//! How a mail is handed to a provider over HTTP: the request, the answer, the settings.
//!
//! *In scope*: what every runtime does alike; the API is Resend's (<https://resend.com/docs/api-reference/emails/send-email>),
//! which others speak too. *Out of scope*: sending the request, which the `platform-*` adapters do; what a mail says.

mod answer;
mod request;
mod settings;

pub use answer::{MAX_ANSWER_BYTES, outcome};
pub use settings::{MailTransport, Provider};
