//! Visitors of a tenant's customers' pages.

use crate::host::{admit, bearer, intent, meant, site_of};
use http::header;
use livery_domain::{
    clock::UnixMillis,
    id::VisitorId,
    reason::Reason,
    tenancy::{lifecycle::Audience, tenant::TenantScope},
};
use livery_http::{Exchange, Problem, ProblemKind};
use livery_platform::{Configured, Database};
use livery_store::{Read, tenancy::directory};
use livery_token::SessionClaims;

/// A visitor with a live embed session.
pub struct Visitor {
    pub scope: TenantScope,
    pub visitor: VisitorId,
    /// When the session ends.
    pub until: UnixMillis,
}

/// The visitor behind an embed session, on the tenant's own host.
///
/// # Errors
/// 401 without a live session of the tenant at this host; 403 where the request comes from a page of neither this host
/// nor the origin that the session was minted for.
pub async fn visitor<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Visitor, Problem> {
    let token = bearer(exchange)?;
    visitor_of_token(exchange, token).await
}

/// As [`visitor`], for a token that did not come in the `Authorization` header.
pub async fn visitor_of_token<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    token: &str,
) -> Result<Visitor, Problem> {
    Ok(of_token_reading(exchange, token, |_, _| Read::known(())).await?.0)
}

/// As [`visitor`], with something of the visitor's read in the trip to SQL that tells whose host it is. A visitor
/// who is refused gets nothing of it.
///
/// # Errors
/// As [`visitor`].
pub async fn visitor_reading<P: Database + Configured, T: 'static>(
    exchange: &Exchange<'_, P>,
    read: impl FnOnce(&TenantScope, VisitorId) -> Read<T>,
) -> Result<(Visitor, T), Problem> {
    let token = bearer(exchange)?;
    of_token_reading(exchange, token, read).await
}

async fn of_token_reading<P: Database + Configured, T: 'static>(
    exchange: &Exchange<'_, P>,
    token: &str,
    read: impl FnOnce(&TenantScope, VisitorId) -> Read<T>,
) -> Result<(Visitor, T), Problem> {
    let claimed = claimed(exchange, token);
    let read =
        claimed.as_ref().ok().map(|(claims, visitor, _)| read(&TenantScope::grant(claims.tenant), *visitor));
    let which = meant(exchange, &exchange.host()?);
    let (tenant, found) = directory::whose(&which).and(Read::optional(read)).from(exchange.platform).await?;
    let site = site_of(exchange, tenant)?;
    // Before the token: a tenant that nobody may know of answers as an unknown host does.
    admit(&site.tenant, Audience::Visitor, intent(exchange))?;
    let (claims, visitor, until) = claimed?;
    let found = found.ok_or(ProblemKind::Unauthenticated)?;
    if claims.tenant != site.tenant.id {
        return Err(ProblemKind::Unauthenticated.into());
    }
    if let Some(origin) = exchange.request.headers().get(header::ORIGIN) {
        let own = exchange.client.own_origin();
        if *origin != *claims.origin && *origin != *own {
            return Err(Problem::new(ProblemKind::OriginNotAllowed)
                .because(Reason::SessionOfAnotherOrigin)
                .detail("The session was made for a page of another origin."));
        }
    }
    Ok((Visitor { scope: site.scope, visitor, until }, found))
}

/// What a live embed session says, of which visitor, and when it ends.
fn claimed<P>(
    exchange: &Exchange<'_, P>,
    token: &str,
) -> Result<(SessionClaims, VisitorId, UnixMillis), Problem> {
    let claims = exchange
        .service
        .keyring()?
        .verify_session(exchange.now, token)
        .map_err(|_| Problem::new(ProblemKind::Unauthenticated))?;
    let visitor = claims.visitor.ok_or(ProblemKind::Unauthenticated)?;
    let until = claims.expires_at.ok_or(ProblemKind::Unauthenticated)?;
    Ok((claims, visitor, until))
}
