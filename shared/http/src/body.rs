//! Request bodies.

use crate::{exchange::Exchange, problem::Problem, problem::ProblemKind};
use http::header;
use livery_domain::reason::Reason;
use serde::de::DeserializeOwned;

/// The body as JSON of a known shape; unknown fields are refused by the shape.
///
/// # Errors
/// 415 for another content type, 400 for what is no JSON, 422 for JSON of another shape.
pub fn json<T: DeserializeOwned, P>(exchange: &Exchange<'_, P>) -> Result<T, Problem> {
    object(exchange, json_as(exchange, &["application/json"])?)
}

/// The same for JSON merge patches (RFC 7396), which many clients send as plain JSON.
pub fn merge_patch<P>(exchange: &Exchange<'_, P>) -> Result<serde_json::Value, Problem> {
    json_as(exchange, &["application/merge-patch+json", "application/json"])
}

/// The same for a merge patch of a known shape whose members are all replaced as a whole.
///
/// # Errors
/// As [`json`].
pub fn small_patch<T: DeserializeOwned, P>(exchange: &Exchange<'_, P>) -> Result<T, Problem> {
    object(exchange, json_as(exchange, &["application/merge-patch+json", "application/json"])?)
}

/// What was read, if it stood there as an object: serde reads a list as the members in their order.
fn object<T, P>(exchange: &Exchange<'_, P>, read: T) -> Result<T, Problem> {
    if is_object(exchange.request.body()) { Ok(read) } else { Err(object_wanted()) }
}

fn is_object(json: &[u8]) -> bool {
    json.trim_ascii_start().starts_with(b"{")
}

fn object_wanted() -> Problem {
    Problem::new(ProblemKind::InvalidContent)
        .because(Reason::WrongType)
        .detail("The body has to be a JSON object.")
}

fn json_as<T: DeserializeOwned, P>(
    exchange: &Exchange<'_, P>,
    media_types: &[&'static str],
) -> Result<T, Problem> {
    let sent = exchange.request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence =
        sent.and_then(|value| value.split(';').next()).map(|value| value.trim().to_ascii_lowercase());
    if !media_types.iter().any(|wanted| essence.as_deref() == Some(*wanted)) {
        let wanted = media_types.join(" or ");
        return Err(
            Problem::new(ProblemKind::UnsupportedMediaType).detail(format!("Send the body as {wanted}."))
        );
    }
    serde_json::from_slice(exchange.request.body()).map_err(|fault| {
        let place = format!("line {}, column {}", fault.line(), fault.column());
        match fault.classify() {
            // serde would say of which type of ours it is none.
            serde_json::error::Category::Data if !is_object(exchange.request.body()) => object_wanted(),
            // The text of a data error names fields and types, and can quote the caller's own value: to the caller only.
            serde_json::error::Category::Data => Problem::new(ProblemKind::InvalidContent)
                .because(Reason::WrongShape)
                .detail(fault.to_string()),
            _ => Problem::new(ProblemKind::MalformedRequest)
                .because(Reason::NotJson)
                .detail(format!("The body is not JSON: see {place}.")),
        }
    })
}
