//! What a person is signed in with, and how that ends: `/v1/auth/logout`, `/v1/auth/sessions`.

use super::tokens::TenantView;
use bytes::Bytes;
use http::StatusCode;
use livery_access::{self as access, Holder};
use livery_domain::id::SessionId;
use livery_http::{Exchange, Problem, Response, body, headers};
use livery_platform::{Configured, Database};
use livery_store::{
    StoreError,
    identity::sessions::{self, Ended, LiveSession},
};
use serde::{Deserialize, Serialize};

/// A session as its person sees it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionView {
    /// `ses_…`
    pub id: String,
    /// `api`, `console` or `operator`.
    pub kind: String,
    /// Whether it is the one that asks.
    pub current: bool,
    /// Where; `null` for an operator's.
    pub tenant: Option<TenantView>,
    /// IP address that it was last used from, where the runtime knows it.
    pub address: Option<String>,
    /// What the client called itself.
    pub user_agent: Option<String>,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339, exact to a minute while it is being used.
    pub seen_at: String,
    /// When it ends at the latest: RFC 3339.
    pub expires_at: String,
}

/// Which sessions to end.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignOutEverywhere {
    /// Whether to stay signed in here.
    #[serde(default)]
    pub except_this: bool,
}

/// What was ended.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignedOut {
    /// How many sessions.
    pub ended: usize,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sessions {
    data: Vec<SessionView>,
}

/// `POST /v1/auth/logout`
pub async fn post_logout<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let holder = access::holder(exchange).await?;
    sign_out(exchange, &holder).await?;
    Ok(no_content())
}

/// `POST /v1/auth/logout-everywhere`
pub async fn post_logout_everywhere<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let holder = access::holder(exchange).await?;
    let input: SignOutEverywhere = body::json(exchange)?;
    Ok(headers::json(StatusCode::OK, &sign_out_everywhere(exchange, &holder, &input).await?))
}

/// `GET /v1/auth/sessions`
pub async fn get_all<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let holder = access::holder(exchange).await?;
    Ok(headers::json(StatusCode::OK, &Sessions { data: all(exchange, &holder).await? }))
}

/// `DELETE /v1/auth/sessions/{id}`
pub async fn delete_one<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    id: &str,
) -> Result<Response, Problem> {
    let holder = access::holder(exchange).await?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    end(exchange, &holder, id).await?;
    Ok(no_content())
}

/// Ends the session that asks.
///
/// # Errors
/// 503 where the database fails.
pub async fn sign_out<P: Database>(exchange: &Exchange<'_, P>, holder: &Holder) -> Result<(), Problem> {
    let ended = sessions::ended(holder.user, holder.session, exchange.now, Ended::SignedOut);
    exchange.platform.query(ended).await.map_err(StoreError::from)?;
    Ok(())
}

/// Ends every session of the person, in every tenant.
///
/// # Errors
/// 503 where the database fails.
pub async fn sign_out_everywhere<P: Database>(
    exchange: &Exchange<'_, P>,
    holder: &Holder,
    input: &SignOutEverywhere,
) -> Result<SignedOut, Problem> {
    let kept = input.except_this.then_some(holder.session);
    let ended = sessions::all_ended(holder.user, kept, exchange.now, Ended::SignedOutEverywhere);
    let rows = exchange.platform.query(ended).await.map_err(StoreError::from)?;
    Ok(SignedOut { ended: rows.len() })
}

/// The person's live sessions in every tenant, the most recently seen first; at most 100, for there are no more.
///
/// # Errors
/// 503 where the database fails.
pub async fn all<P: Database>(
    exchange: &Exchange<'_, P>,
    holder: &Holder,
) -> Result<Vec<SessionView>, Problem> {
    let live = sessions::live_of(exchange.platform, holder.user, exchange.now).await?;
    Ok(live.into_iter().map(|session| view(session, holder)).collect())
}

/// Ends one session of the person.
///
/// # Errors
/// 404 for one that does not exist, is over, or is another person's.
pub async fn end<P: Database>(
    exchange: &Exchange<'_, P>,
    holder: &Holder,
    session: SessionId,
) -> Result<(), Problem> {
    let ended = sessions::ended(holder.user, session, exchange.now, Ended::SignedOut);
    let rows = exchange.platform.query(ended).await.map_err(StoreError::from)?;
    if rows.is_empty() { Err(Problem::not_found()) } else { Ok(()) }
}

fn view(session: LiveSession, holder: &Holder) -> SessionView {
    SessionView {
        id: session.id.to_string(),
        kind: session.kind,
        current: session.id == holder.session,
        tenant: session.tenant.map(|(id, key, name)| TenantView { id, key, name }),
        address: session.address,
        user_agent: session.user_agent,
        created_at: session.created_at.rfc3339(),
        seen_at: session.seen_at.rfc3339(),
        expires_at: session.expires_at.rfc3339(),
    }
}

fn no_content() -> Response {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    headers::set(&mut response, http::header::CACHE_CONTROL, headers::NO_STORE);
    response
}
