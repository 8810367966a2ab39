//! One request while it is being answered.

use crate::{
    headers,
    message::{Client, Request},
    problem::{Problem, ProblemKind},
    service::Service,
};
use http::{Method, header};
use livery_domain::{clock::UnixMillis, id::RequestId, reason::Reason, tenancy::host::Host};
use std::cell::{Cell, RefCell};

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
                .because(Reason::OutOfRange)
                .detail(format!("`{name}` is a whole number from {min} to {max}."))
        })
    }
}
