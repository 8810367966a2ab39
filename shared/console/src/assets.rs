//! The stylesheet and the script, under names that are their hash: `/admin/assets/{hash}.css`.

use crate::{
    asset_names::{SCRIPT_NAME, STYLE_NAME},
    reply::set,
};
use bytes::Bytes;
use http::{HeaderName, header};
use livery_http::{Exchange, Problem, Response, route::Parts};

const STYLE: &[u8] = include_bytes!("../assets/console.css");
const SCRIPT: &[u8] = include_bytes!("../assets/console.js");

livery_http::routes! {
    /// What the pages load.
    Route in Console tagged "Console";

    /// The stylesheet or the script.
    GetAsset = Get "/admin/assets/{name}", Any, Console;
}

/// # Errors
/// Every problem of the pages above.
pub async fn answer<P>(route: Route, _: &Exchange<'_, P>, parts: &Parts<'_>) -> Result<Response, Problem> {
    match route {
        Route::GetAsset => serve(parts.text(0)),
    }
}

fn serve(name: &str) -> Result<Response, Problem> {
    let (bytes, kind) = match name {
        STYLE_NAME => (STYLE, "text/css; charset=utf-8"),
        SCRIPT_NAME => (SCRIPT, "text/javascript; charset=utf-8"),
        _ => return Err(Problem::not_found()),
    };
    let mut response = Response::new(Bytes::from_static(bytes));
    set(&mut response, header::CONTENT_TYPE, kind);
    // A year, the longest that caches honour (RFC 9111): other bytes have another name.
    set(&mut response, header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    set(&mut response, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    Ok(response)
}
