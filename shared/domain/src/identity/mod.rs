//! The identity of a caller: addresses, passwords, keys, secrets, failed attempts.

pub mod api_key;
pub mod attempt;
pub mod credential;
pub mod email;
pub mod password;
