//! The `postgres` function: SQL for the others, where Postgres keeps the data. Workers only.
//!
//! It stands by itself because its client would add its weight to every function, and because it can run near the
//! database while they run near the visitor. It trusts whoever reaches it: only a service binding does.

#![cfg(all(target_arch = "wasm32", target_os = "unknown"))]

mod workers;
