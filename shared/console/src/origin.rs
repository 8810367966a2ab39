//! The first door against forged forms: a form of another site is refused, whatever it holds.

use http::header;
use livery_api::{Exchange, Problem, ProblemKind};

/// Lets a form in that a page of this very host sent.
///
/// Browsers send `Origin` with every POST; `Sec-Fetch-Site` says the same where a privacy setting blanks it (`null`).
/// What sends neither is no browser, and has nobody's cookies.
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
