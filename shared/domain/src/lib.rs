//! What is true of tenants, brands, quotas and conversations.
//!
//! *In scope*: the words of the product as types, their rules and limits, decided from values alone.
//! *Out of scope*: async, I/O, HTTP, SQL, CSS parsing; those live in `platform`, `api`, `store` and `theme`.

pub mod actor;
pub mod api_key;
pub mod attempt;
pub mod clock;
pub mod conversation;
pub mod credential;
pub mod flag;
pub mod hash;
pub mod host;
pub mod id;
pub mod lease;
pub mod lifecycle;
pub mod live;
pub mod locale;
pub mod mail;
pub mod member;
pub mod name;
pub mod origin;
pub mod password;
pub mod permission;
pub mod quota;
pub mod recent;
pub mod registration;
pub mod release;
#[cfg(feature = "schema")]
mod schema;
pub mod settings;
pub mod team;
pub mod tenant;
pub mod theme;
pub mod waiting;
