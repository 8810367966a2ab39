//! Content addresses.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Length of a content hash in characters: 32 bytes in base64url without padding.
pub const CONTENT_HASH_CHARS: usize = 43;

/// SHA-256 of `bytes` in base64url without padding: the name under which a file is served for ever.
#[must_use]
pub fn content_hash(bytes: &[u8]) -> String {
    named_by(&Sha256::digest(bytes))
}

/// The name that a file with this SHA-256 has.
#[must_use]
pub fn named_by(sha256: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(sha256)
}

/// The first 16 bytes of the SHA-256 of `parts`, each preceded by its length so that no two lists of parts are alike.
#[must_use]
pub fn digest_of(parts: &[&str]) -> [u8; 16] {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update((part.len() as u64).to_be_bytes());
        sha.update(part.as_bytes());
    }
    let mut digest = [0; 16];
    for (to, from) in digest.iter_mut().zip(sha.finalize()) {
        *to = from;
    }
    digest
}

/// Whether `text` could be a content hash: cheap enough to refuse made-up URLs before any look-up.
#[must_use]
pub fn is_content_hash(text: &str) -> bool {
    text.len() == CONTENT_HASH_CHARS
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_tells_where_one_part_ends() {
        assert_ne!(digest_of(&["ab", "c"]), digest_of(&["a", "bc"]));
        assert_eq!(digest_of(&["ab", "c"]), digest_of(&["ab", "c"]));
    }

    #[test]
    fn a_content_hash_is_recognised_and_nothing_else_is() {
        let hash = content_hash(b"a{}");
        assert!(is_content_hash(&hash));
        assert!(!is_content_hash(&hash[1..]));
        assert!(!is_content_hash(&hash.replacen(&hash[..1], "/", 1)));
        assert_ne!(hash, content_hash(b"b{}"));
    }
}
