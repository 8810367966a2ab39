//! Themes compiled from real input: one module per kind.
//!
//! One test binary, because each would link the CSS parser again.

// Clippy's exceptions for tests stop at functions without `#[test]`; everything here is a test or serves one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod bounds;
mod corpus;
mod design_systems;
mod design_tokens;
mod documents;
mod frameworks;
mod mutations;
mod support;
