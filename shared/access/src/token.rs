//! Who an access token is of.

use crate::host::bearer;
use livery_domain::id::{SessionId, UserId};
use livery_http::{Exchange, Problem, ProblemKind};
use livery_token::AccessClaims;

/// A person who is signed in, with what: for what concerns the person in whatever tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    pub user: UserId,
    pub session: SessionId,
}

/// What the access token of a request says, and of whom.
pub(crate) fn claimed<P>(exchange: &Exchange<'_, P>) -> Result<(AccessClaims, UserId), Problem> {
    let claims = exchange
        .service
        .keyring()?
        .verify_access(exchange.now, bearer(exchange)?)
        .map_err(|_| Problem::new(ProblemKind::Unauthenticated))?;
    let user = claims.user.ok_or(ProblemKind::Unauthenticated)?;
    Ok((claims, user))
}
