use livery_domain::mail::Mail;
use thiserror::Error;

/// Why a mail was not taken. Safe to log: none holds an address, a body or a key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MailFault {
    /// Nobody is configured to send it, or not rightly: the setting, and what is wrong with it.
    #[error("no mail provider: {0}")]
    NotConfigured(String),
    /// The provider will never take it as it is: status 4xx, and its own word for the reason where it gave one.
    #[error("the mail provider refuses with {status} {reason}")]
    Refused { status: u16, reason: String },
    /// The provider is asked too often: 429.
    #[error("the mail provider is asked too often")]
    Throttled,
    /// The provider is broken: status 5xx, or an answer that says nothing.
    #[error("the mail provider fails with {status}")]
    Failed { status: u16 },
    /// No answer within [`MAIL_TIMEOUT_SECS`]. It may still be sent.
    #[error("the mail provider did not answer within {MAIL_TIMEOUT_SECS} s")]
    TimedOut,
    /// There was no connection, or it broke. It may still be sent.
    #[error("the mail provider can't be reached: {0}")]
    Unreachable(String),
}

/// What a provider may take for its answer, in seconds. Somebody waits for ours meanwhile, and browsers' patience is longer:
/// providers answer within one, what takes ten is broken.
pub const MAIL_TIMEOUT_SECS: u32 = 10;

/// Sends mail.
///
/// *Promise*: fails as a value, within [`MAIL_TIMEOUT_SECS`]; tries once, and whoever tries the very same mail again does
/// not send it twice (the provider is told a key made of the whole mail). `Ok` means that a provider has taken the mail,
/// not that anybody has read it.
///
/// In development, where no provider is configured, the mail goes to the outbox table and nowhere else.
pub trait Mailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailFault>;
}
