//! `POST /v1/auth/password`: another password, by whoever knows the present one.

use super::{
    attempts::{self, Known, SignInAttempt},
    bounded_password, mails, tokens,
};
use http::StatusCode;
use livery_access::{self as access, Holder};
use livery_domain::{
    identity::{
        email::Email,
        password::{self, WeakPassword},
    },
    reason::Reason,
};
use livery_http::{Exchange, Problem, ProblemKind, Response, body, headers};
use livery_mail::PasswordChanged;
use livery_platform::{Configured, Database, Entropy, Mailer, fresh_bytes};
use livery_store::{
    StoreError,
    identity::{
        passwords, people,
        sessions::{self, Ended},
        sign_ins::SignInOutcome,
    },
};
use livery_token::hash_password;
use serde::{Deserialize, Serialize};

/// Another password.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    pub current_password: String,
    /// 10 to 1,024 octets; none of the common ones.
    pub new_password: String,
}

/// What came of it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PasswordSet {
    /// How many other sessions were ended.
    pub ended: usize,
    /// For this device: all earlier ones count no more.
    pub device_token: String,
}

/// `POST /v1/auth/password`
pub async fn post<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let holder = access::holder(exchange).await?;
    let input: PasswordChange = body::json(exchange)?;
    Ok(headers::json(StatusCode::OK, &change(exchange, &holder, &input).await?))
}

/// Gives the person another password, ends all other sessions and tells the person by mail.
///
/// # Errors
/// 422 where the new one is too weak or the present one is wrong; 429 `too_many_attempts`: a try counts as a sign-in.
pub async fn change<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
    holder: &Holder,
    input: &PasswordChange,
) -> Result<PasswordSet, Problem> {
    bounded_password(&input.current_password, "/current_password")?;
    let person =
        people::password_of(exchange.platform, holder.user).await?.ok_or(ProblemKind::Unauthenticated)?;
    check(&input.new_password, &person.email, &person.name)?;
    let known = Known::from(person.clone());
    let claim = SignInAttempt {
        email: &person.email,
        password: &input.current_password,
        known: Some(&known),
        // Who is signed in here has signed in on this device.
        own_device: true,
        tenant: None,
    };
    let proven = attempts::prove(exchange, &claim).await.map_err(|problem| match problem.kind() {
        // 401 would say that the session is over.
        ProblemKind::InvalidCredentials => {
            Problem::field("/current_password", Reason::WrongPassword, "This is not your password.")
        }
        _ => problem,
    })?;
    let hash = hashed(exchange, &input.new_password)?;
    let now = exchange.now;
    let mut batch = vec![
        passwords::changed(person.user, &person.password_hash, &hash, now),
        sessions::all_ended(person.user, Some(holder.session), now, Ended::PasswordChanged),
        attempts::history_line(exchange, &person.email, None, SignInOutcome::PasswordChanged),
    ];
    batch.extend(passwords::links_spent(person.user, now));
    batch.extend(proven.settled());
    let answers = exchange.platform.batch(batch).await.map_err(StoreError::from)?;
    let rows = |place: usize| answers.get(place).map_or(0, Vec::len);
    if rows(0) == 0 {
        return Err(ProblemKind::Conflict.into());
    }
    tell(exchange, &person.email, person.locale.as_deref()).await;
    Ok(PasswordSet { ended: rows(1), device_token: tokens::device(exchange, person.user)? })
}

/// # Errors
/// 422 that says what to do about it.
pub(super) fn check(new: &str, email: &Email, name: &str) -> Result<(), Problem> {
    password::check(new, email, &[name])
        .map_err(|weak: WeakPassword| Problem::field("/new_password", weak.reason(), weak.to_string()))
}

pub(super) fn hashed<P: Entropy>(exchange: &Exchange<'_, P>, password: &str) -> Result<String, Problem> {
    hash_password(password, fresh_bytes(exchange.platform))
        .map_err(|fault| Problem::new(ProblemKind::Internal).cause(fault))
}

/// Tells a person that the password is another one now, and where to go if that was somebody else.
pub(super) async fn tell<P: Configured + Mailer>(
    exchange: &Exchange<'_, P>,
    email: &Email,
    locale: Option<&str>,
) {
    let reset_url = format!("{}/admin/reset", exchange.client.own_origin());
    let facts = PasswordChanged { at: exchange.now, reset_url: &reset_url };
    let mail = mails::Reader { email, locale }.envelope(None).password_changed(&facts);
    mails::send(exchange, &mail).await;
}
