//! The brand: its draft, publishing it, the releases that came of it.

#![allow(async_fn_in_trait)]

mod compiled;
pub mod design_tokens;
pub mod draft;
pub mod publish;
pub mod releases;
pub mod routes;

#[cfg(feature = "schema")]
pub use releases::ReleaseView;
