//! People apart from any one tenant: the platform's own, those who were invited, whoever is signed in somewhere.

use crate::{
    host::{Site, admit, agreed, bearer, platform},
    signed_in::signed_in,
    token::{Holder, claimed},
};
use http::header;
use livery_domain::{
    id::{InvitationId, UserId},
    identity::credential::{Credential, CredentialKind},
    tenancy::{
        lifecycle::{Audience, Intent},
        tenant::{Tenant, TenantScope},
    },
};
use livery_http::{Exchange, Problem, ProblemKind};
use livery_platform::{Configured, Database};
use livery_store::{identity::sessions, people::invitations, tenancy::directory};

/// One of the platform's own people, at the platform's own host. Whether the session stands and the person is one still is
/// asked each time, for reading too.
///
/// # Errors
/// 404 at any other host, 401 without a live token of a live session.
pub async fn operator<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Holder, Problem> {
    platform(exchange)?;
    let keyring = exchange.service.keyring()?;
    let claims = keyring
        .verify_operator(exchange.now, bearer(exchange)?)
        .map_err(|_| Problem::new(ProblemKind::Unauthenticated))?;
    let user = claims.user.ok_or(ProblemKind::Unauthenticated)?;
    let stands = sessions::is_operators(claims.session, user, exchange.now).from(exchange.platform).await?;
    if stands {
        Ok(Holder { user, session: claims.session })
    } else {
        Err(ProblemKind::Unauthenticated.into())
    }
}

/// Somebody who holds the code of an invitation into a tenant.
pub struct Invited {
    pub tenant: Tenant,
    pub scope: TenantScope,
    pub id: InvitationId,
    pub code: Credential,
}

/// The tenant that an invitation's code is for, at its own host or at the platform's. Whether the invitation can still be
/// accepted is not looked at.
///
/// # Errors
/// 404 for a code that is of no invitation, and where the host or a header names another tenant; what the tenant's status has
/// for a member.
pub async fn invited<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    code: &str,
) -> Result<Invited, Problem> {
    let code =
        Credential::parse(CredentialKind::Invitation, code.trim()).map_err(|_| Problem::not_found())?;
    let found = invitations::tenant_of_code(exchange.platform, &code).await?;
    let (tenant, id) = found.ok_or_else(Problem::not_found)?;
    let scope = TenantScope::grant(tenant);
    let tenant = agreed(exchange, &scope).await?;
    admit(&tenant, Audience::Member, Intent::Write)?;
    Ok(Invited { tenant, scope, id, code })
}

/// The person behind an access token of whatever tenant, for what asks only who somebody is; `None` without a token.
///
/// # Errors
/// 401 for a token without a live session behind it.
pub async fn person_with_token<P: Database>(exchange: &Exchange<'_, P>) -> Result<Option<UserId>, Problem> {
    if !exchange.request.headers().contains_key(header::AUTHORIZATION) {
        return Ok(None);
    }
    let (claims, user) = claimed(exchange)?;
    let scope = TenantScope::grant(claims.tenant);
    sessions::standing(&scope, claims.session, user, exchange.now)
        .from(exchange.platform)
        .await?
        .ok_or(ProblemKind::Unauthenticated)?;
    Ok(Some(user))
}

/// One of the platform's own people, and any tenant by its id.
///
/// # Errors
/// As [`operator`]; 404 where there is no such tenant.
pub async fn operator_over<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    tenant: &str,
) -> Result<(Holder, Site), Problem> {
    let operator = operator(exchange).await?;
    let scope = TenantScope::grant(tenant.parse().map_err(|_| Problem::not_found())?);
    let tenant = directory::tenant(exchange.platform, &scope).await?.ok_or_else(Problem::not_found)?;
    Ok((operator, Site { tenant, scope }))
}

/// Whoever is signed in, as a member or as an operator.
///
/// # Errors
/// 401, 404 as [`signed_in`] and [`operator`]; 403 `person_needed` for a program.
pub async fn holder<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Holder, Problem> {
    let keyring = exchange.service.keyring()?;
    if keyring.verify_operator(exchange.now, bearer(exchange)?).is_ok() {
        return operator(exchange).await;
    }
    signed_in(exchange).await?.holder()
}
