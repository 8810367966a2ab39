//! Signing in and all that follows from it: `/v1/auth/*`.
//!
//! What can be done is a function over typed input; a route, an alias and a page of the console call the same one.

#![allow(async_fn_in_trait)]

pub mod api_keys;
pub mod attempts;
pub mod history;
pub mod jwks;
pub mod mails;
pub mod opening;
pub mod password;
pub mod refresh;
pub mod register;
pub mod reset;
pub mod routes;
pub mod sessions;
pub mod sign_in;
pub mod subdomains;
pub mod switch;
pub mod tokens;

use livery_domain::{
    identity::{email::Email, password::MAX_PASSWORD_OCTETS},
    reason::Reason,
};
use livery_http::Problem;

/// An address that somebody typed.
fn email(text: &str, pointer: &str) -> Result<Email, Problem> {
    Email::parse(text).map_err(|fault| Problem::field(pointer, fault.reason(), fault.to_string()))
}

/// A password that somebody typed to be checked: bounded, and no more is asked of it.
fn bounded_password(text: &str, pointer: &str) -> Result<(), Problem> {
    if text.len() > MAX_PASSWORD_OCTETS {
        return Err(Problem::field(
            pointer,
            Reason::TooLong,
            format!("A password has at most {MAX_PASSWORD_OCTETS} octets."),
        ));
    }
    Ok(())
}
