//! `GET /v1/auth/sign-ins`: a person's history.

use livery_access::{self as access, Holder};
use livery_http::{
    Exchange, Problem, Response,
    page::{Page, PageRequest},
};
use livery_platform::{Configured, Database};
use livery_store::identity::sign_ins::{self, SignIn};
use serde::Serialize;

/// One thing that happened to a person's account.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignInView {
    /// `sgn_…`
    pub id: String,
    /// `signed_in`, `refused`, `switched`, `password_changed`, `password_reset` or `refresh_reused`.
    pub outcome: String,
    /// `ten_…`; `null` where it was at the platform itself.
    pub tenant_id: Option<String>,
    /// IP address, where the runtime knows it.
    pub address: Option<String>,
    /// What the client called itself.
    pub user_agent: Option<String>,
    /// RFC 3339.
    pub at: String,
}

impl From<SignIn> for SignInView {
    fn from(line: SignIn) -> Self {
        Self {
            id: line.id.to_string(),
            outcome: line.outcome,
            tenant_id: line.tenant,
            address: line.address,
            user_agent: line.user_agent,
            at: line.at.rfc3339(),
        }
    }
}

/// `GET /v1/auth/sign-ins?limit&cursor`, newest first.
pub async fn get_page<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let holder = access::holder(exchange).await?;
    let asked = PageRequest::of(exchange)?;
    Ok(page(exchange, &holder, &asked).await?.shown(exchange, &asked, &[]))
}

/// What happened in the last 90 days, newest first.
///
/// # Errors
/// 400 for a cursor that is not ours.
pub async fn page<P: Database>(
    exchange: &Exchange<'_, P>,
    holder: &Holder,
    asked: &PageRequest,
) -> Result<Page<SignInView>, Problem> {
    let before = asked.after(|cursor| cursor.parse().ok())?;
    let found = sign_ins::page(exchange.platform, holder.user, before, asked.wanted()).await?;
    Ok(Page::of(asked, found, |line| line.id.to_string()).map(SignInView::from))
}
