//! Quotas, and leases of them.

pub mod lease;
pub mod quota;
