//! What each template shows.

use crate::{
    frame::{Choice, Frame, Pager},
    shell::Shell,
    when::When,
};
use askama::Template;

#[derive(Template)]
#[template(path = "operations/audit.html")]
pub struct Audit {
    pub shell: Shell,
    pub frame: Frame,
    pub actions: Vec<Choice>,
    pub actor: String,
    pub entries: Vec<Entry>,
    pub pager: Pager,
    pub verified: Option<Verified>,
}

pub struct Verified {
    pub whole: bool,
    pub title: &'static str,
    pub text: String,
}

pub struct Entry {
    pub seq: i64,
    pub at: When,
    pub actor: String,
    /// What the action is called, where it has a name.
    pub what: Option<&'static str>,
    pub action: String,
    pub target: String,
    pub request: String,
    pub address: Option<String>,
    pub hash: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

#[derive(Template)]
#[template(path = "operations/outbox.html")]
pub struct Outbox {
    pub shell: Shell,
    pub mails: Vec<MailRow>,
    pub open: Option<OpenMail>,
}

pub struct MailRow {
    pub id: String,
    pub to: String,
    pub subject: String,
    pub at: When,
}

pub struct OpenMail {
    pub id: String,
    pub to: String,
    pub subject: String,
    pub at: When,
    pub parts: Vec<MailPart>,
}

/// Text of a mail, or an address in it to follow.
pub struct MailPart {
    pub text: String,
    pub link: bool,
}
