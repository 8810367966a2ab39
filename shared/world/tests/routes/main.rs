//! Every route over the ports in memory: whole responses, one module per URL group.
//!
//! One test binary: each would link the CSS compiler and SQLite anew.

// Clippy's exceptions for tests stop at functions without `#[test]`; everything here is a test or serves one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod alias_people;
mod alias_register;
mod aliases_tenant;
mod api_keys;
mod audit_log;
mod auth_attempts;
mod auth_login;
mod auth_operator;
mod auth_password;
mod auth_refresh;
mod auth_register;
mod auth_sessions;
mod auth_switch;
mod branding;
mod branding_design_tokens;
mod branding_publish;
mod capabilities;
mod conversations;
mod cross_tenant;
mod edge_config;
mod edge_document;
mod edge_files;
mod edge_memory;
mod embed_policy;
mod embed_sessions;
mod every_route;
mod faults;
mod flags;
mod invitation_acceptance;
mod invitations;
mod lifecycle;
mod live;
mod live_events;
mod live_socket;
mod logs;
mod me_tenant_usage;
mod members;
mod messages;
mod openapi;
mod operator;
mod partner_keys;
mod releases;
mod resolution;
mod rights_at_the_write;
mod roles_and_grants;
mod round_trips;
mod schema;
mod tenant;
