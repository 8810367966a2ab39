//! Which version a writer means to change.

use crate::{
    headers,
    problem::{Problem, ProblemKind},
};
use http::{HeaderMap, header};

/// What a writer knows of what it changes.
#[derive(Debug, Clone, Copy)]
pub enum Precondition<'h> {
    /// What the `If-Match` of these headers names: a client of the API has to say.
    IfMatch(&'h HeaderMap),
    /// The version that a form was filled in on.
    Version(i64),
    /// Whatever there is: clients of the replaced systems know no versions.
    Any,
}

impl Precondition<'_> {
    /// # Errors
    /// 428 where nothing is said, 412 where it is another version.
    pub fn check(self, version: i64) -> Result<(), Problem> {
        match self {
            Self::IfMatch(sent) => require_match(sent, &headers::version_etag(version)),
            Self::Version(known) if known != version => Err(ProblemKind::PreconditionFailed.into()),
            Self::Version(_) | Self::Any => Ok(()),
        }
    }
}

/// Lets a write go on only if the caller names the version that it changes.
///
/// # Errors
/// 428 without `If-Match`, 412 where it names another version.
pub fn require_match(sent: &HeaderMap, etag: &str) -> Result<(), Problem> {
    match headers::names_etag(sent, header::IF_MATCH, etag, false) {
        Some(true) => Ok(()),
        Some(false) => Err(ProblemKind::PreconditionFailed.into()),
        None => Err(ProblemKind::PreconditionRequired.into()),
    }
}
