//! What was notice, and the mail that development keeps.

pub mod audit;
pub mod outbox;
pub mod views;
