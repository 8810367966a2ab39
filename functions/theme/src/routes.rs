//! The `theme` function: drafts, publishing, releases. This file lists the tables that it serves.

use livery_platform::{Configured, Database, EdgeCache, Hub};

/// Largest body: custom CSS of 256 KiB, up to six times as long where a client escapes every character as `\u00xx`,
/// and 100 KB for tokens and texts; a design-token file of a large design system has 1 MB.
pub const MAX_BODY_BYTES: usize = 1700 * 1024;

livery_http::serve! {
    /// # Errors
    /// Every problem of the routes in these tables.
    Theme with Database Configured EdgeCache Hub;
    livery_brand::routes,
}
