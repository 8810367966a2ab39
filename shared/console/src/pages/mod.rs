//! One file per page: what it shows, and what its forms do.

pub mod audit;
pub mod fault;
pub mod find;
pub mod invitation;
pub mod invitations;
pub mod keys;
pub mod language;
pub mod outbox;
pub mod password;
pub mod profile;
pub mod register;
pub mod role;
#[cfg(test)]
mod samples;
pub mod session;
pub mod team;
pub mod tenants;
pub mod views;
