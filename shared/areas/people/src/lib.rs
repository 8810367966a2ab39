//! The people of a tenant: members, roles, grants, invitations, one's own profile.

#![allow(async_fn_in_trait)]

pub mod grants;
pub mod invitations;
pub mod me;
pub mod members;
pub mod roles;
