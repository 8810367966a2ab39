//! The answer of a provider.

use livery_platform::MailFault;
use serde::Deserialize;

/// Of an answer's body that is read: Resend's errors are some 200 bytes, and of a good answer nothing is needed.
pub const MAX_ANSWER_BYTES: usize = 4 * 1024;

/// Longest reason that is kept; Resend's longest is `concurrent_idempotent_requests`, 30.
const MAX_REASON_BYTES: usize = 64;

#[derive(Deserialize)]
struct Refusal {
    /// Resend's code: `validation_error`.
    name: String,
}

/// What an answer with this status and (the beginning of) this body means.
///
/// # Errors
/// Every answer but 2xx: [`MailFault::Throttled`] for 429, [`MailFault::Refused`] for the other 4xx, else
/// [`MailFault::Failed`].
pub fn outcome(status: u16, body: &[u8]) -> Result<(), MailFault> {
    match status {
        200..=299 => Ok(()),
        429 => Err(MailFault::Throttled),
        400..=499 => Err(MailFault::Refused { status, reason: reason(body) }),
        _ => Err(MailFault::Failed { status }),
    }
}

/// The code of the reason, for the log. The message is left out: providers quote addresses in it.
fn reason(body: &[u8]) -> String {
    let refusal: Option<Refusal> = serde_json::from_slice(body).ok();
    let is_word = |name: &String| {
        name.len() <= MAX_REASON_BYTES && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
    };
    refusal.map(|refusal| refusal.name).filter(is_word).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_answer_is_a_fault_of_its_own() {
        let refused = |status, reason: &str| Err(MailFault::Refused { status, reason: reason.to_owned() });
        let said = br#"{"statusCode":403,"name":"invalid_api_key","message":"ada@acme.test"}"#;
        for (status, body, wanted) in [
            (200, &br#"{"id":"49a3999c"}"#[..], Ok(())),
            (202, b"", Ok(())),
            (403, said, refused(403, "invalid_api_key")),
            (422, b"<html>", refused(422, "")),
            (404, b"", refused(404, "")),
            (429, br#"{"name":"rate_limit_exceeded"}"#, Err(MailFault::Throttled)),
            (500, b"", Err(MailFault::Failed { status: 500 })),
            (503, b"", Err(MailFault::Failed { status: 503 })),
            // Redirects are not followed: the key would be sent to the other address too.
            (302, b"", Err(MailFault::Failed { status: 302 })),
        ] {
            assert_eq!(outcome(status, body), wanted, "{status}");
        }
    }

    #[test]
    fn nothing_but_a_word_of_an_answer_reaches_the_log() {
        for body in [
            r#"{"name":"ada@acme.test","message":"x"}"#,
            r#"{"name":"no\nline"}"#,
            r#"{"message":"ada@acme.test"}"#,
            &format!(r#"{{"name":"{}"}}"#, "a".repeat(MAX_REASON_BYTES + 1)),
        ] {
            assert_eq!(
                outcome(400, body.as_bytes()),
                Err(MailFault::Refused { status: 400, reason: String::new() })
            );
        }
    }
}
