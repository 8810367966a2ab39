//! `GET /v1/auth/subdomains/{key}`: whether a name below the platform is still to be had.

use super::attempts;
use http::StatusCode;
use livery_access as access;
use livery_domain::{
    identity::attempt::SUBDOMAIN_PER_NETWORK,
    tenancy::registration::{alternatives, usable_key},
};
use livery_http::{Exchange, Problem, Response, headers};
use livery_platform::{Configured, Database};
use livery_store::tenancy::registration;
use serde::Serialize;

/// Most names that are offered instead.
const MAX_SUGGESTIONS: usize = 3;

/// Whether a name is to be had.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Availability {
    pub key: String,
    pub available: bool,
    /// `malformed`, `reserved` or `taken`; `null` where it is available.
    pub reason: Option<&'static str>,
    /// What the reason means, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Names like it that are to be had, where it is taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<String>,
}

/// `GET /v1/auth/subdomains/{key}`, at the platform's own host.
pub async fn get<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    key: &str,
) -> Result<Response, Problem> {
    access::platform(exchange)?;
    Ok(headers::json(StatusCode::OK, &availability(exchange, key).await?))
}

/// Whether `key` is free; another registration may take it meanwhile.
///
/// # Errors
/// 429 `too_many_attempts`.
pub async fn availability<P: Database>(
    exchange: &Exchange<'_, P>,
    key: &str,
) -> Result<Availability, Problem> {
    let no = |reason, detail: &str, suggestions| Availability {
        // What was asked, bounded: a path may be long.
        key: key.chars().take(80).collect(),
        available: false,
        reason: Some(reason),
        detail: Some(detail.to_owned()),
        suggestions,
    };
    let wanted = match usable_key(key) {
        Ok(wanted) => wanted,
        Err(fault) => return Ok(no(fault.as_str(), &fault.to_string(), vec![])),
    };
    let bucket = attempts::of_network(exchange, SUBDOMAIN_PER_NETWORK);
    attempts::reserve(exchange, bucket.as_slice()).await?;
    let others = alternatives(&wanted);
    let asked: Vec<_> = std::iter::once(&wanted).chain(&others).collect();
    let taken = registration::taken(exchange.platform, &asked).await?;
    if !taken.contains(&wanted) {
        let key = wanted.to_string();
        return Ok(Availability { key, available: true, reason: None, detail: None, suggestions: vec![] });
    }
    let free = others.iter().filter(|other| !taken.contains(other)).take(MAX_SUGGESTIONS);
    Ok(no("taken", "This name is taken.", free.map(ToString::to_string).collect()))
}
