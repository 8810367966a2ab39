//! The texts of the mails, in the reader's language: generated from `messages/*.ftl` by `livery-messages`.

use livery_domain::{clock::UnixMillis, people::role::Role};
use time::macros::format_description;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// Times are in UTC, because the reader's time zone is not known.
impl Words {
    /// `21 November 2026`
    pub fn day(self, at: UnixMillis) -> String {
        let form = match self.0 {
            Locale::En => format_description!("[day padding:none] [month repr:long] [year]"),
            Locale::Ja => format_description!("[year]年[month padding:none]月[day padding:none]日"),
        };
        at.utc().format(form).unwrap_or_default()
    }

    /// `21 November 2026, 09:00 UTC`
    pub fn moment(self, at: UnixMillis) -> String {
        let form = match self.0 {
            Locale::En => format_description!(", [hour]:[minute] UTC"),
            Locale::Ja => format_description!(" [hour]:[minute]（UTC）"),
        };
        self.day(at) + &at.utc().format(form).unwrap_or_default()
    }

    pub const fn role(self, role: Role) -> &'static str {
        match role {
            Role::Owner => self.role_owner(),
            Role::Admin => self.role_admin(),
            Role::Manager => self.role_manager(),
            Role::Member => self.role_member(),
            Role::Viewer => self.role_viewer(),
        }
    }
}
