//! The `auth` function: registration, sign-in, sessions, passwords. This file lists the tables that it serves.

use livery_platform::{Configured, Database, Entropy, Mailer};

/// Largest body: an e-mail of 254 octets and two passwords of 1,024, each up to six times as long in JSON escapes, are
/// 13.9 KB.
pub const MAX_BODY_BYTES: usize = 16 * 1024;

livery_http::serve! {
    /// # Errors
    /// Every problem of the routes in these tables.
    Auth with Database Configured Entropy Mailer;
    livery_identity::routes,
    livery_people::invitations::acceptance,
    livery_limits::plans,
    livery_compat::register,
    livery_compat::accept,
}
