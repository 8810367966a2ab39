//! The list of releases.

use livery_access as access;
use livery_domain::{
    brand::release::{Release, Rev},
    id::UserId,
    people::permission::Permission,
};
use livery_http::{
    Exchange, Problem, Response,
    exchange::MAX_SAFE_INTEGER,
    page::{Page, PageRequest},
};
use livery_platform::{Configured, Database};
use livery_store::brand::releases;
use serde::Serialize;

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// `GET /v1/releases?limit={count}&cursor={opaque}`, newest first.
pub async fn list<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let member = access::member(exchange).await?;
    member.require(Permission::BrandRead)?;
    let asked = PageRequest::of(exchange)?;
    let before = asked.after(|cursor| cursor.strip_prefix('r')?.parse().ok())?.unwrap_or(MAX_SAFE_INTEGER);
    let live = releases::live(&member.scope).from(exchange.platform).await?.map(|live| live.rev);
    let found = releases::page(exchange.platform, &member.scope, before, asked.wanted()).await?;
    let page = Page::of(&asked, found, |release| format!("r{}", release.rev));
    Ok(page.map(|release| ReleaseView::new(&release, live == Some(release.rev))).shown(exchange, &asked, &[]))
}
