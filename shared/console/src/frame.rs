//! The signed-in person's frame: the tenant, the sections that the role opens, the person.

use crate::words::Words;
use livery_http::page::PageRequest;

pub struct Frame {
    pub tenant: String,
    pub person: String,
    pub role: String,
    pub current: Section,
    pub may_see: MaySee,
    /// The token that every form of this session carries.
    pub csrf: String,
    /// Said on every page while the tenant is not open as usual.
    pub warning: Option<Warning>,
}

pub struct Warning {
    pub title: &'static str,
    pub text: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Team,
    Keys,
    Audit,
    Profile,
    Tenants,
}

/// The sections that a person's role opens, besides those that every member has.
#[derive(Debug, Clone, Copy)]
pub struct MaySee {
    pub team: bool,
    pub keys: bool,
    pub audit: bool,
}

pub struct MenuItem {
    pub path: &'static str,
    pub name: &'static str,
    pub current: bool,
}

impl Frame {
    pub fn menu(&self, words: &Words) -> Vec<MenuItem> {
        [
            (self.may_see.team, Section::Team, "/admin/team", words.team()),
            (self.may_see.keys, Section::Keys, "/admin/keys", words.api_keys()),
            (self.may_see.audit, Section::Audit, "/admin/audit", words.audit()),
            (true, Section::Profile, "/admin/profile", words.profile()),
            (true, Section::Tenants, "/admin/tenants", words.tenants()),
        ]
        .into_iter()
        .filter(|(may, ..)| *may)
        .map(|(_, section, path, name)| MenuItem { path, name, current: section == self.current })
        .collect()
    }
}

/// The way through a list: whether there is more behind, and a way back to its beginning.
#[derive(Default)]
pub struct Pager {
    pub next: Option<String>,
    /// Empty on the first page.
    pub first: String,
}

/// One of several to choose from.
pub struct Choice {
    pub value: String,
    pub name: String,
    /// What it means, where its name does not say it.
    pub text: &'static str,
    pub chosen: bool,
}

/// The way on from a page of a list, with those of its `filters` that are set.
pub fn pager(path: &str, filters: &[(&str, &str)], asked: &PageRequest, next: Option<String>) -> Pager {
    let link = |cursor: Option<&str>| {
        let set = filters.iter().filter(|(_, value)| !value.is_empty());
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(set)
            .extend_pairs(cursor.map(|cursor| ("cursor", cursor)))
            .finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    };
    let first = if asked.cursor.is_some() { link(None) } else { String::new() };
    Pager { next: next.map(|cursor| link(Some(&cursor))), first }
}
