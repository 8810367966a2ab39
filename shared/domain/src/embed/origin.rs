//! Web origins, and the list of those that may embed a tenant's widget.

use crate::tenancy::host::{Host, MalformedHost};
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// Entries of one embed policy. Each becomes a source in a `Content-Security-Policy` header: 50 × 270 octets = 13.5 KB,
/// below the 16 KB that common servers accept for all headers.
pub const MAX_EMBED_ORIGINS: usize = 50;

/// An http(s) origin in its one spelling: `scheme://host[:port]`, default port left out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    scheme: Scheme,
    host: Host,
    port: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Scheme {
    Http,
    Https,
}

impl Scheme {
    fn split(text: &str) -> Option<(Self, &str)> {
        text.strip_prefix("https://")
            .map(|rest| (Self::Https, rest))
            .or_else(|| text.strip_prefix("http://").map(|rest| (Self::Http, rest)))
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    const fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("an origin is written https://host or https://host:port")]
pub struct MalformedOrigin;

impl Origin {
    /// From an `Origin` header. `null` and every scheme but http(s) are no origins here.
    ///
    /// # Errors
    /// Anything else than `scheme://host[:port]`.
    pub fn parse(text: &str) -> Result<Self, MalformedOrigin> {
        let (scheme, authority) = Scheme::split(text).ok_or(MalformedOrigin)?;
        let port = match authority.rsplit_once(':') {
            Some((_, port)) => port.parse().map_err(|_| MalformedOrigin)?,
            None => scheme.default_port(),
        };
        let host = Host::parse(authority).map_err(|_| MalformedOrigin)?;
        Ok(Self { scheme, host, port })
    }

    #[must_use]
    pub const fn host(&self) -> &Host {
        &self.host
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme.as_str(), self.host)?;
        if self.port == self.scheme.default_port() { Ok(()) } else { write!(f, ":{}", self.port) }
    }
}

/// One entry of an embed policy, in the grammar of a CSP host source: `https://shop.example`, `https://*.shop.example`,
/// `http://localhost:*`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct OriginPattern {
    scheme: Scheme,
    subdomains: bool,
    host: Host,
    /// `None`: every port.
    port: Option<u16>,
}

impl OriginPattern {
    /// # Errors
    /// Anything else than `scheme://[*.]host[:port|:*]`; a bare `*` would let every site embed.
    pub fn parse(text: &str) -> Result<Self, MalformedOrigin> {
        Self::parse_with(text, Host::parse)
    }

    /// As [`OriginPattern::parse`], for what a person typed: the host may be Unicode.
    ///
    /// # Errors
    /// As [`OriginPattern::parse`].
    pub fn parse_unicode(text: &str) -> Result<Self, MalformedOrigin> {
        Self::parse_with(text, Host::parse_unicode)
    }

    fn parse_with(
        text: &str,
        host: impl FnOnce(&str) -> Result<Host, MalformedHost>,
    ) -> Result<Self, MalformedOrigin> {
        let (scheme, authority) = Scheme::split(text).ok_or(MalformedOrigin)?;
        let (subdomains, authority) = match authority.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, authority),
        };
        let (name, port) = match authority.rsplit_once(':') {
            Some((name, "*")) => (name, None),
            Some((name, port)) => (name, Some(port.parse().map_err(|_| MalformedOrigin)?)),
            None => (authority, Some(scheme.default_port())),
        };
        let host = host(name).map_err(|_| MalformedOrigin)?;
        Ok(Self { scheme, subdomains, host, port })
    }

    #[must_use]
    pub fn allows(&self, origin: &Origin) -> bool {
        let host_fits = if self.subdomains {
            origin.host.as_str().strip_suffix(self.host.as_str()).is_some_and(|rest| rest.ends_with('.'))
        } else {
            origin.host == self.host
        };
        host_fits && self.scheme == origin.scheme && self.port.is_none_or(|port| port == origin.port)
    }
}

impl fmt::Display for OriginPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let star = if self.subdomains { "*." } else { "" };
        write!(f, "{}://{star}{}", self.scheme.as_str(), self.host)?;
        match self.port {
            None => f.write_str(":*"),
            Some(port) if port == self.scheme.default_port() => Ok(()),
            Some(port) => write!(f, ":{port}"),
        }
    }
}

impl From<OriginPattern> for String {
    fn from(pattern: OriginPattern) -> Self {
        pattern.to_string()
    }
}

impl TryFrom<String> for OriginPattern {
    type Error = MalformedOrigin;
    fn try_from(text: String) -> Result<Self, MalformedOrigin> {
        Self::parse(&text)
    }
}

/// Which sites may embed a tenant's widget. An empty policy lets none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmbedPolicy {
    pub origins: Vec<OriginPattern>,
}

impl EmbedPolicy {
    #[must_use]
    pub fn allows(&self, origin: &Origin) -> bool {
        self.origins.iter().any(|pattern| pattern.allows(origin))
    }

    /// The value of a `frame-ancestors` directive.
    #[must_use]
    pub fn frame_ancestors(&self) -> String {
        if self.origins.is_empty() {
            return String::from("'none'");
        }
        self.origins.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(pattern: &str, origin: &str) -> bool {
        OriginPattern::parse(pattern).expect(pattern).allows(&Origin::parse(origin).expect(origin))
    }

    #[test]
    fn an_origin_has_one_spelling() {
        for (text, one) in [
            ("https://Shop.Example", "https://shop.example"),
            ("https://shop.example:443", "https://shop.example"),
            ("http://shop.example:8080", "http://shop.example:8080"),
        ] {
            assert_eq!(Origin::parse(text).map(|o| o.to_string()), Ok(one.into()));
        }
    }

    #[test]
    fn what_is_no_web_origin_is_refused() {
        for bad in [
            "null",
            "",
            "*",
            "shop.example",
            "ftp://shop.example",
            "https://shop.example/",
            "https://a@b.example",
            "https://shop.example:x",
            "https://",
            "HTTPS://shop.example",
            "https://shop.example:70000",
        ] {
            assert!(Origin::parse(bad).is_err(), "{bad}");
        }
        for bad in [
            "*",
            "https://*",
            "https://*.*.example",
            "https://shop.*",
            "'self'",
            "https://shop.example; script-src *",
        ] {
            assert!(OriginPattern::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_pattern_allows_what_it_names_and_nothing_near_it() {
        assert!(allows("https://shop.example", "https://shop.example:443"));
        assert!(!allows("https://shop.example", "http://shop.example"));
        assert!(!allows("https://shop.example", "https://shop.example:8443"));
        assert!(!allows("https://shop.example", "https://evil-shop.example"));
        assert!(!allows("https://shop.example", "https://shop.example.evil.test"));
        assert!(allows("https://*.shop.example", "https://eu.shop.example"));
        assert!(!allows("https://*.shop.example", "https://shop.example"));
        assert!(!allows("https://*.shop.example", "https://evilshop.example"));
        assert!(allows("http://localhost:*", "http://localhost:8788"));
    }

    #[test]
    fn a_policy_is_a_frame_ancestors_list() {
        assert_eq!(EmbedPolicy::default().frame_ancestors(), "'none'");
        let policy: EmbedPolicy =
            serde_json::from_str(r#"["https://*.shop.example","http://localhost:*"]"#).unwrap();
        assert_eq!(policy.frame_ancestors(), "https://*.shop.example http://localhost:*");
        assert!(serde_json::from_str::<EmbedPolicy>(r#"["https://x;y"]"#).is_err());
    }
}
