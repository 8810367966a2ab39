use livery_domain::mail::Mail;
use thiserror::Error;

/// Why a mail was not accepted. Safe to log: no variant contains an address, a body or a key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MailFault {
    /// No provider is configured, or not correctly: the setting, and what is wrong with it.
    #[error("no mail provider: {0}")]
    NotConfigured(String),
    /// The provider refuses this mail for good: status 4xx, and the provider's code for the reason if it gave one.
    #[error("the mail provider refuses with {status} {reason}")]
    Refused { status: u16, reason: String },
    /// The provider gets too many requests: 429.
    #[error("the mail provider is asked too often")]
    Throttled,
    /// The provider fails: status 5xx, or an answer that can't be understood.
    #[error("the mail provider fails with {status}")]
    Failed { status: u16 },
    /// No answer within [`MAIL_TIMEOUT_SECS`]. It may still be sent.
    #[error("the mail provider did not answer within {MAIL_TIMEOUT_SECS} s")]
    TimedOut,
    /// There was no connection, or it broke. It may still be sent.
    #[error("the mail provider can't be reached: {0}")]
    Unreachable(String),
}

/// How long a provider may take for its answer, in seconds. The caller's request waits meanwhile, and browsers wait longer
/// than this: providers answer within one second, so one that takes ten is broken.
pub const MAIL_TIMEOUT_SECS: u32 = 10;

/// Sends mail.
///
/// *Promise*: fails as a value, within [`MAIL_TIMEOUT_SECS`]; tries once, and a second try of an identical mail does not
/// send it twice (the provider gets an idempotency key made of the whole mail). `Ok` means that a provider has accepted the
/// mail, not that it was delivered or read.
///
/// In development, where no provider is configured, the mail goes to the outbox table and nowhere else.
pub trait Mailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailFault>;
}
