//! What every answer is made of: a request, a problem, a body, a page, preconditions, headers, the table of prefixes.
//!
//! *In scope*: what is the same for every route, whatever it is about.
//! *Out of scope*: any noun of the product (`areas`), who may ask (`access`), runtimes (`functions`, `platform-*`).

#![allow(async_fn_in_trait)]

pub mod body;
pub mod exchange;
pub mod headers;
pub mod message;
pub mod page;
pub mod precondition;
pub mod problem;
mod problem_reasons;
pub mod route;
pub mod routing;
pub mod serve;
pub mod service;

pub use exchange::Exchange;
pub use message::{Client, Request, Response};
pub use problem::{Problem, ProblemKind};
pub use serve::{Log, REQUEST_ID, Received, not_started, unreachable_function, unreadable};
pub use service::{Service, ShowProblem, StartError};
