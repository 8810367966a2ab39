//! Everything that a page says, in the reader's language: made from `messages/*.ftl` by `livery-messages`.

use livery_domain::name;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

impl Words {
    pub fn name_missing(self) -> String {
        self.enter_name(name::MAX_CHARS)
    }

    pub fn organisation_missing(self) -> String {
        self.enter_organisation(name::MAX_CHARS)
    }
}
