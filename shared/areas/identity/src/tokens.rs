//! What a client of the API gets when it is let in.

use livery_domain::{
    clock::UnixMillis,
    id::{SessionId, UserId},
    identity::credential::Credential,
    people::{member::AssignedRole, role::Role},
    tenancy::tenant::Tenant,
};
use livery_http::{Exchange, Problem, ProblemKind};
use livery_token::{ACCESS_TOKEN_SECS, AccessClaims};
use serde::Serialize;

/// The tenant that somebody is in.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SignedInTenant"))]
pub struct TenantView {
    /// `ten_…`
    pub id: String,
    /// Its label below the platform.
    pub key: String,
    pub name: String,
}

impl From<&Tenant> for TenantView {
    fn from(tenant: &Tenant) -> Self {
        Self { id: tenant.id.to_string(), key: tenant.key.to_string(), name: tenant.name.clone() }
    }
}

/// Tokens of a session.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tokens {
    pub access_token: String,
    /// `Bearer`
    pub token_type: &'static str,
    /// Seconds that the access token lives.
    pub expires_in: u64,
    /// `lvr_…`: good once, for the next tokens.
    pub refresh_token: String,
    /// `ses_…`
    pub session_id: String,
    /// When the session ends at the latest: RFC 3339.
    pub session_expires_at: String,
    /// Send it with the next sign-in from this device; not renewed by a refresh.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_token: Option<String>,
    /// Absent for an operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<TenantView>,
    /// The built-in role, or the one below a role that the tenant made; `operator` for the platform's own people.
    pub role: &'static str,
}

/// Whom the tokens are for.
pub enum TokenSubject<'a> {
    Member(&'a Tenant, AssignedRole),
    Operator,
}

/// A session and its refresh token.
pub struct TokenSession<'a> {
    pub user: UserId,
    pub session: SessionId,
    pub refresh: &'a Credential,
    pub expires_at: UnixMillis,
    pub device_token: Option<String>,
}

/// Signs the tokens of a session.
///
/// # Errors
/// 500 where signing fails.
pub fn issue<P>(
    exchange: &Exchange<'_, P>,
    of: TokenSession<'_>,
    whom: &TokenSubject<'_>,
) -> Result<Tokens, Problem> {
    let keyring = exchange.service.keyring()?;
    let signed = match whom {
        TokenSubject::Member(tenant, role) => {
            let claims = AccessClaims::new(of.user, tenant.id, of.session, *role);
            keyring.sign_access(exchange.now, claims)
        }
        TokenSubject::Operator => keyring.sign_operator(exchange.now, of.user, of.session),
    };
    Ok(Tokens {
        access_token: signed.map_err(|fault| Problem::new(ProblemKind::Internal).cause(fault))?,
        token_type: "Bearer",
        expires_in: ACCESS_TOKEN_SECS,
        refresh_token: of.refresh.reveal().to_owned(),
        session_id: of.session.to_string(),
        session_expires_at: of.expires_at.rfc3339(),
        device_token: of.device_token,
        tenant: match whom {
            TokenSubject::Member(tenant, _) => Some((*tenant).into()),
            TokenSubject::Operator => None,
        },
        role: match whom {
            TokenSubject::Member(_, role) => Role::as_str(role.role),
            TokenSubject::Operator => "operator",
        },
    })
}

/// The token by which this device is known again as one that the person signed in with.
///
/// # Errors
/// 500 where signing fails.
pub fn device<P>(exchange: &Exchange<'_, P>, user: UserId) -> Result<String, Problem> {
    let signed = exchange.service.keyring()?.sign_device(exchange.now, user);
    signed.map_err(|fault| Problem::new(ProblemKind::Internal).cause(fault))
}
