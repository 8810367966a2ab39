//! Passwords and signed tokens: the only crate that names jwt-simple and argon2.
//!
//! *In scope*: the claims of each kind of token, signing and checking them, key rotation, password hashes.
//! *Out of scope*: who may have a token; that is decided in `areas` and `access`.

mod claims;
mod keyring;
mod password;
mod seen;

pub use claims::{AccessClaims, DeviceClaims, OperatorClaims, SessionClaims, TicketClaims, VisitorClaims};
pub use keyring::{Keyring, KeyringError, PublicKey, TokenFault};
pub use password::{PasswordHashFault, SALT_BYTES, hash_password, is_outdated, verify_password};

/// Life of an access token. A revoked role is refused on reads within this time.
pub const ACCESS_TOKEN_SECS: u64 = 10 * 60;
/// Life of an embed session token. The loader fetches the next one by itself.
pub const SESSION_TOKEN_SECS: u64 = 30 * 60;
/// Life of the token by which a browser is known again as the same visitor, renewed with every session.
pub const VISITOR_TOKEN_SECS: u64 = 180 * 86_400;
/// Life of the token by which a device is known again as one that its person signed in with.
pub const DEVICE_TOKEN_SECS: u64 = 180 * 86_400;
/// Life of a ticket from one tenant's host to another's: a form that posts itself.
pub const TICKET_SECS: u64 = 2 * 60;
