//! The OpenAPI 3.1 document of the HTTP API, made from the types that the routes read and write.
//!
//! *In scope*: which operations there are, who may call them, what they take and answer, an example of each.
//! *Out of scope*: the routes themselves (`areas`, `edge`). `cargo run -p livery-openapi` writes `schema/openapi.json`, which is what is
//! served, and the tables of `docs/api.md`, `docs/aliases.md` and `docs/problems.md`; tests hold the files equal to the code, and the operations to the routes.

#![cfg(not(target_family = "wasm"))]
// A program of the build and not of a request's path; `json[name] = …` adds a member.
#![allow(clippy::indexing_slicing)]

mod document;
mod operation;
mod operations;
mod problems;
mod schema;
mod tables;

pub use document::{document, text};
pub use tables::{DOCUMENTS, described, with_tables};
