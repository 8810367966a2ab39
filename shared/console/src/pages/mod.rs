//! One file per page: what it shows, and what its forms do.

pub mod fault;
pub mod find;
pub mod language;
pub mod outbox;
#[cfg(test)]
mod samples;
pub mod views;
