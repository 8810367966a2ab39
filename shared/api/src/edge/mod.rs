//! What visitors' browsers load: `/widget.js`, `/w/{hash}`, `/b/{hash}.css`, `/embed`, `/v1/edge/config`,
//! `/v1/capabilities`, and what anybody may ask under the names of `docs/aliases.md`.
//!
//! Answers come from the memory of the isolate; what is missing there is read from the edge cache, and what is missing
//! there from SQL.

mod answers;
mod capabilities;
mod document;
pub(crate) mod file;
mod given;
mod memory;
pub(crate) mod site;
mod widget;

pub use answers::{Answers, Found};
pub use file::{conditional, is_unchanged};
pub use given::Given;
pub use memory::EdgeMemory;
pub use widget::{WidgetFile, WidgetFiles};

#[cfg(feature = "schema")]
pub use capabilities::Capabilities;

use crate::{Exchange, Problem, Response, alias, headers};
use answers::Lasting;
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
    let found = find(exchange, memory, widget).await?;
    Ok(conditional(exchange, found.response))
}

/// The answer in full, whatever the caller has of it already: 304 is [`conditional`]'s.
///
/// # Errors
/// Every problem of the routes below.
pub async fn find<P: Database + EdgeCache + Configured + Runtime>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
    widget: &WidgetFiles,
) -> Result<Found, Problem> {
    if !exchange.reads() {
        return Err(Problem::method_not_allowed("GET, HEAD"));
    }
    let once = |response| Ok(Found { response, lasting: Lasting::ThisRequest });
    match exchange.segments().as_slice() {
        ["healthz"] => once(headers::json(StatusCode::OK, &json!({ "status": "ok" }))),
        ["widget.js"] => {
            let site = site::find(exchange, memory).await?;
            let response = file::script(&widget.loader, LOADER_CACHE);
            Ok(Found { response, lasting: Lasting::WhileTheSite(site) })
        }
        ["embed"] => document::show(exchange, memory, widget).await,
        ["b", name] => match name.strip_suffix(".css") {
            Some(hash) => file::of_release(exchange, memory, ArtifactKind::Stylesheet, hash).await,
            None => Err(Problem::not_found()),
        },
        ["w", name] => match name.rsplit_once('.') {
            Some((hash, "json")) => file::of_release(exchange, memory, ArtifactKind::Config, hash).await,
            Some((hash, extension)) => file::of_widget(exchange, memory, widget, hash, extension),
            None => Err(Problem::not_found()),
        },
        ["tenants", "domain", domain] => once(alias::site::by_domain(exchange, memory, domain).await?),
        ["api", "white-label", "current", "info"] => {
            once(alias::site::white_label_info(exchange, memory).await?)
        }
        ["v1", "capabilities"] => once(capabilities::show::<P>()),
        ["v1", "edge", "config"] => show_config(exchange, memory).await,
        _ => Err(Problem::not_found()),
    }
}

/// `GET /v1/edge/config`: which release is live, for pages that hold no socket.
async fn show_config<P: Database + EdgeCache + Configured>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
) -> Result<Found, Problem> {
    let site = site::find_open(exchange, memory).await?;
    let release = site.release.as_ref().ok_or_else(Problem::not_found)?;
    let pointer = ReleasePointer::new(release.rev, &release.manifest);
    let mut response = headers::json(StatusCode::OK, &pointer);
    headers::set(&mut response, header::ETAG, &headers::version_etag(release.rev));
    headers::set(&mut response, header::CACHE_CONTROL, "no-cache");
    Ok(Found { response, lasting: Lasting::WhileTheSite(site.clone()) })
}
