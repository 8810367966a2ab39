//! Members, roles, grants, invitations.

pub mod grants;
pub mod invitations;
pub mod members;
pub mod roles;
