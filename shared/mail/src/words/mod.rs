//! What the mails say, one language a file. A language that lacks a sentence does not compile.

mod en;
mod ja;

pub use en::En;
pub use ja::Ja;

use crate::{
    letter::{Invitation, Letter, NewDevice, PasswordChanged, PasswordReset, Welcome},
    name::Name,
};
use livery_domain::{clock::UnixMillis, people::role::Role};
use time::OffsetDateTime;

pub trait Words {
    fn welcome(&self, brand: &Name, facts: &Welcome<'_>) -> Letter;
    /// As the console calls it.
    fn role(&self, role: Role) -> &'static str;
    fn invitation(&self, brand: &Name, inviter: &Name, role: &Name, facts: &Invitation<'_>) -> Letter;
    fn password_reset(&self, brand: &Name, facts: &PasswordReset<'_>) -> Letter;
    fn password_changed(&self, brand: &Name, facts: &PasswordChanged<'_>) -> Letter;
    fn new_device(
        &self,
        brand: &Name,
        device: &Name,
        address: Option<&Name>,
        facts: &NewDevice<'_>,
    ) -> Letter;

    fn if_the_button_does_not_work(&self) -> &'static str;
    fn no_reply(&self) -> &'static str;
}

/// In UTC: a mail is read anywhere, and nobody knows the reader's zone.
fn utc(at: UnixMillis) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at.secs()).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
