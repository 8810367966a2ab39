//! Tenants: profile, settings, state, flags.

#![allow(async_fn_in_trait)]

pub mod flags;
pub mod tenant;
