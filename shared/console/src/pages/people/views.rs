//! What each template shows.

use crate::{
    faults::Faults,
    frame::{Choice, Frame, Pager},
    shell::Shell,
    when::When,
};
use askama::Template;

#[derive(Template)]
#[template(path = "people/invitation.html")]
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
#[template(path = "people/team.html")]
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
#[template(path = "people/person.html")]
pub struct PersonPage {
    pub shell: Shell,
    pub frame: Frame,
    pub faults: Faults,
    pub person: Person,
    pub choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "people/invitations.html")]
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
#[template(path = "people/roles.html")]
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
#[template(path = "people/role.html")]
pub struct RolePage {
    pub shell: Shell,
    pub frame: Frame,
    pub faults: Faults,
    /// `None` for a new one.
    pub id: Option<String>,
    pub name: String,
    pub permissions: Vec<Choice>,
}
