//! From one tenant to another: `POST /v1/auth/switch` for clients of the API, a ticket for consoles.
//!
//! The session that the person comes from is not changed.

use super::{
    attempts, mails, opening,
    sign_in::SignedIn,
    tokens::{self, TenantView, TokenSession, TokenSubject, Tokens},
};
use http::StatusCode;
use livery_access::{self as access, Holder, Site};
use livery_domain::{
    id::{SessionId, TenantId, UserId},
    people::member::AssignedRole,
    tenancy::{lifecycle::Intent, tenant::Tenant},
};
use livery_http::{Exchange, Problem, ProblemKind, Response, body, headers};
use livery_platform::{Configured, Database, DatabaseError, Entropy, fresh_bytes};
use livery_store::{
    StoreError,
    identity::{people, sessions::SessionKind, sign_ins::SignInOutcome},
};
use livery_token::TicketClaims;
use serde::Deserialize;

/// Where to go.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Switch {
    /// `ten_…`
    pub tenant_id: String,
}

/// What lets a person into another tenant's console, once, within two minutes.
#[derive(Debug, Clone)]
pub struct Ticket {
    /// To be posted to the tenant's host, never to stand in a URL.
    pub ticket: String,
    pub tenant: TenantView,
    /// `https://globex.livery.example`, below the platform.
    pub url: String,
}

/// `POST /v1/auth/switch`
pub async fn post<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let holder = access::holder(exchange).await?;
    let input: Switch = body::json(exchange)?;
    Ok(headers::json(StatusCode::OK, &switch(exchange, &holder, &input).await?))
}

/// A new session in another tenant of the person.
///
/// # Errors
/// 404 for a tenant that the person is not in, existing or not; what that tenant's status has for the member.
pub async fn switch<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    holder: &Holder,
    input: &Switch,
) -> Result<Tokens, Problem> {
    let wanted = input.tenant_id.parse().map_err(|_| Problem::not_found())?;
    let (tenant, role) = standing(exchange, holder.user, wanted, Some(holder.session)).await?;
    let opened = open(exchange, &tenant, holder.user, SessionKind::Api, None).await?;
    let of = TokenSession {
        user: opened.user,
        session: opened.session,
        refresh: &opened.secret,
        expires_at: opened.expires_at,
        device_token: None,
    };
    tokens::issue(exchange, of, &TokenSubject::Member(&tenant, role))
}

/// A ticket for the console of another tenant of the person. `from` is the session that the person comes from; none right
/// after a registration.
///
/// # Errors
/// As [`switch`].
pub async fn ticket<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
    user: UserId,
    from: Option<SessionId>,
    wanted: TenantId,
) -> Result<Ticket, Problem> {
    let (tenant, _) = standing(exchange, user, wanted, from).await?;
    let session = SessionId::new(exchange.now, fresh_bytes(exchange.platform));
    let claims = TicketClaims { user: Some(user), tenant: tenant.id, session, from };
    let signed = exchange.service.keyring()?.sign_ticket(exchange.now, claims);
    let ticket = signed.map_err(|fault| Problem::new(ProblemKind::Internal).cause(fault))?;
    let platform_host = exchange.platform.settings().platform_host.to_string();
    Ok(Ticket {
        ticket,
        tenant: (&tenant).into(),
        url: mails::origin_beside(exchange, &platform_host, &tenant.key),
    })
}

/// Enters a tenant with a ticket: once, for the session that it names can be made only once.
///
/// # Errors
/// 401 for a ticket that is not for this tenant, is over or was used, or whose person has signed out or is no member any
/// more; what the tenant's status has for the member.
pub async fn enter_with_ticket<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    site: &Site,
    ticket: &str,
    kind: SessionKind,
) -> Result<(SignedIn, AssignedRole), Problem> {
    let claims = exchange
        .service
        .keyring()?
        .verify_ticket(exchange.now, ticket)
        .map_err(|_| ProblemKind::Unauthenticated)?;
    let user = claims.user.filter(|_| claims.tenant == site.tenant.id).ok_or(ProblemKind::Unauthenticated)?;
    let (tenant, role) = standing(exchange, user, claims.tenant, claims.from).await.map_err(|problem| {
        match problem.kind() {
            ProblemKind::NotFound => ProblemKind::Unauthenticated.into(),
            _ => problem,
        }
    })?;
    Ok((open(exchange, &tenant, user, kind, Some(claims.session)).await?, role))
}

async fn standing<P: Database>(
    exchange: &Exchange<'_, P>,
    user: UserId,
    wanted: TenantId,
    from: Option<SessionId>,
) -> Result<(Tenant, AssignedRole), Problem> {
    let found = people::membership(exchange.platform, user, wanted, from, exchange.now).await?;
    let (tenant, role) = found.ok_or_else(Problem::not_found)?;
    access::admit(&tenant, access::audience(role), Intent::Read)?;
    Ok((tenant, role))
}

async fn open<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    tenant: &Tenant,
    user: UserId,
    kind: SessionKind,
    id: Option<SessionId>,
) -> Result<SignedIn, Problem> {
    let person = people::password_of(exchange.platform, user).await?.ok_or(ProblemKind::Unauthenticated)?;
    let scope = access::of_membership(tenant);
    let mut opening = opening::open(exchange, Some(&scope), user, kind, id);
    let line = attempts::history_line(exchange, &person.email, Some(tenant.id), SignInOutcome::Switched);
    opening.statements.push(line);
    match exchange.platform.batch(opening.statements).await {
        Ok(_) => {}
        // The session is there already: the ticket was used.
        Err(DatabaseError::Constraint(_)) => return Err(ProblemKind::Unauthenticated.into()),
        Err(fault) => return Err(StoreError::from(fault).into()),
    }
    Ok(SignedIn {
        user,
        session: opening.session,
        secret: opening.secret,
        expires_at: opening.expires_at,
        device_token: tokens::device(exchange, user)?,
    })
}
