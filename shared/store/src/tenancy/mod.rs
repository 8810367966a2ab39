//! Tenants: whose a host is, profiles, flags, registration.

pub mod directory;
pub mod flags;
pub mod registration;
pub mod registry;
pub mod tenants;
