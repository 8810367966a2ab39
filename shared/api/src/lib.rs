//! HTTP in, HTTP out, generic over ports: one module per route group.
//!
//! *In scope*: what a request means, who may make it, what it answers.
//! *Out of scope*: runtimes (`functions`, `platform-*`), SQL (`store`), rules (`domain`).

#![allow(async_fn_in_trait)]

pub mod admin;
pub mod alias;
pub mod api_keys;
pub mod audit;
pub mod audit_log;
pub mod auth;
mod body;
pub mod branding;
pub mod edge;
pub mod embed;
pub mod embed_policy;
pub mod exchange;
pub mod flags;
pub mod grants;
mod headers;
pub mod invitations;
pub mod live;
pub mod me;
pub mod members;
pub mod openapi;
pub mod operator;
pub mod page;
pub mod precondition;
pub mod problem;
pub mod roles;
pub mod routing;
#[cfg(feature = "schema")]
pub mod schema;
pub mod scope;
mod service;
pub mod tenant;
pub mod usage;

pub use exchange::{Client, Exchange, Request, Response};
pub use problem::{Problem, ProblemKind};
pub use service::{
    Log, REQUEST_ID, Received, Service, ShowProblem, StartError, not_started, unreachable_function,
    unreadable,
};
