//! Lists in pages: `?limit={count}&cursor={opaque}`, answered with `{"data", "next_cursor"}` and a `Link` to the next page.

use crate::{exchange::Exchange, headers, message::Response, problem::Problem, problem::ProblemKind};
use http::{StatusCode, header};
use livery_domain::reason::Reason;
use serde::Serialize;

/// Enough for a screen.
pub const DEFAULT_LIMIT: i64 = 20;
/// A hundred entries of a few hundred octets are tens of kilobytes: one answer.
pub const MAX_LIMIT: i64 = 100;

/// Which page is asked for.
#[derive(Debug, Clone)]
pub struct PageRequest {
    /// 1 to [`MAX_LIMIT`].
    pub limit: u32,
    /// `next_cursor` of the page before; `None` for the first.
    pub cursor: Option<String>,
}

impl PageRequest {
    /// # Errors
    /// 400 where `limit` is out of bounds.
    pub fn of<P>(exchange: &Exchange<'_, P>) -> Result<Self, Problem> {
        let limit = exchange.query_number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT)?;
        Ok(Self { limit: u32::try_from(limit).unwrap_or(1), cursor: exchange.query("cursor") })
    }

    /// What the cursor says, as `read` understands it; `None` for the first page.
    ///
    /// # Errors
    /// 400 where `read` does not understand it.
    pub fn after<T>(&self, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Problem> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        read(cursor).map(Some).ok_or_else(|| {
            Problem::new(ProblemKind::MalformedRequest)
                .because(Reason::InvalidCursor)
                .detail("`cursor` is not one of ours.")
        })
    }

    /// How many to ask the store for: one more than is shown tells whether there are more.
    #[must_use]
    pub const fn wanted(&self) -> u32 {
        self.limit + 1
    }
}

/// One page of a list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PageOf{T}"))]
pub struct Page<T> {
    pub data: Vec<T>,
    /// Send it as `cursor` to read on; null at the end.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// A page of what a store found for [`PageRequest::wanted`]. `cursor_after` names an entry so that the next page begins
    /// behind it.
    #[must_use]
    pub fn of(asked: &PageRequest, mut found: Vec<T>, cursor_after: impl FnOnce(&T) -> String) -> Self {
        let limit = asked.limit as usize;
        let has_more = found.len() > limit;
        found.truncate(limit);
        let next_cursor = found.last().filter(|_| has_more).map(cursor_after);
        Self { data: found, next_cursor }
    }

    /// The same page with each entry as it is shown.
    #[must_use]
    pub fn map<U>(self, view: impl FnMut(T) -> U) -> Page<U> {
        Page { data: self.data.into_iter().map(view).collect(), next_cursor: self.next_cursor }
    }
}

impl<T: Serialize> Page<T> {
    /// The answer. The link to the next page repeats the request's parameters among `filters`.
    #[must_use]
    pub fn shown<P>(&self, exchange: &Exchange<'_, P>, asked: &PageRequest, filters: &[&str]) -> Response {
        let mut response = headers::json(StatusCode::OK, self);
        if let Some(cursor) = &self.next_cursor {
            let uri = exchange.request.uri();
            let sent = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(sent.filter(|(name, _)| filters.contains(&name.as_ref())))
                .append_pair("limit", &asked.limit.to_string())
                .append_pair("cursor", cursor)
                .finish();
            let link = format!("<{}?{query}>; rel=\"next\"", uri.path());
            headers::set(&mut response, header::LINK, &link);
        }
        response
    }
}
