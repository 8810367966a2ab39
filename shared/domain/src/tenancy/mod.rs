//! Tenants: hosts, states, settings, flags, registration.

pub mod flag;
pub mod host;
pub mod lifecycle;
pub mod registration;
pub mod settings;
pub mod tenant;
