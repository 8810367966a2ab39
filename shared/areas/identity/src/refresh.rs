//! `POST /v1/auth/refresh`

use super::{
    attempts,
    tokens::{self, TokenSession, TokenSubject, Tokens},
};
use http::StatusCode;
use livery_access::{self as access, SignInHost};
use livery_domain::{
    clock::UnixMillis,
    identity::credential::{Credential, CredentialKind},
    tenancy::lifecycle::Intent,
};
use livery_http::{Exchange, Problem, ProblemKind, Response, body, headers};
use livery_platform::{Configured, Database, Entropy, fresh_bytes};
use livery_store::{
    StoreError,
    identity::{
        people,
        refresh_tokens::{self, Found, Rotated, Standing},
        sessions::{self, Ended},
        sign_ins::SignInOutcome,
    },
};
use serde::Deserialize;

/// How long a token that was used may be shown again: its answer was lost, or two tabs asked at once. Connections that broke
/// are tried again within seconds.
const GRACE_SECS: i64 = 30;

/// A refresh token.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// `lvr_…`
    pub refresh_token: String,
}

/// `POST /v1/auth/refresh`
pub async fn post<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let host = access::own_host(exchange).await?;
    let input: Refresh = body::json(exchange)?;
    Ok(headers::json(StatusCode::OK, &renew(exchange, &host, &input).await?))
}

/// The next tokens of a session, with the role as it is now.
///
/// Invariant: a token that is shown a second time after its grace ends the session, for everybody who holds it. One that is
/// unknown, mistyped, over, or of a tenant that does not live at this host, is one and the same 401.
///
/// # Errors
/// 401 `unauthenticated`, and what the tenant's status has for the member.
pub async fn renew<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    host: &SignInHost,
    input: &Refresh,
) -> Result<Tokens, Problem> {
    let shown = Credential::parse(CredentialKind::Refresh, &input.refresh_token)
        .map_err(|_| ProblemKind::Unauthenticated)?;
    let found = refresh_tokens::found(exchange.platform, &shown.hash(), exchange.now).await?;
    let found = found.filter(|found| found.live).ok_or(ProblemKind::Unauthenticated)?;
    let whom = match (&found.standing, host) {
        (Standing::Member(tenant, role), SignInHost::Platform) => TokenSubject::Member(tenant, *role),
        (Standing::Member(tenant, role), SignInHost::Tenant(site)) if site.tenant.id == tenant.id => {
            TokenSubject::Member(tenant, *role)
        }
        (Standing::Operator, SignInHost::Platform) => TokenSubject::Operator,
        _ => return Err(ProblemKind::Unauthenticated.into()),
    };
    if found.used_at.is_some_and(|used_at| is_reused(exchange.now, used_at)) {
        return Err(revoke(exchange, &found).await);
    }
    if let TokenSubject::Member(tenant, role) = &whom {
        access::admit(tenant, access::audience(*role), Intent::Read)?;
    }
    let next = Credential::new(CredentialKind::Refresh, fresh_bytes(exchange.platform));
    let user_agent = exchange.user_agent();
    let address = exchange.client.address.as_deref();
    let seen = sessions::seen(found.session, exchange.now, address, user_agent.as_deref());
    let rotated = refresh_tokens::rotate(
        exchange.platform,
        &shown.hash(),
        &next.hash(),
        found.session,
        exchange.now,
        seen,
    )
    .await?;
    match rotated {
        Rotated::Next => {}
        // Somebody used it since it was looked up; it would take longer than the grace for that to be too long ago.
        Rotated::Again(used_at) if !is_reused(exchange.now, used_at) => {}
        Rotated::Again(_) => return Err(revoke(exchange, &found).await),
        Rotated::Over => return Err(ProblemKind::Unauthenticated.into()),
    }
    let of = TokenSession {
        user: found.user,
        session: found.session,
        refresh: &next,
        expires_at: found.expires_at,
        device_token: None,
    };
    tokens::issue(exchange, of, &whom)
}

fn is_reused(now: UnixMillis, used_at: UnixMillis) -> bool {
    now.since(used_at) > GRACE_SECS * 1000
}

/// Ends the session of a token that came twice, and tells its person in the history.
async fn revoke<P: Database + Entropy>(exchange: &Exchange<'_, P>, found: &Found) -> Problem {
    let ended = async {
        let person = people::password_of(exchange.platform, found.user).await?;
        let tenant = match &found.standing {
            Standing::Member(tenant, _) => Some(tenant.id),
            _ => None,
        };
        let mut batch = vec![sessions::ended(found.user, found.session, exchange.now, Ended::RefreshReused)];
        batch.extend(person.map(|person| {
            attempts::history_line(exchange, &person.email, tenant, SignInOutcome::RefreshReused)
        }));
        exchange.platform.batch(batch).await.map_err(StoreError::from)
    };
    match ended.await {
        Ok(_) => ProblemKind::Unauthenticated.into(),
        Err(fault) => fault.into(),
    }
}
