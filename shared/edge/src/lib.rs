//! What visitors' browsers load: `/widget.js`, `/w/{hash}`, `/b/{hash}.css`, `/embed`, `/v1/edge/config`,
//! `/v1/capabilities`, and the public routes of `docs/aliases.md`.
//!
//! Answers come from the isolate's memory, else from the edge cache, else from SQL.

#![allow(async_fn_in_trait)]

mod answers;
mod capabilities;
mod document;
pub(crate) mod file;
mod hit_counter;
mod memory;
pub mod older;
mod rendered;
pub(crate) mod site;
mod widget;

pub use answers::{Answers, Found};
pub use file::{conditional, is_unchanged};
pub use hit_counter::HitCounter;
pub use memory::EdgeMemory;
pub use widget::{WidgetFile, WidgetFiles};

#[cfg(feature = "schema")]
pub use capabilities::Capabilities;

use answers::Lasting;
use http::{StatusCode, header};
use livery_domain::{brand::release::ArtifactKind, embed::live::ReleasePointer};
use livery_http::{
    Exchange, Problem, Response, headers,
    route::{self, Parts},
};
use livery_platform::{Configured, Database, EdgeCache, Runtime};
use serde_json::json;

/// No route of the edge reads a body.
pub const MAX_BODY_BYTES: usize = 0;

/// How long a browser uses the loader without a request: the loader finds the newest release by itself, so this bounds only
/// how fast a new loader is in use.
const LOADER_CACHE: &str = "public, max-age=300, stale-while-revalidate=86400";

livery_http::routes! {
    /// What visitors' browsers load.
    Route in Edge tagged "Widget";

    /// The loader
    GetLoader = Get "/widget.js", Tenant, Anybody;
    /// The document of the iframe
    GetEmbed = Get "/embed", Tenant, Anybody;
    /// A stylesheet of a release
    ///
    /// Immutable: its name is the hash of its content.
    GetStylesheet = Get "/b/{file}", Tenant, Anybody;
    /// A file of the widget or of a release
    ///
    /// Immutable: its name is the hash of its content.
    GetFile = Get "/w/{file}", Tenant, Anybody;
    /// Where the live release's files are
    GetLiveRelease = Get "/v1/edge/config", Tenant, Anybody;
}

livery_http::routes! {
    /// The same at every host.
    PlatformRoute in Edge tagged "Platform";

    /// Whether the edge runs
    CheckHealth = Get "/healthz", Any, Anybody;
    /// What this runtime can do
    GetCapabilities = Get "/v1/capabilities", Any, Anybody;
}

livery_http::routes! {
    /// What anybody may ask about a site under its older names.
    OlderRoute in Edge tagged "Older names: tenant";

    /// Whose a domain is
    ///
    /// An active tenant by a verified domain or its subdomain of the platform; a minute old at most.
    AliasGetTenantByDomain = Get "/tenants/domain/{domain}", Platform, Anybody;
    /// The brand at this host
    ///
    /// As its live release has it.
    AliasGetBrand = Get "/api/white-label/current/info", Tenant, Anybody;
}

/// Names of the ports that [`find`] asks for.
pub const PORTS: &[&str] = &["Database", "EdgeCache", "Configured", "Runtime"];

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

/// The answer in full, even if the caller has it already: [`conditional`] makes the 304.
///
/// # Errors
/// Every problem of the routes below.
pub async fn find<P: Database + EdgeCache + Configured + Runtime>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
    widget: &WidgetFiles,
) -> Result<Found, Problem> {
    let once = |response| Ok(Found { response, lasting: Lasting::ThisRequest });
    match route::find::<Route, _>(exchange)? {
        route::Found::Route(route, parts) => return visitors(exchange, memory, widget, route, &parts).await,
        route::Found::Answer(response) => return once(response),
        route::Found::Nothing => {}
    }
    match route::find::<PlatformRoute, _>(exchange)? {
        route::Found::Route(PlatformRoute::CheckHealth, _) => {
            return once(headers::json(StatusCode::OK, &json!({ "status": "ok" })));
        }
        route::Found::Route(PlatformRoute::GetCapabilities, _) => return once(capabilities::show::<P>()),
        route::Found::Answer(response) => return once(response),
        route::Found::Nothing => {}
    }
    match route::find::<OlderRoute, _>(exchange)? {
        route::Found::Route(OlderRoute::AliasGetTenantByDomain, parts) => {
            once(older::by_domain(exchange, memory, parts.text(0)).await?)
        }
        route::Found::Route(OlderRoute::AliasGetBrand, _) => {
            once(older::white_label_info(exchange, memory).await?)
        }
        route::Found::Answer(response) => once(response),
        route::Found::Nothing => Err(Problem::not_found()),
    }
}

async fn visitors<P: Database + EdgeCache + Configured>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
    widget: &WidgetFiles,
    route: Route,
    parts: &Parts<'_>,
) -> Result<Found, Problem> {
    match route {
        Route::GetLoader => {
            let site = site::find(exchange, memory).await?;
            let response = file::script(&widget.loader, LOADER_CACHE);
            Ok(Found { response, lasting: Lasting::WhileTheSite(site) })
        }
        Route::GetEmbed => document::show(exchange, memory, widget).await,
        Route::GetStylesheet => match parts.text(0).strip_suffix(".css") {
            Some(hash) => file::of_release(exchange, memory, ArtifactKind::Stylesheet, hash).await,
            None => Err(Problem::not_found()),
        },
        Route::GetFile => match parts.text(0).rsplit_once('.') {
            Some((hash, "json")) => file::of_release(exchange, memory, ArtifactKind::Config, hash).await,
            Some((hash, extension)) => file::of_widget(exchange, memory, widget, hash, extension),
            None => Err(Problem::not_found()),
        },
        Route::GetLiveRelease => show_config(exchange, memory).await,
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
