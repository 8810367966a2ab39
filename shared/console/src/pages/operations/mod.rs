//! The audit log, and the mail that development keeps.

pub mod audit;
pub mod outbox;
#[cfg(test)]
pub mod samples;
pub mod views;
