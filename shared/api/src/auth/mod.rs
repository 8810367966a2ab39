//! Signing in and all that follows from it: `/v1/auth/*`.
//!
//! What can be done is a function over typed input; a route, an alias and a page of the console call the same one.

pub mod attempts;
pub mod history;
pub mod jwks;
pub mod mails;
pub mod opening;
pub mod password;
pub mod plans;
pub mod refresh;
pub mod register;
pub mod reset;
pub mod sessions;
pub mod sign_in;
pub mod subdomains;
pub mod switch;
pub mod tokens;

use crate::{Exchange, Problem, Response, alias, headers, invitations::acceptance};
use http::header;
use livery_domain::member::{Email, MAX_PASSWORD_OCTETS};
use livery_platform::{Configured, Database, Entropy, Mailer};

/// Largest body: an e-mail of 254 octets and two passwords of 1,024, each up to six times as long in JSON escapes, are
/// 13.9 KB.
pub const MAX_BODY_BYTES: usize = 16 * 1024;

/// # Errors
/// Every problem of the routes below.
pub async fn route<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let method = exchange.request.method().as_str();
    match exchange.segments().as_slice() {
        ["v1", "auth", "login"] => match method {
            "POST" => sign_in::post(exchange).await,
            _ => Err(Problem::method_not_allowed("POST")),
        },
        ["v1", "auth", "refresh"] => match method {
            "POST" => refresh::post(exchange).await,
            _ => Err(Problem::method_not_allowed("POST")),
        },
        ["v1", "auth", "logout"] => match method {
            "POST" => sessions::post_logout(exchange).await,
            _ => Err(Problem::method_not_allowed("POST")),
        },
        ["v1", "auth", "logout-everywhere"] => match method {
            "POST" => sessions::post_logout_everywhere(exchange).await,
            _ => Err(Problem::method_not_allowed("POST")),
        },
        ["v1", "auth", "sessions"] => match method {
            "GET" | "HEAD" => sessions::get_all(exchange).await,
            _ => Err(Problem::method_not_allowed("GET, HEAD")),
        },
        ["v1", "auth", "sessions", id] if !id.is_empty() => match method {
            "DELETE" => sessions::delete_one(exchange, id).await,
            _ => Err(Problem::method_not_allowed("DELETE")),
        },
        ["v1", "auth", "invitations", "look-up"] => match method {
            "POST" => acceptance::post_look_up(exchange).await,
            _ => Err(Problem::method_not_allowed("POST")),
        },
        ["v1", "auth", "invitations", "accept"] => match method {
            "POST" => acceptance::post_accept(exchange).await,
            _ => Err(Problem::method_not_allowed("POST")),
        },
        ["users", "accept-invitation"] => match method {
            "POST" => alias::people::post_accept(exchange).await,
            _ => Err(Problem::method_not_allowed("POST")),
        },
        ["v1", "auth", "sign-ins"] => match method {
            "GET" | "HEAD" => history::get_page(exchange).await,
            _ => Err(Problem::method_not_allowed("GET, HEAD")),
        },
        ["v1", "auth", "register"] => match method {
            "POST" => register::post(exchange).await,
            _ => Err(Problem::method_not_allowed("POST")),
        },
        ["tenants", "register"] => match method {
            "POST" => alias::register::post(exchange).await,
            _ => Err(Problem::method_not_allowed("POST")),
        },
        ["v1", "auth", "subdomains", key] if !key.is_empty() => match method {
            "GET" | "HEAD" => subdomains::get(exchange, key).await,
            _ => Err(Problem::method_not_allowed("GET, HEAD")),
        },
        ["v1", "auth", "password"] => match method {
            "POST" => password::post(exchange).await,
            _ => Err(Problem::method_not_allowed("POST")),
        },
        ["v1", "auth", "password", "forgot"] => match method {
            "POST" => reset::post_forgot(exchange).await,
            _ => Err(Problem::method_not_allowed("POST")),
        },
        ["v1", "auth", "password", "reset"] => match method {
            "POST" => reset::post_reset(exchange).await,
            _ => Err(Problem::method_not_allowed("POST")),
        },
        ["v1", "auth", "switch"] => match method {
            "POST" => switch::post(exchange).await,
            _ => Err(Problem::method_not_allowed("POST")),
        },
        [".well-known", "jwks.json"] => match method {
            "GET" | "HEAD" => jwks::get(exchange),
            _ => Err(Problem::method_not_allowed("GET, HEAD")),
        },
        ["v1", "plans"] => match method {
            "GET" | "HEAD" => plans::get(exchange).await,
            _ => Err(Problem::method_not_allowed("GET, HEAD")),
        },
        _ => Err(Problem::not_found()),
    }
}

/// Longest user agent that is kept, in characters: browsers send some 150.
const MAX_USER_AGENT_CHARS: usize = 256;

/// What the client calls itself, cut where it goes on for too long.
pub(crate) fn user_agent<P>(exchange: &Exchange<'_, P>) -> Option<String> {
    let text = headers::single(exchange.request.headers(), header::USER_AGENT.as_str())?;
    Some(text.chars().take(MAX_USER_AGENT_CHARS).collect())
}

/// An address that somebody typed.
fn email(text: &str, pointer: &str) -> Result<Email, Problem> {
    Email::parse(text).map_err(|fault| Problem::field(pointer, fault.to_string()))
}

/// A password that somebody typed to be checked: bounded, and no more is asked of it.
fn bounded_password(text: &str, pointer: &str) -> Result<(), Problem> {
    if text.len() > MAX_PASSWORD_OCTETS {
        return Err(Problem::field(pointer, format!("A password has at most {MAX_PASSWORD_OCTETS} octets.")));
    }
    Ok(())
}
