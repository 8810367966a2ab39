//! What visitors' browsers load: `/widget.js`, `/w/{hash}`, `/b/{hash}.css`, `/embed`, `/v1/edge/config`,
//! `/v1/capabilities`, and what anybody may ask under the names of `docs/aliases.md`.
//!
//! Answers come from the memory of the isolate; what is missing there is read from the edge cache, and what is missing
//! there from SQL.

mod capabilities;
mod document;
pub(crate) mod file;
mod memory;
pub(crate) mod site;
mod widget;

pub use memory::EdgeMemory;
pub use widget::WidgetFiles;

#[cfg(feature = "schema")]
pub use capabilities::Capabilities;

use crate::{Exchange, Problem, Response, alias, headers};
use http::{StatusCode, header};
use livery_domain::{live::ReleasePointer, release::ArtifactKind};
use livery_platform::{Configured, Database, EdgeCache, Runtime};
use serde_json::json;

/// No route of the edge reads a body.
pub const MAX_BODY_BYTES: usize = 0;

/// How long a browser uses the loader without asking: it finds the newest release by itself, so this bounds only how
/// fast a new loader spreads.
const LOADER_CACHE: &str = "public, max-age=300, stale-while-revalidate=86400";

/// # Errors
/// Every problem of the routes below.
pub async fn route<P: Database + EdgeCache + Configured + Runtime>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
    widget: &WidgetFiles,
) -> Result<Response, Problem> {
    if !exchange.reads() {
        return Err(Problem::method_not_allowed("GET, HEAD"));
    }
    match exchange.segments().as_slice() {
        ["healthz"] => Ok(headers::json(StatusCode::OK, &json!({ "status": "ok" }))),
        ["widget.js"] => {
            site::find(exchange, memory).await?;
            Ok(file::conditional(exchange, file::script(&widget.loader, LOADER_CACHE)))
        }
        ["embed"] => document::show(exchange, memory, widget).await,
        ["b", name] => match name.strip_suffix(".css") {
            Some(hash) => file::of_release(exchange, memory, ArtifactKind::Stylesheet, hash).await,
            None => Err(Problem::not_found()),
        },
        ["w", name] => match name.rsplit_once('.') {
            Some((hash, "json")) => file::of_release(exchange, memory, ArtifactKind::Config, hash).await,
            Some((hash, extension)) => file::of_widget(exchange, widget, hash, extension),
            None => Err(Problem::not_found()),
        },
        ["tenants", "domain", domain] => alias::site::by_domain(exchange, memory, domain).await,
        ["api", "white-label", "current", "info"] => alias::site::white_label_info(exchange, memory).await,
        ["v1", "capabilities"] => Ok(capabilities::show::<P>()),
        ["v1", "edge", "config"] => show_config(exchange, memory).await,
        _ => Err(Problem::not_found()),
    }
}

/// `GET /v1/edge/config`: which release is live, for pages that hold no socket.
async fn show_config<P: Database + EdgeCache + Configured>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
) -> Result<Response, Problem> {
    let site = site::find_open(exchange, memory).await?;
    let release = site.release.as_ref().ok_or_else(Problem::not_found)?;
    let pointer = ReleasePointer::new(release.rev, &release.manifest);
    let mut response = headers::json(StatusCode::OK, &pointer);
    headers::set(&mut response, header::ETAG, &headers::version_etag(release.rev));
    headers::set(&mut response, header::CACHE_CONTROL, "no-cache");
    Ok(file::conditional(exchange, response))
}
