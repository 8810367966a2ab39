//! Plans, and counters where SQL keeps them.

pub mod counters;
pub mod plans;
