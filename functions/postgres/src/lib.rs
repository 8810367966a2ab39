//! The `postgres` function: SQL for the others, where Postgres keeps the data. Workers only.
//!
//! It is a function of its own because its client would make every other function larger, and because it can run near the
//! database while they run near the visitor. It trusts its callers: it can be reached through a service binding only.

#![cfg(all(target_arch = "wasm32", target_os = "unknown"))]

mod workers;
