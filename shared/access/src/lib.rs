//! Who a request may act for: the only room where a [`TenantScope`] is granted.

#![allow(async_fn_in_trait)]

mod by;
pub mod change;
mod host;
mod key;
mod member;
mod person;
mod signed_in;
mod token;
mod visitor;

pub use by::By;
pub use host::{
    SignInHost, Site, admit, admit_by, audience, bearer, of_membership, of_new_tenant, of_public_site,
    own_host, platform, sign_in_host, site,
};
pub use member::Member;
pub use person::{Invited, holder, invited, operator, operator_over, person_with_token};
pub use signed_in::{console, member, member_reading, signed_in};
pub use token::Holder;
pub use visitor::{Visitor, visitor, visitor_of_token};
