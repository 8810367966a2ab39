//! Passwords and signed tokens: the only crate that depends on jwt-simple and argon2.
//!
//! *In scope*: the claims of each kind of token, signing and checking them, key rotation, password hashes.
//! *Out of scope*: which caller gets a token; that is decided in `areas` and `access`.

mod claims;
mod keyring;
mod password;
mod seen;

pub use claims::{AccessClaims, DeviceClaims, OperatorClaims, SessionClaims, TicketClaims, VisitorClaims};
pub use keyring::{Keyring, KeyringError, PublicKey, TokenFault};
pub use password::{PasswordHashFault, SALT_BYTES, hash_password, is_outdated, verify_password};

/// Lifetime of an access token. A revoked role is refused on reads within this time.
pub const ACCESS_TOKEN_SECS: u64 = 10 * 60;
/// Lifetime of an embed session token. The loader fetches the next one by itself.
pub const SESSION_TOKEN_SECS: u64 = 30 * 60;
/// Lifetime of the token by which a browser is recognised as the same visitor, renewed with every session.
pub const VISITOR_TOKEN_SECS: u64 = 180 * 86_400;
/// Lifetime of the token by which a device is recognised as one on which the person has signed in.
pub const DEVICE_TOKEN_SECS: u64 = 180 * 86_400;
/// Lifetime of a ticket from one tenant's host to another's: a form that submits itself.
pub const TICKET_SECS: u64 = 2 * 60;
