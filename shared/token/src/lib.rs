//! Passwords and signed tokens: the only crate that names jwt-simple and argon2.
//!
//! *In scope*: the claims of each kind of token, signing and checking them, key rotation, password hashes.
//! *Out of scope*: who may have a token; that is decided in `api`.

mod keyring;
mod password;

pub use keyring::{AccessClaims, Keyring, KeyringError, SessionClaims, TokenFault, VisitorClaims};
pub use password::{PasswordHashFault, SALT_BYTES, hash_password, verify_password};

/// Life of an access token. A revoked role is refused on reads within this time.
pub const ACCESS_TOKEN_SECS: u64 = 10 * 60;
/// Life of an embed session token. The loader fetches the next one by itself.
pub const SESSION_TOKEN_SECS: u64 = 30 * 60;
/// Life of the token by which a browser is known again as the same visitor, renewed with every session.
pub const VISITOR_TOKEN_SECS: u64 = 180 * 86_400;
