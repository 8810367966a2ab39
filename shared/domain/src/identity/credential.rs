//! Secrets that we hand out once and keep as a hash: API keys, refresh tokens, invitations, password resets.
//!
//! `lvk_` + 43 random characters of base64url + 6 of the CRC-32 of all before: a scanner that finds one in a repository can
//! tell it from chance without asking us. Matched by `lv[kprwic]_[0-9A-Za-z_-]{49}`.

use crate::hash::content_hash;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use thiserror::Error;

/// What the secret is for; its first four characters say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialKind {
    /// A tenant's API key.
    ApiKey,
    /// A partner's API key.
    PartnerKey,
    Refresh,
    PasswordReset,
    Invitation,
    /// The cookie of a console.
    Console,
}

/// Random bytes that one secret takes.
pub const CREDENTIAL_ENTROPY_BYTES: usize = 32;
/// 32 bytes in base64url without padding.
const RANDOM_CHARS: usize = 43;
/// The four bytes of a CRC-32 in the same.
const CHECK_CHARS: usize = 6;

impl CredentialKind {
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::ApiKey => "lvk_",
            Self::PartnerKey => "lvp_",
            Self::Refresh => "lvr_",
            Self::PasswordReset => "lvw_",
            Self::Invitation => "lvi_",
            Self::Console => "lvc_",
        }
    }
}

/// A secret of ours in clear: shown once, never stored, never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a secret of this kind, or mistyped")]
pub struct MalformedCredential;

impl Credential {
    #[must_use]
    pub fn new(kind: CredentialKind, entropy: [u8; CREDENTIAL_ENTROPY_BYTES]) -> Self {
        let mut text = String::from(kind.prefix());
        text.push_str(&URL_SAFE_NO_PAD.encode(entropy));
        let check = checksum(&text);
        text.push_str(&check);
        Self(text)
    }

    /// # Errors
    /// What is of another kind, or whose checksum differs: it was never ours.
    pub fn parse(kind: CredentialKind, text: &str) -> Result<Self, MalformedCredential> {
        let fits = text.len() == kind.prefix().len() + RANDOM_CHARS + CHECK_CHARS
            && text.is_ascii()
            && text.starts_with(kind.prefix());
        if !fits {
            return Err(MalformedCredential);
        }
        let (checked, check) = text.split_at(text.len() - CHECK_CHARS);
        if checksum(checked) == check { Ok(Self(text.to_owned())) } else { Err(MalformedCredential) }
    }

    /// In clear, to be shown once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored: SHA-256. A slow hash is for what people make up; this has 256 bits of its own.
    #[must_use]
    pub fn hash(&self) -> String {
        content_hash(self.0.as_bytes())
    }

    /// What a person knows it by: the prefix and the first four characters after it.
    #[must_use]
    pub fn hint(&self) -> String {
        self.0.chars().take(8).collect()
    }
}

fn checksum(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(crc32fast::hash(text.as_bytes()).to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [CredentialKind; 6] = [
        CredentialKind::ApiKey,
        CredentialKind::PartnerKey,
        CredentialKind::Refresh,
        CredentialKind::PasswordReset,
        CredentialKind::Invitation,
        CredentialKind::Console,
    ];

    #[test]
    fn a_secret_is_read_back_as_its_own_kind_only() {
        for kind in KINDS {
            let secret = Credential::new(kind, [0xab; 32]);
            assert_eq!(secret.reveal().len(), 53);
            for other in KINDS {
                assert_eq!(Credential::parse(other, secret.reveal()).is_ok(), other == kind);
            }
        }
    }

    #[test]
    fn every_mistyped_character_is_noticed() {
        let secret = Credential::new(CredentialKind::ApiKey, [7; 32]);
        for at in 4..secret.reveal().len() {
            let mut typed = secret.reveal().as_bytes().to_vec();
            typed[at] = if typed[at] == b'x' { b'y' } else { b'x' };
            let typed = String::from_utf8(typed).unwrap();
            assert!(Credential::parse(CredentialKind::ApiKey, &typed).is_err(), "{typed}");
        }
        for bad in ["", "lvk_", "lvk_é", &"x".repeat(53), &"é".repeat(53)] {
            assert!(Credential::parse(CredentialKind::ApiKey, bad).is_err());
        }
    }

    #[test]
    fn all_of_the_entropy_is_in_the_text() {
        let low = Credential::new(CredentialKind::ApiKey, [0; 32]);
        let high = Credential::new(CredentialKind::ApiKey, [255; 32]);
        assert_eq!(&low.reveal()[4..47], "A".repeat(43));
        assert!(high.reveal()[4..46].bytes().all(|digit| digit == b'_'), "{}", high.reveal());
        assert_ne!(low.hash(), high.hash());
        assert!(!high.reveal().contains(&high.hash()));
    }
}
