//! `POST /v1/auth/login`

use super::{
    attempts::{self, Known, SignInAttempt, Verified},
    bounded_password, email, opening,
    tokens::{self, TokenSession, TokenSubject, Tokens},
};
use http::StatusCode;
use livery_access::{self as access, SignInHost, Site};
use livery_domain::{
    clock::UnixMillis,
    id::{SessionId, TenantId, UserId},
    identity::{credential::Credential, email::Email},
    people::member::AssignedRole,
    tenancy::lifecycle::Intent,
};
use livery_http::{Exchange, Problem, ProblemKind, Response, body, headers};
use livery_platform::{Configured, Database, Entropy, Statement, fresh_bytes};
use livery_store::{
    Read, StoreError,
    identity::{operators, passwords, people, sessions::SessionKind, sign_ins::SignInOutcome},
    tenancy::directory::WhichTenant,
};
use livery_token::{hash_password, is_outdated};
use serde::Deserialize;

/// What somebody signs in with.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub email: String,
    pub password: String,
    /// From an earlier sign-in on this device.
    #[serde(default)]
    pub device_token: Option<String>,
}

/// Somebody who was let in.
pub struct SignedIn {
    pub user: UserId,
    pub session: SessionId,
    /// A refresh token, or a console's cookie.
    pub secret: Credential,
    /// When the session ends at the latest.
    pub expires_at: UnixMillis,
    pub device_token: String,
}

/// `POST /v1/auth/login`
///
/// An unknown user, a member of other tenants only, and a wrong password give the same answer after the same work.
pub async fn post<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let input: Result<SignIn, Problem> = body::json(exchange);
    let address = input.as_ref().map_or("", |input| input.email.as_str());
    let (host, candidate) = access::sign_in_host_reading(exchange, |which| candidate(which, address)).await?;
    let input = input?;
    let tokens = match &host {
        SignInHost::Tenant(site) => {
            let (signed_in, role) = enter(exchange, site, candidate, &input, SessionKind::Api).await?;
            tokens_of(exchange, signed_in, &TokenSubject::Member(&site.tenant, role))?
        }
        SignInHost::Platform => {
            tokens_of(exchange, enter_as_operator(exchange, &input).await?, &TokenSubject::Operator)?
        }
    };
    Ok(headers::json(StatusCode::OK, &tokens))
}

fn tokens_of<P>(
    exchange: &Exchange<'_, P>,
    signed_in: SignedIn,
    whom: &TokenSubject<'_>,
) -> Result<Tokens, Problem> {
    let SignedIn { user, session, secret, expires_at, device_token } = signed_in;
    let of = TokenSession { user, session, refresh: &secret, expires_at, device_token: Some(device_token) };
    tokens::issue(exchange, of, whom)
}

/// Who may be signing in: the member with an address, of the tenant that a request means.
pub type Candidate = Option<(TenantId, people::Credentials)>;

/// Reads the account of an address, in the trip that tells which tenant a request means. A text that is no address has none.
#[must_use]
pub fn candidate(which: &WhichTenant, address: &str) -> Read<Candidate> {
    let email = Email::parse(address).ok();
    Read::optional(email.map(|email| people::credentials_at(which, &email))).map(Option::flatten)
}

/// Signs a member of the tenant in: for clients of the API, or for a console. `candidate` is what [`candidate`] read for the address
/// in `input`.
///
/// # Errors
/// 401 `invalid_credentials`, 429 `too_many_attempts`, and what the tenant's status has for the member.
pub async fn enter<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    site: &Site,
    candidate: Candidate,
    input: &SignIn,
    kind: SessionKind,
) -> Result<(SignedIn, AssignedRole), Problem> {
    bounded_password(&input.password, "/password")?;
    let email = email(&input.email, "/email")?;
    let member = candidate.filter(|(tenant, _)| *tenant == site.tenant.id).map(|(_, member)| member);
    let role = member.as_ref().map(|member| member.role);
    let known = member.map(|member| Known {
        user: member.user,
        password_hash: member.password_hash,
        password_changed_at: member.password_changed_at,
    });
    let tenant = Some(site.tenant.id);
    let proven = prove(exchange, input, &email, known.as_ref(), tenant).await?;
    let role = role.ok_or(ProblemKind::InvalidCredentials)?;
    access::admit(&site.tenant, access::audience(role), Intent::Read)?;
    let mut opening = opening::open(exchange, Some(&site.scope), proven.user, kind, None);
    opening.statements.push(attempts::history_line(exchange, &email, tenant, SignInOutcome::SignedIn));
    let signed_in = finish(exchange, input, &proven, known.as_ref(), opening).await?;
    Ok((signed_in, role))
}

/// Signs one of the platform's own people in, to no tenant.
///
/// # Errors
/// 401 `invalid_credentials`, 429 `too_many_attempts`.
pub async fn enter_as_operator<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    input: &SignIn,
) -> Result<SignedIn, Problem> {
    bounded_password(&input.password, "/password")?;
    let email = email(&input.email, "/email")?;
    let known = operators::credentials(exchange.platform, &email).await?.map(Known::from);
    let proven = prove(exchange, input, &email, known.as_ref(), None).await?;
    let mut opening = opening::open(exchange, None, proven.user, SessionKind::Operator, None);
    opening.statements.push(attempts::history_line(exchange, &email, None, SignInOutcome::SignedIn));
    finish(exchange, input, &proven, known.as_ref(), opening).await
}

impl From<people::PasswordOf> for Known {
    fn from(person: people::PasswordOf) -> Self {
        Self {
            user: person.user,
            password_hash: person.password_hash,
            password_changed_at: person.password_changed_at,
        }
    }
}

async fn prove<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    input: &SignIn,
    email: &Email,
    known: Option<&Known>,
    tenant: Option<TenantId>,
) -> Result<Verified, Problem> {
    let own_device = attempts::is_own_device(exchange, input.device_token.as_deref(), known)?;
    let claim = SignInAttempt { email, password: &input.password, known, own_device, tenant };
    attempts::prove(exchange, &claim).await
}

/// Everything that a success writes, in one batch.
async fn finish<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    input: &SignIn,
    proven: &Verified,
    known: Option<&Known>,
    opening: opening::Opening,
) -> Result<SignedIn, Problem> {
    let mut batch = opening.statements;
    batch.extend(proven.settled());
    batch.extend(known.and_then(|known| renewed_hash(exchange, known, &input.password)));
    exchange.platform.batch(batch).await.map_err(StoreError::from)?;
    Ok(SignedIn {
        user: proven.user,
        session: opening.session,
        secret: opening.secret,
        expires_at: opening.expires_at,
        device_token: tokens::device(exchange, proven.user)?,
    })
}

/// The statement that stores a password's hash anew where the parameters have changed since it was made.
fn renewed_hash<P: Entropy>(exchange: &Exchange<'_, P>, known: &Known, password: &str) -> Option<Statement> {
    if !is_outdated(&known.password_hash) {
        return None;
    }
    let hash = hash_password(password, fresh_bytes(exchange.platform)).ok()?;
    Some(passwords::rehashed(known.user, &known.password_hash, &hash))
}
