//! The `admin` function: the tenant's own data for its team, and for programs with its keys. This file lists the tables that
//! it serves.

use livery_platform::{Configured, Database, EdgeCache, Entropy, ExactCounter, Hub, Mailer};

/// Largest body: 50 origins of 270 octets are 13.5 KB.
pub const MAX_BODY_BYTES: usize = 16 * 1024;

livery_http::serve! {
    /// # Errors
    /// Every problem of the routes in these tables.
    Admin with Database Configured EdgeCache Entropy ExactCounter Hub Mailer;
    livery_people::me,
    livery_people::members,
    livery_people::roles,
    livery_people::grants,
    livery_people::invitations,
    livery_tenancy::tenant,
    livery_tenancy::flags,
    livery_limits::usage,
    livery_limits::stats,
    livery_embed::policy,
    livery_identity::api_keys,
    livery_operations::audit_log,
    livery_operations::openapi,
    livery_operator::routes,
    livery_compat::people,
    livery_compat::tenant,
}
