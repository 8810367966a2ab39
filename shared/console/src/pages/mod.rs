//! The pages by area: each with its Rust, its template beside it, and the views that a template shows. Templates of several areas
//! are in `shared`.

pub mod fault;
pub mod identity;
pub mod language;
pub mod operations;
pub mod people;
pub mod problems;
#[cfg(test)]
mod samples;
