//! What is written down of a change.

pub mod action;
