//! The team: people, roles, invitations.

pub mod invitation;
pub mod invitations;
pub mod role;
#[cfg(test)]
pub mod samples;
pub mod team;
pub mod views;
