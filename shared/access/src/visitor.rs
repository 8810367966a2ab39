//! Visitors of a tenant's customers' pages.

use crate::host::{admit, bearer, intent, site};
use http::header;
use livery_domain::{
    clock::UnixMillis,
    id::VisitorId,
    reason::Reason,
    tenancy::{lifecycle::Audience, tenant::TenantScope},
};
use livery_http::{Exchange, Problem, ProblemKind};
use livery_platform::{Configured, Database};

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
    let site = site(exchange).await?;
    // Before the token: a tenant that nobody may know of answers as an unknown host does.
    admit(&site.tenant, Audience::Visitor, intent(exchange))?;
    let claims = exchange
        .service
        .keyring()?
        .verify_session(exchange.now, token)
        .map_err(|_| Problem::new(ProblemKind::Unauthenticated))?;
    let visitor = claims.visitor.ok_or(ProblemKind::Unauthenticated)?;
    let until = claims.expires_at.ok_or(ProblemKind::Unauthenticated)?;
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
    Ok(Visitor { scope: site.scope, visitor, until })
}
