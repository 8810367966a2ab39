//! The people of a tenant: roles, permissions, the rules of a team.

pub mod member;
pub mod permission;
pub mod role;
pub mod team;
