//! Routes of the systems that Livery replaces: other names for the operations under `/v1`, so that their clients can move over.
//! `docs/aliases.md` has the table.

pub mod people;
pub mod register;
pub mod site;
pub mod tenant;
