//! What is tried too often is refused before any work is done.

use http::{HeaderValue, header};
use livery_domain::{
    clock::UnixMillis,
    id::{SignInId, TenantId, UserId},
    identity::{
        attempt::{
            AttemptLimit, Bucket, SIGN_IN_FROM_UNKNOWN, SIGN_IN_PER_NETWORK, SIGN_IN_PER_PAIR, network_of,
        },
        email::Email,
    },
};
use livery_http::{Exchange, Problem, ProblemKind};
use livery_platform::{Database, Entropy, Statement, fresh_bytes};
use livery_store::identity::{
    attempts::{self, Verdict},
    sign_ins::{self, NewSignIn, SignInOutcome},
};
use livery_token::verify_password;

/// A bucket for where the request comes from. `None` where the runtime does not say, so that no caller uses up another's
/// attempts.
#[must_use]
pub fn of_network<P>(exchange: &Exchange<'_, P>, limit: AttemptLimit) -> Option<Bucket> {
    exchange.client.address.as_deref().map(|address| Bucket::new(limit, &[&network_of(address)]))
}

/// Takes a place in each bucket.
///
/// # Errors
/// 429 `too_many_attempts` with `Retry-After` where one is full.
pub async fn reserve<P: Database>(exchange: &Exchange<'_, P>, buckets: &[Bucket]) -> Result<(), Problem> {
    match attempts::reserve(exchange.platform, buckets, exchange.now).await? {
        Verdict::Granted => Ok(()),
        Verdict::Refused { retry_after } => Err(too_many(retry_after)),
    }
}

fn too_many(retry_after: i64) -> Problem {
    let mut problem = Problem::new(ProblemKind::TooManyAttempts);
    if let Ok(value) = HeaderValue::from_str(&retry_after.to_string()) {
        problem = problem.header(header::RETRY_AFTER, value);
    }
    problem
}

/// The person whose password is checked; absent where the address has no account.
#[derive(Clone)]
pub struct Known {
    pub user: UserId,
    /// PHC text.
    pub password_hash: String,
    pub password_changed_at: Option<UnixMillis>,
}

/// An attempt to sign in as the person with an address.
pub struct SignInAttempt<'a> {
    pub email: &'a Email,
    pub password: &'a str,
    pub known: Option<&'a Known>,
    /// Whether it comes from a device that this person has signed in with.
    pub own_device: bool,
    /// Where; `None` for the platform itself.
    pub tenant: Option<TenantId>,
}

/// A claim that holds.
pub struct Verified {
    pub user: UserId,
    network: Option<Bucket>,
    own: [Bucket; 2],
}

impl Verified {
    /// The statements that let a success count for nothing: part of its batch.
    #[must_use]
    pub fn settled(&self) -> Vec<Statement> {
        // In the order in which they were taken.
        self.network.iter().map(attempts::given_back).chain(self.own.iter().map(attempts::cleared)).collect()
    }
}

/// The buckets that sign-ins at an address count in: of this address with this network, and of it from unknown devices.
#[must_use]
pub fn own_buckets<P>(exchange: &Exchange<'_, P>, email: &Email) -> [Bucket; 2] {
    let network = exchange.client.address.as_deref().map(network_of).unwrap_or_default();
    [
        Bucket::new(SIGN_IN_PER_PAIR, &[email.as_str(), &network]),
        Bucket::new(SIGN_IN_FROM_UNKNOWN, &[email.as_str()]),
    ]
}

/// Whether the token says that this person has signed in on this device since the password is what it is.
pub fn is_own_device<P>(
    exchange: &Exchange<'_, P>,
    token: Option<&str>,
    known: Option<&Known>,
) -> Result<bool, Problem> {
    let (Some(token), Some(known)) = (token, known) else { return Ok(false) };
    let Ok(device) = exchange.service.keyring()?.verify_device(exchange.now, token) else { return Ok(false) };
    // The token knows whole seconds.
    let since = known.password_changed_at.map_or(i64::MIN, UnixMillis::secs);
    Ok(device.user == known.user && device.issued_at.secs() >= since)
}

/// Checks a password. The try is counted before the check begins, so of many at once no more are checked than the limits
/// let through; an address that nobody has is the same work and the same answer.
///
/// # Errors
/// 429 `too_many_attempts`, 401 `invalid_credentials`.
pub async fn prove<P: Database + Entropy>(
    exchange: &Exchange<'_, P>,
    claim: &SignInAttempt<'_>,
) -> Result<Verified, Problem> {
    let network = of_network(exchange, SIGN_IN_PER_NETWORK);
    let own = own_buckets(exchange, claim.email);
    let counted = if claim.own_device { 1 } else { 2 };
    let buckets: Vec<_> = network.iter().chain(own.iter().take(counted)).cloned().collect();
    reserve(exchange, &buckets).await?;
    let fits = verify_password(claim.password, claim.known.map(|known| known.password_hash.as_str()));
    if let Some(known) = claim.known.filter(|_| fits) {
        return Ok(Verified { user: known.user, network, own });
    }
    let refused = history_line(exchange, claim.email, claim.tenant, SignInOutcome::Refused);
    exchange.platform.query(refused).await.map_err(livery_store::StoreError::from)?;
    sweep(exchange).await;
    Err(ProblemKind::InvalidCredentials.into())
}

/// Forgets windows that are over. A failure does not matter: the next call does the same.
pub async fn sweep<P: Database>(exchange: &Exchange<'_, P>) {
    let _ = attempts::sweep(exchange.platform, exchange.now).await;
}

/// The statement that writes into the history of the person with this address.
pub fn history_line<P: Entropy>(
    exchange: &Exchange<'_, P>,
    email: &Email,
    tenant: Option<TenantId>,
    outcome: SignInOutcome,
) -> Statement {
    let user_agent = exchange.user_agent();
    let line = NewSignIn {
        id: SignInId::new(exchange.now, fresh_bytes(exchange.platform)),
        tenant,
        outcome,
        address: exchange.client.address.as_deref(),
        user_agent: user_agent.as_deref(),
        now: exchange.now,
    };
    sign_ins::added(email, &line)
}
