//! Plans on offer, quotas, and what is used of them.

#![allow(async_fn_in_trait)]

pub mod plans;
pub mod stats;
pub mod usage;
