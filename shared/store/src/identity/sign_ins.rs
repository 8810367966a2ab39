//! The history of a person's sign-ins.

use crate::StoreError;
use livery_domain::{
    clock::UnixMillis,
    id::{SignInId, TenantId, UserId},
    identity::email::Email,
};
use livery_platform::{Database, Row, Statement, Value};

/// By address, so that it is the same work for one without an account.
const ADD: &str = "
    INSERT INTO sign_ins (id, user_id, tenant_id, outcome, address, user_agent, created_at)
    SELECT ?1, u.id, ?3, ?4, ?5, ?6, ?7 FROM users u WHERE u.email = ?2";
const PAGE: &str = "
    SELECT id, tenant_id, outcome, address, user_agent, created_at FROM sign_ins
    WHERE user_id = ?1 AND (?2 = '' OR id < ?2) ORDER BY id DESC LIMIT ?3";
const FORGET: &str = "DELETE FROM sign_ins WHERE user_id = ?1 AND created_at < ?2";

/// How long the history goes back.
const KEPT_SECS: i64 = 90 * 86_400;

/// What happened. Stored by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInOutcome {
    SignedIn,
    /// The password was wrong, or the person is no member there.
    Refused,
    /// Over from another tenant.
    Switched,
    PasswordChanged,
    PasswordReset,
    /// A refresh token came twice; its session was ended.
    RefreshReused,
}

impl SignInOutcome {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::Refused => "refused",
            Self::Switched => "switched",
            Self::PasswordChanged => "password_changed",
            Self::PasswordReset => "password_reset",
            Self::RefreshReused => "refresh_reused",
        }
    }
}

/// One line about to be written.
pub struct NewSignIn<'a> {
    pub id: SignInId,
    pub tenant: Option<TenantId>,
    pub outcome: SignInOutcome,
    pub address: Option<&'a str>,
    pub user_agent: Option<&'a str>,
    pub now: UnixMillis,
}

/// One line as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    pub id: SignInId,
    pub tenant: Option<String>,
    /// [`SignInOutcome::as_str`]
    pub outcome: String,
    pub address: Option<String>,
    pub user_agent: Option<String>,
    pub at: UnixMillis,
}

/// The statement that adds a line for the person with this address; for an address without an account it adds none.
#[must_use]
pub fn added(email: &Email, new: &NewSignIn<'_>) -> Statement {
    let params: Vec<Value> = vec![
        new.id.to_string().into(),
        email.as_str().into(),
        new.tenant.map(|tenant| tenant.to_string()).into(),
        new.outcome.as_str().into(),
        new.address.into(),
        new.user_agent.into(),
        new.now.0.into(),
    ];
    Statement::platform(ADD, params)
}

/// The statement that forgets what is older than 90 days.
#[must_use]
pub fn forgotten(user: UserId, now: UnixMillis) -> Statement {
    Statement::platform(FORGET, vec![user.to_string().into(), now.plus_secs(-KEPT_SECS).0.into()])
}

/// Lines before `before`, newest first, at most `limit`.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn page(
    db: &impl Database,
    user: UserId,
    before: Option<SignInId>,
    limit: u32,
) -> Result<Vec<SignIn>, StoreError> {
    let before = before.map(|id| id.to_string()).unwrap_or_default();
    let params = vec![user.to_string().into(), before.into(), i64::from(limit).into()];
    let rows = db.query(Statement::platform(PAGE, params)).await?;
    rows.iter().map(sign_in).collect()
}

fn sign_in(row: &Row) -> Result<SignIn, StoreError> {
    let optional = |column| row.optional_text(column).map(|text| text.map(str::to_owned));
    Ok(SignIn {
        id: row.parsed(0)?,
        tenant: optional(1)?,
        outcome: row.text(2)?.to_owned(),
        address: optional(3)?,
        user_agent: optional(4)?,
        at: UnixMillis(row.integer(5)?),
    })
}
