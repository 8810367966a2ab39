//! What the platform's own people do, at the platform's own host: `/v1/operator`.
//!
//! A change of a tenant goes into the tenant's audit log, with the operator as its actor; a change of what is no tenant's into
//! the platform's.

#![allow(async_fn_in_trait)]

mod entitlements;
mod partners;
pub mod routes;
mod tenants;

pub use entitlements::{NewFlag, NewPlan};
pub use partners::{NewPartner, PartnerChoice, PartnerView};
pub use tenants::{TenantDetails, TenantEntry};
