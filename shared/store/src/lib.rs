//! Every SQL statement, once, for SQLite and Postgres alike.
//!
//! *In scope*: statements, and rows turned into domain values. A statement over tenant data is built with
//! [`livery_platform::Statement::scoped`], whose `?1` is the tenant of a [`livery_domain::tenancy::tenant::TenantScope`].
//! *Out of scope*: deciding who may ask.
//!
//! A query over a tenant's data without the proof that the caller may act for it does not compile. With it:
//!
//! ```
//! # use livery_domain::tenancy::tenant::TenantScope;
//! # use livery_platform::Database;
//! async fn of_a_tenant(db: &impl Database, scope: &TenantScope) {
//!     let _ = livery_store::brand::themes::draft(db, scope).await;
//!     let _ = livery_store::tenancy::flags::of_tenant(db, scope).await;
//! }
//! ```
//!
//! Without it, with an id that a caller sent, or with a proof made by hand:
//!
//! ```compile_fail
//! # use livery_platform::Database;
//! async fn of_anybody(db: &impl Database) {
//!     let _ = livery_store::tenancy::flags::of_tenant(db).await;
//! }
//! ```
//! ```compile_fail
//! # use livery_domain::id::TenantId;
//! # use livery_platform::Database;
//! async fn named_by_the_caller(db: &impl Database, tenant: TenantId) {
//!     let _ = livery_store::brand::themes::draft(db, &tenant).await;
//! }
//! ```
//! ```compile_fail
//! # use livery_domain::{id::TenantId, tenant::TenantScope};
//! fn made_by_hand(tenant: TenantId) -> TenantScope {
//!     TenantScope { tenant }
//! }
//! ```

#![allow(async_fn_in_trait)]

pub mod brand;
pub mod embed;
pub mod identity;
pub mod limits;
pub mod operations;
pub mod partners;
pub mod people;
pub mod postgres_text;
mod read;
pub mod schema;
pub mod tenancy;

pub use read::Read;

use livery_platform::{DatabaseError, WrongShape};
use thiserror::Error;

/// The database did not answer, or holds what this code can't read. For the log, not for the caller.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error("stored data: {0}")]
    Stored(String),
}

impl From<WrongShape> for StoreError {
    fn from(fault: WrongShape) -> Self {
        Self::Stored(fault.to_string())
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(fault: serde_json::Error) -> Self {
        Self::Stored(fault.to_string())
    }
}
