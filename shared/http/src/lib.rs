//! What every answer is made of: a request, a problem, a body, a page, preconditions, headers, the table of prefixes.
//!
//! *In scope*: what is the same for every route, whatever it is about.
//! *Out of scope*: any noun of the product (`areas`), who may ask (`access`), runtimes (`functions`, `platform-*`).

#![allow(async_fn_in_trait)]

pub mod body;
pub mod exchange;
pub mod headers;
pub mod page;
pub mod precondition;
pub mod problem;
pub mod route;
pub mod routing;
pub mod service;

pub use exchange::{Client, Exchange, Request, Response};
pub use problem::{Problem, ProblemKind};
pub use service::{
    Log, REQUEST_ID, Received, Service, ShowProblem, StartError, not_started, unreachable_function,
    unreadable,
};
