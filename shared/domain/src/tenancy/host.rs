//! The host of a request: one spelling, and what it can name.

use crate::tenancy::tenant::TenantKey;
use std::{fmt, net::Ipv4Addr};
use thiserror::Error;

/// Longest host name in octets (RFC 1035, section 2.3.4).
pub const MAX_HOST_OCTETS: usize = 253;

/// A host name in its one spelling: lower-case ASCII (punycode), no port, no trailing dot.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Host(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a host name")]
pub struct MalformedHost;

impl Host {
    /// From a URL's authority or the `Host` header, as they stand on the wire, where a Unicode name is punycode already:
    /// case, port and one trailing dot are taken away.
    ///
    /// # Errors
    /// What is no DNS name: user info, a path, an empty label, more than 253 octets. An IP address is one of these: no
    /// tenant is reached by address.
    pub fn parse(authority: &str) -> Result<Self, MalformedHost> {
        let name = without_port(authority)?;
        let labels_fit = name.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        });
        if name.len() > MAX_HOST_OCTETS || !labels_fit || name.parse::<Ipv4Addr>().is_ok() {
            return Err(MalformedHost);
        }
        Ok(Self(name.to_ascii_lowercase()))
    }

    /// As [`Host::parse`], for a name that a person typed: Unicode is turned into punycode (UTS #46, strict).
    ///
    /// Apart from `parse` because its tables weigh 100 KB, which the functions on the hot path need not carry.
    ///
    /// # Errors
    /// As [`Host::parse`], and what UTS #46 refuses.
    pub fn parse_unicode(authority: &str) -> Result<Self, MalformedHost> {
        // A Unicode character is at most 4 octets and gives at least one of ASCII; `:65535` and a dot come on top.
        if authority.len() > 4 * MAX_HOST_OCTETS + 7 {
            return Err(MalformedHost);
        }
        let ascii = idna::domain_to_ascii_strict(without_port(authority)?).map_err(|_| MalformedHost)?;
        Self::parse(&ascii)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tenant key that this host spells as a subdomain of the platform: exactly one label before `platform`.
    ///
    /// `None` for the platform itself, for deeper names and for every other host: the first label of a custom domain
    /// says nothing about a tenant.
    #[must_use]
    pub fn platform_key(&self, platform: &Host) -> Option<TenantKey> {
        let label = self.0.strip_suffix(&platform.0)?.strip_suffix('.')?;
        label.parse().ok()
    }

    /// Whether the host is the platform's own or lies below it, so that it can't be a tenant's custom domain.
    #[must_use]
    pub fn is_within(&self, platform: &Host) -> bool {
        self == platform || self.0.strip_suffix(&platform.0).is_some_and(|rest| rest.ends_with('.'))
    }
}

/// Takes `:port` and one trailing dot away.
fn without_port(authority: &str) -> Result<&str, MalformedHost> {
    let name = match authority.rsplit_once(':') {
        Some((name, port)) if port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit()) => name,
        Some(_) => return Err(MalformedHost),
        None => authority,
    };
    Ok(name.strip_suffix('.').unwrap_or(name))
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(text: &str) -> Host {
        Host::parse(text).expect(text)
    }

    #[test]
    fn every_spelling_of_a_host_is_the_same_host() {
        for spelling in [
            "chat.acme.test",
            "CHAT.Acme.TEST",
            "chat.acme.test.",
            "chat.acme.test:8787",
            "Chat.acme.test.:443",
        ] {
            assert_eq!(host(spelling).as_str(), "chat.acme.test", "{spelling}");
        }
        let typed = Host::parse_unicode("Bücher.Example.:443").expect("a Unicode name");
        assert_eq!(typed.as_str(), "xn--bcher-kva.example");
        assert_eq!(host("XN--bcher-kva.example"), typed);
    }

    #[test]
    fn what_is_no_dns_name_is_refused() {
        let long = format!("{}.test", "a".repeat(64));
        for bad in [
            "",
            ".",
            "..",
            "a..b",
            "a b",
            "user@acme.test",
            "acme.test/path",
            "acme.test:99999999",
            "acme.test:x",
            "127.0.0.1",
            "127.0.0.1:8787",
            "[::1]",
            "[::1]:8787",
            "a\0b.test",
            "acme.test\r\nx: y",
            "-a.test",
            long.as_str(),
        ] {
            assert_eq!(Host::parse(bad), Err(MalformedHost), "{bad:?}");
            assert_eq!(Host::parse_unicode(bad), Err(MalformedHost), "{bad:?}");
        }
        assert_eq!(Host::parse("bücher.example"), Err(MalformedHost), "not a spelling of the wire");
        assert_eq!(Host::parse(&"a.".repeat(100_000)), Err(MalformedHost));
        assert_eq!(Host::parse_unicode(&"ü.".repeat(100_000)), Err(MalformedHost));
    }

    #[test]
    fn only_one_label_before_the_platform_is_a_tenant_key() {
        let platform = host("livery.example");
        assert_eq!(
            host("acme.livery.example").platform_key(&platform).map(String::from),
            Some("acme".into())
        );
        for other in [
            "livery.example",
            "a.b.livery.example",
            "acme.example",
            "acmelivery.example",
            "properties.acme.com",
            "acme.livery.example.attacker.test",
            "xn--bcher-kva.livery.example",
        ] {
            assert_eq!(host(other).platform_key(&platform), None, "{other}");
        }
    }

    #[test]
    fn a_host_within_the_platform_is_known_as_such() {
        let platform = host("livery.example");
        assert!(host("a.b.livery.example").is_within(&platform) && platform.is_within(&platform));
        assert!(!host("notlivery.example").is_within(&platform));
    }
}
