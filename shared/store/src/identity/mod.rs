//! Accounts, sessions, passwords, keys, failed attempts.

pub mod accounts;
pub mod api_keys;
pub mod attempts;
pub mod operators;
pub mod passwords;
pub mod people;
pub mod refresh_tokens;
pub mod sessions;
pub mod sign_ins;
