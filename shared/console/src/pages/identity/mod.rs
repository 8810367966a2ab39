//! Who one is: registration, signing in, the profile, keys, organisations.

pub mod find;
pub mod keys;
pub mod password;
pub mod profile;
pub mod register;
#[cfg(test)]
pub mod samples;
pub mod session;
pub mod tenants;
pub mod views;
