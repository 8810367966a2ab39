//! The `admin` function: the tenant's own data for its team, and for programs with its keys. Here is who has which path;
//! every noun has its own module.

use crate::{
    Exchange, Problem, Response, alias, api_keys, audit_log, embed_policy, flags, grants, invitations, me,
    members, openapi, operator, roles, tenant, usage,
};
use livery_platform::{Configured, Database, EdgeCache, Entropy, ExactCounter, Hub, Mailer};

/// Largest body: 50 origins of 270 octets are 13.5 KB.
pub const MAX_BODY_BYTES: usize = 16 * 1024;

/// # Errors
/// Every problem of the routes below.
pub async fn route<P: Database + Configured + EdgeCache + Entropy + ExactCounter + Hub + Mailer>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    match exchange.segments().as_slice() {
        ["v1", "me" | "tenants", ..] => me::route(exchange).await,
        ["v1", "tenant", ..] => tenant::route(exchange).await,
        ["v1", "invitations", ..] => invitations::route(exchange).await,
        ["v1", "roles" | "permissions", ..] => roles::route(exchange).await,
        ["v1", "grants", ..] => grants::route(exchange).await,
        ["v1", "members", ..] => members::route(exchange).await,
        ["v1", "audit", ..] => audit_log::route(exchange).await,
        ["v1", "usage", ..] => usage::route(exchange).await,
        ["v1", "embed-policy", ..] => embed_policy::route(exchange).await,
        ["v1", "api-keys", ..] => api_keys::route(exchange).await,
        ["v1", "flags", ..] => flags::route(exchange).await,
        ["v1", "operator", ..] => operator::route(exchange).await,
        ["users", ..] | ["api", "v1", "tenants", ..] => alias::people::route(exchange).await,
        ["tenants", ..] | ["api", "v1", "tenant", ..] => alias::tenant::route(exchange).await,
        ["openapi.json"] => openapi::route(exchange),
        _ => Err(Problem::not_found()),
    }
}
