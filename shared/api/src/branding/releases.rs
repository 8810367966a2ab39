//! The list of releases.

use crate::{Exchange, Problem, ProblemKind, Response, exchange::MAX_SAFE_INTEGER, headers, scope};
use http::{StatusCode, header};
use livery_domain::{
    id::UserId,
    release::{Release, Rev},
};
use livery_platform::{Configured, Database};
use livery_store::releases;
use serde::Serialize;

const DEFAULT_LIMIT: i64 = 20;
const MAX_LIMIT: i64 = 100;

#[derive(Serialize)]
pub struct ReleaseView {
    rev: Rev,
    /// Whether visitors get it now.
    live: bool,
    stylesheet: String,
    config: String,
    published_by: Option<UserId>,
    /// RFC 3339, UTC.
    published_at: String,
}

impl ReleaseView {
    pub fn new(release: &Release, live: bool) -> Self {
        Self {
            rev: release.rev,
            live,
            stylesheet: release.manifest.stylesheet_path(),
            config: release.manifest.config_path(),
            published_by: release.published_by,
            published_at: release.published_at.rfc3339(),
        }
    }
}

#[derive(Serialize)]
struct Page {
    data: Vec<ReleaseView>,
    /// Send it as `cursor` to read on; null at the end.
    next_cursor: Option<String>,
}

/// `GET /v1/releases?limit={count}&cursor={opaque}`, newest first.
pub async fn list<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let member = scope::member(exchange).await?;
    let limit = exchange.query_number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT)?;
    let before = match exchange.query("cursor") {
        None => MAX_SAFE_INTEGER,
        Some(cursor) => cursor.strip_prefix("r").and_then(|rev| rev.parse().ok()).ok_or_else(|| {
            Problem::new(ProblemKind::MalformedRequest).detail("`cursor` is not one of ours.")
        })?,
    };
    let live = releases::live(exchange.platform, &member.scope).await?.map(|live| live.rev);
    // One more than asked for tells whether there are more.
    let wanted = u32::try_from(limit + 1).unwrap_or(u32::MAX);
    let mut found = releases::page(exchange.platform, &member.scope, before, wanted).await?;
    let has_more = found.len() as u64 > limit.unsigned_abs();
    if has_more {
        found.pop();
    }
    let next_cursor = found.last().filter(|_| has_more).map(|last| format!("r{}", last.rev));
    let link = next_cursor
        .as_ref()
        .map(|cursor| format!("</v1/releases?limit={limit}&cursor={cursor}>; rel=\"next\""));
    let data = found.iter().map(|release| ReleaseView::new(release, live == Some(release.rev))).collect();
    let mut response = headers::json(StatusCode::OK, &Page { data, next_cursor });
    if let Some(link) = link {
        headers::set(&mut response, header::LINK, &link);
    }
    Ok(response)
}
