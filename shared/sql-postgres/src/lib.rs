//! Postgres behind one function: a batch of statements as one transaction, and the JSON by which other functions call it.
//!
//! *In scope*: [`wire`], the JSON; [`engine`], the transaction over a stream that the runtime opened, with its types, its
//! errors and its retries.
//! *Out of scope*: sockets, timers and bindings, which the function provides as an [`engine::Reach`]; which SQL runs.

#![allow(async_fn_in_trait)]

pub mod engine;
pub mod wire;
