//! What is true of tenants, brands, quotas and conversations.
//!
//! *In scope*: the words of the product as types, their rules and limits, decided from values alone.
//! *Out of scope*: async, I/O, HTTP, SQL, CSS parsing; those live in `platform`, `http`, `store` and `theme`.

pub mod actor;
pub mod brand;
pub mod clock;
pub mod embed;
pub mod hash;
pub mod id;
pub mod identity;
pub mod limits;
pub mod locale;
pub mod mail;
pub mod name;
pub mod operations;
pub mod people;
pub mod reason;
#[cfg(feature = "schema")]
mod schema;
pub mod tenancy;
