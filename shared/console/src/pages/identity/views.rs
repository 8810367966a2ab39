//! What each template shows.

use crate::{
    faults::Faults,
    frame::{Choice, Frame, Pager},
    shell::Shell,
    when::When,
};
use askama::Template;

#[derive(Template)]
#[template(path = "identity/sign_in.html")]
pub struct SignIn {
    pub shell: Shell,
    pub faults: Faults,
    pub tenant: String,
    pub email: String,
    /// The page that was asked for.
    pub to: String,
}

#[derive(Template)]
#[template(path = "identity/forgot.html")]
pub struct Forgot {
    pub shell: Shell,
    pub faults: Faults,
    pub email: String,
    pub sent: bool,
}

#[derive(Template)]
#[template(path = "identity/reset.html")]
pub struct Reset {
    pub shell: Shell,
    pub faults: Faults,
    pub code: String,
}

#[derive(Template)]
#[template(path = "identity/register.html")]
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
#[template(path = "identity/keys.html")]
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
#[template(path = "identity/key_new.html")]
pub struct KeyNew {
    pub shell: Shell,
    pub frame: Frame,
    pub faults: Faults,
    pub name: String,
    pub lives: Vec<Choice>,
    pub permissions: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "identity/key_made.html")]
pub struct KeyMade {
    pub shell: Shell,
    pub frame: Frame,
    pub name: String,
    pub secret: String,
    /// Until when the key that it replaces works.
    pub old_until: Option<When>,
}

#[derive(Template)]
#[template(path = "identity/key.html")]
pub struct KeyPage {
    pub shell: Shell,
    pub frame: Frame,
    pub faults: Faults,
    pub key: Key,
    pub overlaps: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "identity/profile.html")]
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
#[template(path = "identity/tenants.html")]
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
#[template(path = "identity/enter.html")]
pub struct Enter {
    pub shell: Shell,
    pub tenant: String,
    pub host: String,
    /// Where the ticket goes.
    pub action: String,
    pub ticket: String,
}
