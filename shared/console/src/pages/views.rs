//! What each template shows.

use crate::{
    faults::Faults,
    frame::{Choice, Frame, Pager},
    shell::Shell,
    when::When,
};
use askama::Template;

#[derive(Template)]
#[template(path = "sign_in.html")]
pub struct SignIn {
    pub shell: Shell,
    pub faults: Faults,
    pub tenant: String,
    pub email: String,
    /// The page that was asked for.
    pub to: String,
}

#[derive(Template)]
#[template(path = "forgot.html")]
pub struct Forgot {
    pub shell: Shell,
    pub faults: Faults,
    pub email: String,
    pub sent: bool,
}

#[derive(Template)]
#[template(path = "reset.html")]
pub struct Reset {
    pub shell: Shell,
    pub faults: Faults,
    pub code: String,
}

#[derive(Template)]
#[template(path = "invitation.html")]
pub struct Invitation {
    pub shell: Shell,
    pub faults: Faults,
    pub code: String,
    pub name: String,
    /// What the code stands for; `None` while there is none yet, or a bad one.
    pub offer: Option<Offer>,
}

pub struct Offer {
    pub tenant: String,
    pub role: String,
    pub email: String,
    /// Whether there is an account with the address.
    pub known: bool,
}

#[derive(Template)]
#[template(path = "register.html")]
pub struct Register {
    pub shell: Shell,
    pub faults: Faults,
    pub platform: String,
    pub organisation: String,
    pub subdomain: String,
    pub name: String,
    pub email: String,
    pub plans: Vec<PlanCard>,
}

pub struct PlanCard {
    pub key: String,
    pub name: String,
    pub price: String,
    pub monthly: bool,
    pub limits: Vec<String>,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "team.html")]
pub struct Team {
    pub shell: Shell,
    pub frame: Frame,
    pub tab: &'static str,
    pub seats: Seats,
    pub people: Vec<Person>,
    pub pager: Pager,
    pub may_invite: bool,
    pub may_manage: bool,
}

pub struct Seats {
    pub used: i64,
    pub invited: i64,
    pub limit: Option<i64>,
}

impl Seats {
    pub fn left(&self) -> i64 {
        self.limit.map_or(i64::MAX, |limit| (limit - self.used).max(0))
    }
}

pub struct Person {
    pub id: String,
    pub name: String,
    pub email: String,
    pub initial: String,
    pub role: String,
    pub is_owner: bool,
    pub is_me: bool,
    pub joined: When,
    pub seen: Option<When>,
}

#[derive(Template)]
#[template(path = "person.html")]
pub struct PersonPage {
    pub shell: Shell,
    pub frame: Frame,
    pub faults: Faults,
    pub person: Person,
    pub choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "invitations.html")]
pub struct Invitations {
    pub shell: Shell,
    pub frame: Frame,
    pub tab: &'static str,
    pub faults: Faults,
    pub seats: Seats,
    pub email: String,
    pub choices: Vec<Choice>,
    pub invitations: Vec<Invited>,
    pub pager: Pager,
    pub may_invite: bool,
}

pub struct Invited {
    pub id: String,
    pub email: String,
    pub role: String,
    pub state: &'static str,
    /// The badge's class, with a space before it.
    pub badge: &'static str,
    pub sent: When,
    /// Whether it can be sent again or revoked.
    pub open: bool,
}

#[derive(Template)]
#[template(path = "roles.html")]
pub struct Roles {
    pub shell: Shell,
    pub frame: Frame,
    pub tab: &'static str,
    pub custom: Vec<CustomRole>,
    pub may_manage: bool,
    /// The built-in roles' names, and which of them has each permission.
    pub roles: Vec<&'static str>,
    pub table: Vec<PermissionRow>,
}

pub struct CustomRole {
    pub id: String,
    pub name: String,
    pub count: i64,
}

pub struct PermissionRow {
    pub name: &'static str,
    pub has: Vec<bool>,
}

#[derive(Template)]
#[template(path = "role.html")]
pub struct RolePage {
    pub shell: Shell,
    pub frame: Frame,
    pub faults: Faults,
    /// `None` for a new one.
    pub id: Option<String>,
    pub name: String,
    pub permissions: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "keys.html")]
pub struct Keys {
    pub shell: Shell,
    pub frame: Frame,
    pub keys: Vec<Key>,
    pub pager: Pager,
    pub may_manage: bool,
}

pub struct Key {
    pub id: String,
    pub name: String,
    pub hint: String,
    pub state: &'static str,
    /// The badge's class, with a space before it.
    pub badge: &'static str,
    pub scopes: Vec<&'static str>,
    pub made: When,
    pub expires: Option<When>,
    pub used: Option<When>,
    pub live: bool,
}

#[derive(Template)]
#[template(path = "key_new.html")]
pub struct KeyNew {
    pub shell: Shell,
    pub frame: Frame,
    pub faults: Faults,
    pub name: String,
    pub lives: Vec<Choice>,
    pub permissions: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "key_made.html")]
pub struct KeyMade {
    pub shell: Shell,
    pub frame: Frame,
    pub name: String,
    pub secret: String,
    /// Until when the key that it replaces works.
    pub old_until: Option<When>,
}

#[derive(Template)]
#[template(path = "key.html")]
pub struct KeyPage {
    pub shell: Shell,
    pub frame: Frame,
    pub faults: Faults,
    pub key: Key,
    pub overlaps: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "audit.html")]
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
#[template(path = "profile.html")]
pub struct Profile {
    pub shell: Shell,
    pub frame: Frame,
    pub faults: Faults,
    pub name: String,
    pub email: String,
    pub sessions: Vec<SessionRow>,
    pub sign_ins: Vec<SignInRow>,
}

pub struct SessionRow {
    pub id: String,
    pub device: String,
    pub kind: String,
    pub address: String,
    pub seen: When,
    pub current: bool,
}

pub struct SignInRow {
    pub at: When,
    pub outcome: &'static str,
    pub badge: &'static str,
    pub device: String,
    pub address: String,
}

#[derive(Template)]
#[template(path = "tenants.html")]
pub struct Tenants {
    pub shell: Shell,
    pub frame: Frame,
    pub tenants: Vec<TenantCard>,
}

pub struct TenantCard {
    pub id: String,
    pub name: String,
    pub host: String,
    pub role: String,
    pub current: bool,
}

#[derive(Template)]
#[template(path = "enter.html")]
pub struct Enter {
    pub shell: Shell,
    pub tenant: String,
    pub host: String,
    /// Where the ticket goes.
    pub action: String,
    pub ticket: String,
}

#[derive(Template)]
#[template(path = "outbox.html")]
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
