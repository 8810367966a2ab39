//! Signing in: `/v1/auth/*`.

use crate::{Exchange, Problem, ProblemKind, Response, body, headers, problem::FieldFault, scope};
use http::StatusCode;
use livery_domain::{
    id::SessionId,
    member::{Email, MAX_PASSWORD_OCTETS, Role},
};
use livery_platform::{Configured, Database, Entropy, fresh_bytes};
use livery_store::{
    StoreError, people,
    sessions::{self, NewSession, SessionKind},
};
use livery_token::{ACCESS_TOKEN_SECS, AccessClaims, verify_password};
use serde::{Deserialize, Serialize};

/// Largest body: an e-mail of 254 octets and a password of 1,024, each up to six times as long in JSON escapes, is
/// 7.7 KB.
pub const MAX_BODY_BYTES: usize = 8 * 1024;

/// Longest life of a session, however often it is refreshed.
const SESSION_SECS: i64 = 30 * 86_400;

/// # Errors
/// Every problem of the routes below.
pub async fn route<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    match exchange.segments().as_slice() {
        ["v1", "auth", "login"] => match exchange.request.method().as_str() {
            "POST" => login(exchange).await,
            _ => Err(Problem::method_not_allowed("POST")),
        },
        _ => Err(Problem::not_found()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Login {
    email: String,
    password: String,
}

#[derive(Serialize)]
struct SignedIn {
    access_token: String,
    token_type: &'static str,
    /// Seconds.
    expires_in: u64,
    tenant: SignedInTenant,
    role: Role,
}

#[derive(Serialize)]
struct SignedInTenant {
    id: String,
    key: String,
    name: String,
}

/// `POST /v1/auth/login`
///
/// An unknown user, a member of other tenants only, and a wrong password give the same answer after the same work.
async fn login<P: Database + Configured + Entropy>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let site = scope::site_to_enter(exchange).await?;
    let login: Login = body::json(exchange)?;
    if login.password.len() > MAX_PASSWORD_OCTETS {
        let fault =
            FieldFault::new("/password", format!("A password has at most {MAX_PASSWORD_OCTETS} octets."));
        return Err(Problem::new(ProblemKind::InvalidContent).faults(vec![fault]));
    }
    let email = Email::parse(&login.email).map_err(|fault| {
        Problem::new(ProblemKind::InvalidContent).faults(vec![FieldFault::new("/email", fault.to_string())])
    })?;
    let known = people::credentials(exchange.platform, &site.scope, &email).await?;
    let fits = verify_password(&login.password, known.as_ref().map(|known| known.password_hash.as_str()));
    let known = known.filter(|_| fits).ok_or(ProblemKind::InvalidCredentials)?;
    let session = NewSession {
        id: SessionId::new(exchange.now, fresh_bytes(exchange.platform)),
        user: known.user,
        kind: SessionKind::Api,
        secret_hash: None,
        address: exchange.client.address.as_deref(),
        user_agent: None,
        now: exchange.now,
        expires_at: exchange.now.plus_secs(SESSION_SECS),
    };
    exchange.platform.query(sessions::opened(&site.scope, &session)).await.map_err(StoreError::from)?;
    let claims = AccessClaims::new(known.user, site.tenant.id, session.id, known.role);
    let access_token = exchange
        .service
        .keyring()?
        .sign_access(exchange.now, claims)
        .map_err(|fault| Problem::new(ProblemKind::Internal).cause(fault))?;
    let answer = SignedIn {
        access_token,
        token_type: "Bearer",
        expires_in: ACCESS_TOKEN_SECS,
        tenant: SignedInTenant {
            id: site.tenant.id.to_string(),
            key: site.tenant.key.to_string(),
            name: site.tenant.name,
        },
        role: known.role.role,
    };
    Ok(headers::json(StatusCode::OK, &answer))
}
