//! `GET /.well-known/jwks.json`: what others check our tokens with.

use http::{StatusCode, header};
use livery_http::{Exchange, Problem, Response, headers};
use livery_token::PublicKey;
use serde::Serialize;

/// A new key is published for longer than this before it signs: docs/accounts.md.
const CACHE: &str = "public, max-age=300";

#[derive(Serialize)]
struct Keys {
    keys: Vec<PublicKey>,
}

/// `GET /.well-known/jwks.json`, the same at every host.
pub fn get<P>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let keys = exchange.service.keyring()?.public_keys();
    let mut response = headers::json(StatusCode::OK, &Keys { keys });
    headers::set(&mut response, header::CACHE_CONTROL, CACHE);
    Ok(response)
}
