//! One request while it is being answered.

use crate::{Problem, ProblemKind, headers, service::Service};
use bytes::Bytes;
use http::{Method, header};
use livery_domain::{clock::UnixMillis, id::RequestId, tenancy::host::Host};
use std::{
    cell::{Cell, RefCell},
    net::{IpAddr, SocketAddr},
};

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

/// Longest user agent that is kept, in characters: browsers send some 150.
const MAX_USER_AGENT_CHARS: usize = 256;

/// Largest whole number that every runtime carries exactly: a JavaScript number holds no more (2^53 - 1).
pub const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;

/// A request with the platform that answers it.
pub struct Exchange<'a, P> {
    pub platform: &'a P,
    pub service: &'a Service,
    pub client: Client,
    pub request: Request,
    pub request_id: RequestId,
    pub now: UnixMillis,
    pub(crate) note: Note,
    pub(crate) route: Cell<Option<&'static str>>,
}

/// What went wrong on the side while a request was answered well.
#[derive(Debug, Default)]
pub(crate) struct Note(RefCell<Option<String>>);

impl Note {
    pub(crate) fn take(&self) -> Option<String> {
        self.0.borrow_mut().take()
    }
}

impl<P> Exchange<'_, P> {
    /// Has the log name the pattern of the route that the request is for.
    pub(crate) fn is_route(&self, pattern: Option<&'static str>) {
        self.route.set(pattern);
    }

    /// Has the log say why something beside the answer failed. It holds no person and no secret.
    pub fn note(&self, cause: impl ToString) {
        *self.note.0.borrow_mut() = Some(cause.to_string());
    }

    /// Whether the method is GET or HEAD. `Method::is_safe` counts OPTIONS and TRACE too, which are answered nowhere
    /// with what a GET would show.
    #[must_use]
    pub fn reads(&self) -> bool {
        matches!(*self.request.method(), Method::GET | Method::HEAD)
    }

    /// Path segments without the leading slash: `["v1", "branding"]`. A trailing slash gives an empty last one.
    #[must_use]
    pub fn segments(&self) -> Vec<&str> {
        let path = self.request.uri().path();
        path.strip_prefix('/').unwrap_or(path).split('/').collect()
    }

    /// What the client calls itself, cut where it goes on for too long.
    #[must_use]
    pub fn user_agent(&self) -> Option<String> {
        let text = headers::single(self.request.headers(), header::USER_AGENT.as_str())?;
        Some(text.chars().take(MAX_USER_AGENT_CHARS).collect())
    }

    /// # Errors
    /// 404 where the request names no host that a tenant could have.
    pub fn host(&self) -> Result<Host, Problem> {
        Host::parse(&self.client.authority).map_err(|_| Problem::not_found())
    }

    /// The first value of a query parameter.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.request.uri().query()?.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// A query parameter that is a whole number within bounds; `default` where it is absent.
    ///
    /// # Errors
    /// 400 where it is anything else.
    pub fn query_number(&self, name: &'static str, default: i64, min: i64, max: i64) -> Result<i64, Problem> {
        let Some(text) = self.query(name) else { return Ok(default) };
        text.parse().ok().filter(|number| (min..=max).contains(number)).ok_or_else(|| {
            Problem::new(ProblemKind::MalformedRequest)
                .detail(format!("`{name}` is a whole number from {min} to {max}."))
        })
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
