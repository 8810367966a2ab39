//! A request and an answer, and what the runtime vouches for about the caller.

use bytes::Bytes;
use std::net::{IpAddr, SocketAddr};

pub type Request = http::Request<Bytes>;
pub type Response = http::Response<Bytes>;

/// What the runtime vouches for about the caller. Never read from headers that a client can send.
#[derive(Debug, Clone, Default)]
pub struct Client {
    /// Host and port that the request was sent to.
    pub authority: String,
    /// Whether it came over TLS.
    pub secure: bool,
    /// The caller's IP address in its one spelling, without a port: what [`Client::address_in`] gives.
    ///
    /// On Workers it is `cf-connecting-ip`, which Cloudflare overwrites (`wrangler dev` takes a client's word for it); on
    /// Spin the last `spin-client-addr`, the other end of the connection, or the last entry of the header that
    /// `livery_client_address_header` names as the proxy's own. `None` where there is nothing of the kind.
    pub address: Option<String>,
}

impl Client {
    /// The origin that a page served from here has.
    #[must_use]
    pub fn own_origin(&self) -> String {
        format!("{}://{}", if self.secure { "https" } else { "http" }, self.authority)
    }

    /// The IP address in a runtime's words, `192.0.2.7` or `[2001:db8::7]:443`, in the one spelling that it has: an IPv4
    /// address that came mapped into IPv6 is the IPv4 address, so nobody counts as two.
    #[must_use]
    pub fn address_in(text: &str) -> Option<String> {
        let address = text.parse().or_else(|_| text.parse().map(|socket: SocketAddr| socket.ip())).ok()?;
        Some(IpAddr::to_canonical(&address).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_spelling_and_no_port() {
        for (text, wanted) in [
            ("192.0.2.7", Some("192.0.2.7")),
            ("192.0.2.7:61000", Some("192.0.2.7")),
            ("2001:DB8:0::7", Some("2001:db8::7")),
            ("[2001:db8::7]:443", Some("2001:db8::7")),
            ("::ffff:192.0.2.7", Some("192.0.2.7")),
            ("[::ffff:192.0.2.7]:443", Some("192.0.2.7")),
            ("", None),
            ("192.0.2.7, 192.0.2.8", None),
            ("unknown", None),
        ] {
            assert_eq!(Client::address_in(text).as_deref(), wanted, "{text}");
        }
    }
}
