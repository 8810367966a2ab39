//! What was done, and what can be done: the audit log, and the description of the API.

#![allow(async_fn_in_trait)]

pub mod audit_log;
pub mod openapi;
