//! Who one is: registration, signing in, the profile, keys, organisations.

pub mod find;
pub mod keys;
pub mod password;
pub mod profile;
pub mod register;
pub mod session;
pub mod tenants;
pub mod views;
