//! Routes of the systems that Livery replaces: other names for the operations under `/v1`, so that their clients can move over.
//! `docs/aliases.md` has the table.

#![allow(async_fn_in_trait)]

pub mod accept;
pub mod people;
pub mod register;
pub mod tenant;
