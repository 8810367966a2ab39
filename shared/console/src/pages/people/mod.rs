//! The team: people, roles, invitations.

pub mod invitation;
pub mod invitations;
pub mod role;
pub mod team;
pub mod views;
