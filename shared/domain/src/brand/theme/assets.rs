//! Where the brand's pictures are.

use crate::{hash::is_content_hash, tenancy::host::Host};
use serde::{Deserialize, Serialize};

/// Longest asset URL in bytes: what every browser and proxy passes (RFC 9110 asks for 8000, old ones stop at 2048).
pub const MAX_ASSET_URL_BYTES: usize = 2048;

/// The pictures of the brand: each an `https` URL, a path `/a/{content hash}` of the tenant's own, or none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assets {
    pub logo: Option<String>,
    pub favicon: Option<String>,
}

/// Whether `text` is a URL that an asset may have.
pub(super) fn is_asset_url(text: &str) -> bool {
    if let Some(hash) = text.strip_prefix("/a/") {
        return is_content_hash(hash);
    }
    is_https_url(text)
}

/// Whether `text` is an `https` URL that may stand in a page: a host that has a name, and at most [`MAX_ASSET_URL_BYTES`].
#[must_use]
pub fn is_https_url(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    // Only what RFC 3986 lets stand in a path, query or fragment: no quote, bracket, space or backslash gets into a page.
    let path_byte = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#@!$&()*+,;=%[]".contains(&b);
    text.len() <= MAX_ASSET_URL_BYTES && path.bytes().all(path_byte) && Host::parse(authority).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_an_https_url_or_a_path_of_the_tenant() {
        let own = format!("/a/{}", crate::hash::content_hash(b"logo"));
        for good in [
            own.as_str(),
            "https://cdn.acme.test/logo.png?v=2",
            "https://acme.test",
            "https://acme.test:8443/l",
        ] {
            assert!(is_asset_url(good), "{good}");
        }
        let long = format!("https://acme.test/{}", "a".repeat(MAX_ASSET_URL_BYTES));
        for bad in [
            "",
            "/a/",
            "/a/../x",
            "/a/logo.png",
            "/b/x",
            "http://acme.test/l.png",
            "HTTPS://acme.test/",
            "//acme.test/l.png",
            "javascript:alert(1)",
            "data:image/svg+xml,<svg/>",
            "https://",
            "https:///l",
            "https://user@acme.test/l",
            "https://127.0.0.1/l",
            "https://acme.test/\"onload=",
            "https://acme.test/<",
            "https://acme.test/a b",
            "https://acme.test\\@evil.test/",
            "https://acme.test/\n",
            long.as_str(),
        ] {
            assert!(!is_asset_url(bad), "{bad:?}");
        }
    }
}
