//! How a session begins, in whatever way the person signed in.

use livery_domain::{
    clock::UnixMillis,
    id::{SessionId, UserId},
    identity::credential::{Credential, CredentialKind},
    tenancy::tenant::TenantScope,
};
use livery_http::Exchange;
use livery_platform::{Entropy, Statement, fresh_bytes};
use livery_store::identity::{
    refresh_tokens,
    sessions::{self, NewSession, SessionKind},
    sign_ins,
};

/// Longest life of a session, however often it is used.
pub const SESSION_SECS: i64 = 30 * 86_400;

/// A session about to begin: it stands once its statements have run.
pub struct Opening {
    pub session: SessionId,
    /// A refresh token, or a console's cookie.
    pub secret: Credential,
    pub expires_at: UnixMillis,
    pub statements: Vec<Statement>,
}

/// Prepares a session of a person in a tenant, or, without a scope, of an operator. `id` is fresh unless it was settled
/// before, by a ticket.
pub fn open<P: Entropy>(
    exchange: &Exchange<'_, P>,
    scope: Option<&TenantScope>,
    user: UserId,
    kind: SessionKind,
    id: Option<SessionId>,
) -> Opening {
    let now = exchange.now;
    let session = id.unwrap_or_else(|| SessionId::new(now, fresh_bytes(exchange.platform)));
    let is_cookie = kind == SessionKind::Console;
    let secret_kind = if is_cookie { CredentialKind::Console } else { CredentialKind::Refresh };
    let secret = Credential::new(secret_kind, fresh_bytes(exchange.platform));
    let user_agent = exchange.user_agent();
    let new = NewSession {
        id: session,
        user,
        kind,
        secret_hash: is_cookie.then(|| secret.hash()),
        address: exchange.client.address.as_deref(),
        user_agent: user_agent.as_deref(),
        now,
        expires_at: now.plus_secs(SESSION_SECS),
    };
    let opened = match scope {
        Some(scope) => sessions::opened(scope, &new),
        None => sessions::opened_for_operator(&new),
    };
    let mut statements = vec![opened];
    if !is_cookie {
        statements.push(refresh_tokens::issued(&secret.hash(), session, now));
    }
    statements.push(sessions::surplus_ended(user, now));
    statements.extend(sessions::forgotten(user, now));
    statements.push(sign_ins::forgotten(user, now));
    Opening { session, secret, expires_at: new.expires_at, statements }
}
