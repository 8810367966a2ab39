//! `POST /v1/auth/password/forgot` and `/reset`: another password, by a link in a mail.

use super::{
    attempts, email, mails,
    password::{self, PasswordSet},
    tokens,
};
use bytes::Bytes;
use http::{StatusCode, header};
use livery_access::{self as access, SignInHost};
use livery_domain::{
    identity::{
        attempt::{Bucket, RESET_PER_EMAIL, RESET_PER_NETWORK, RESET_TRIES_PER_NETWORK},
        credential::{Credential, CredentialKind},
    },
    reason::Reason,
};
use livery_http::{Exchange, Problem, ProblemKind, Response, body, headers};
use livery_mail::PasswordReset;
use livery_platform::{Configured, Database, Entropy, Mailer, fresh_bytes};
use livery_store::{
    StoreError,
    identity::{
        attempts as counted,
        attempts::Verdict,
        passwords, people,
        sessions::{self, Ended},
        sign_ins::SignInOutcome,
    },
};
use serde::Deserialize;

/// How long a link is good: a mail that is held up by a spam filter comes within minutes.
const LINK_SECS: i64 = 3600;

/// Whose password is forgotten.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Forgotten {
    pub email: String,
}

/// Another password, with the code of a link.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// `lvw_…`: what the link carries in its fragment.
    pub token: String,
    /// 10 to 1,024 octets; none of the common ones.
    pub new_password: String,
}

/// `POST /v1/auth/password/forgot`
pub async fn post_forgot<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let host = access::sign_in_host(exchange).await?;
    let input: Forgotten = body::json(exchange)?;
    ask(exchange, &host, &input).await?;
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::ACCEPTED;
    headers::set(&mut response, header::CACHE_CONTROL, headers::NO_STORE);
    Ok(response)
}

/// `POST /v1/auth/password/reset`
pub async fn post_reset<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let host = access::own_host(exchange).await?;
    let input: NewPassword = body::json(exchange)?;
    Ok(headers::json(StatusCode::OK, &reset(exchange, &host, &input).await?))
}

/// Sends a link to whoever has the address here. Whether anybody has is not told, nor whether three mails an hour were sent
/// before.
///
/// # Errors
/// 429 `too_many_attempts` for a network that asks too often, at whatever addresses.
pub async fn ask<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
    host: &SignInHost,
    input: &Forgotten,
) -> Result<(), Problem> {
    let email = email(&input.email, "/email")?;
    let network = attempts::of_network(exchange, RESET_PER_NETWORK);
    attempts::reserve(exchange, network.as_slice()).await?;
    let bucket = Bucket::new(RESET_PER_EMAIL, &[email.as_str()]);
    if counted::reserve(exchange.platform, &[bucket], exchange.now).await? != Verdict::Granted {
        return Ok(());
    }
    let code = Credential::new(CredentialKind::PasswordReset, fresh_bytes(exchange.platform));
    let expires = exchange.now.plus_secs(LINK_SECS);
    let site = match host {
        SignInHost::Tenant(site) => Some(site),
        SignInHost::Platform => None,
    };
    let tenant = site.map(|site| site.tenant.id);
    let kept = passwords::ask(exchange.platform, tenant, &email, &code.hash(), exchange.now, expires).await?;
    let person = people::password_at(exchange.platform, &email).await?;
    attempts::sweep(exchange).await;
    let Some(person) = person.filter(|_| kept) else { return Ok(()) };
    let origin = match site {
        Some(site) => mails::origin_of(exchange, &site.tenant),
        None => exchange.client.own_origin(),
    };
    // The fragment reaches no server and no log.
    let link = format!("{origin}/admin/reset#{}", code.reveal());
    let facts = PasswordReset { link: &link, code: code.reveal(), expires };
    let reader = mails::Reader { email: &email, locale: person.locale.as_deref() };
    let brand = site.map(|site| (site.tenant.id, site.tenant.name.as_str()));
    mails::send(exchange, &reader.envelope(brand).password_reset(&facts)).await;
    Ok(())
}

/// Gives the person of a link another password, ends every session, and forgets the tries at the old one.
///
/// # Errors
/// 404 for what is no code of a link here; 410 for one that was used or ran out; 422 for a weak password; 429.
pub async fn reset<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
    host: &SignInHost,
    input: &NewPassword,
) -> Result<PasswordSet, Problem> {
    let network = attempts::of_network(exchange, RESET_TRIES_PER_NETWORK);
    attempts::reserve(exchange, network.as_slice()).await?;
    let code = Credential::parse(CredentialKind::PasswordReset, input.token.trim())
        .map_err(|_| Problem::not_found())?;
    let link = passwords::found(exchange.platform, &code.hash(), exchange.now).await?;
    let link = link.ok_or_else(Problem::not_found)?;
    let is_here = match host {
        SignInHost::Tenant(site) => link.tenant == Some(site.tenant.id),
        SignInHost::Platform => true,
    };
    if !is_here {
        return Err(Problem::not_found());
    }
    if !link.live {
        return Err(used());
    }
    password::check(&input.new_password, &link.email, &link.name)?;
    let hash = password::hashed(exchange, &input.new_password)?;
    let now = exchange.now;
    let mut batch = vec![
        passwords::reset(link.user, &link.password_hash, &hash, &code.hash(), now),
        sessions::all_ended(link.user, None, now, Ended::PasswordReset),
        attempts::history_line(exchange, &link.email, link.tenant, SignInOutcome::PasswordReset),
    ];
    batch.extend(passwords::links_spent(link.user, now));
    batch.extend(attempts::own_buckets(exchange, &link.email).iter().map(counted::cleared));
    let answers = exchange.platform.batch(batch).await.map_err(StoreError::from)?;
    let rows = |place: usize| answers.get(place).map_or(0, Vec::len);
    if rows(0) == 0 {
        return Err(used());
    }
    password::tell(exchange, &link.email, link.locale.as_deref()).await;
    Ok(PasswordSet { ended: rows(1), device_token: tokens::device(exchange, link.user)? })
}

fn used() -> Problem {
    Problem::new(ProblemKind::Gone)
        .because(Reason::LinkUsedOrExpired)
        .detail("The link was used or is over. Ask for another one.")
}
