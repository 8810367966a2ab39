//! The brand: its draft, publishing it, the releases that came of it.

mod design_tokens;
mod draft;
mod publish;
mod releases;

pub(crate) use publish::config_of;
#[cfg(feature = "schema")]
pub use releases::ReleaseView;

use crate::{Exchange, Problem, Response};
use livery_platform::{Configured, Database, EdgeCache, Hub};

/// Largest body: custom CSS of 256 KiB, up to six times as long where a client escapes every character as `\u00xx`,
/// beside 100 KB for tokens and texts; a design-token file of a large design system has 1 MB.
pub const MAX_BODY_BYTES: usize = 1700 * 1024;

/// # Errors
/// Every problem of the routes below.
pub async fn route<P: Database + Configured + EdgeCache + Hub>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let method = exchange.request.method().as_str();
    match exchange.segments().as_slice() {
        ["v1", "branding"] => match method {
            "GET" | "HEAD" => draft::show(exchange).await,
            "PATCH" => draft::change(exchange).await,
            _ => Err(Problem::method_not_allowed("GET, HEAD, PATCH")),
        },
        ["v1", "branding", "design-tokens"] => match method {
            "GET" | "HEAD" => design_tokens::export(exchange).await,
            "POST" => design_tokens::import(exchange).await,
            _ => Err(Problem::method_not_allowed("GET, HEAD, POST")),
        },
        ["v1", "branding", "publish"] => match method {
            "POST" => publish::publish(exchange).await,
            _ => Err(Problem::method_not_allowed("POST")),
        },
        ["v1", "releases"] => match method {
            "GET" | "HEAD" => releases::list(exchange).await,
            _ => Err(Problem::method_not_allowed("GET, HEAD")),
        },
        _ => Err(Problem::not_found()),
    }
}
