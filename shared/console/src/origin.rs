//! The first door against forged forms: a form of another site is refused, whatever it holds.

use http::header;
use livery_domain::tenancy::host::Host;
use livery_http::{Exchange, Problem, ProblemKind};
use livery_platform::{Configured, Database};
use livery_store::tenancy::directory;

/// Lets a form in that a page of this very host sent.
///
/// Browsers send `Origin` with every POST; `Sec-Fetch-Site` says the same where a privacy setting blanks it (`null`).
/// A client that sends neither is no browser, and has no person's cookies.
///
/// # Errors
/// 403 for a form of any other origin.
pub fn same<P>(exchange: &Exchange<'_, P>) -> Result<(), Problem> {
    let headers = exchange.request.headers();
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("null"));
    let own = exchange.client.own_origin();
    let allowed = match (text("sec-fetch-site"), text(header::ORIGIN.as_str())) {
        (Some(site), origin) => {
            site == "same-origin" && origin.is_none_or(|origin| origin == own || origin == "null")
        }
        (None, Some(origin)) => origin == own,
        (None, None) => true,
    };
    if allowed { Ok(()) } else { Err(ProblemKind::ForgedForm.into()) }
}

/// Lets a form in that a console sent, of whichever tenant: nobody else's pages stand at those hosts. Without this a member
/// could send somebody a ticket of its own, and have that person work in a stranger's session.
///
/// # Errors
/// 403 for a form of any other origin; 503 where the database does not answer.
pub async fn of_a_console<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<(), Problem> {
    let Some(origin) = exchange.request.headers().get(header::ORIGIN) else { return Ok(()) };
    let host = origin.to_str().ok().and_then(|origin| Host::parse(origin.split_once("://")?.1).ok());
    let host = host.ok_or(ProblemKind::ForgedForm)?;
    let platform_host = &exchange.platform.settings().platform_host;
    let ours = host.is_within(platform_host)
        || directory::tenant_at(exchange.platform, &host, platform_host).await?.is_some();
    if ours { Ok(()) } else { Err(ProblemKind::ForgedForm.into()) }
}
