//! Every page with everything on it, in each language: what its words and its markup have to hold. Each area has its own beside its
//! pages.
//!
//! `LIVERY_GALLERY=folder cargo test -p livery-console gallery` writes them there, to be looked at.

use super::{identity, operations, people, problems};
use crate::{
    frame::{Choice, Frame, MaySee, Pager, Section},
    names,
    shell::Shell,
    when::When,
    words::Words,
};
use askama::Template;
use livery_domain::{
    clock::UnixMillis,
    locale::Locale,
    people::{permission::Permission, role::Role},
};
use livery_http::ProblemKind;

const NOW: UnixMillis = UnixMillis(1_795_251_600_000);
pub const EVIL: &str = "<script>alert(1)</script>\"'&";

/// Name and HTML of a page.
pub type Sample = (&'static str, String);

pub fn sample(name: &'static str, page: &impl Template) -> Sample {
    (name, page.render().unwrap())
}

pub fn shell(words: Words) -> Shell {
    Shell { words, here: "/admin/team".into(), form_targets: vec![], notice: None }
}

pub fn noticed(words: Words) -> Shell {
    Shell { notice: Some(words.done_invited()), ..shell(words) }
}

pub fn frame(words: Words, current: Section) -> Frame {
    Frame {
        tenant: "Acme Outfitters and Expedition Supplies of the Northern Territories".into(),
        person: "Ada of Acme".into(),
        role: names::role(words, Role::Owner).into(),
        current,
        may_see: MaySee { team: true, keys: true, audit: true },
        csrf: "token".into(),
        warning: None,
    }
}

pub fn at(words: Words, hours: i64) -> When {
    When::at(words, UnixMillis(NOW.0 - hours * 3_600_000))
}

pub fn permissions(words: Words) -> Vec<Choice> {
    Permission::ALL
        .iter()
        .map(|permission| Choice {
            value: permission.as_str().into(),
            name: names::permission(words, *permission).into(),
            text: "",
            chosen: permission.as_str().ends_with("read"),
        })
        .collect()
}

pub fn pager() -> Pager {
    Pager { next: Some("?cursor=1".into()), first: "?".into() }
}

fn pages(words: Words) -> Vec<Sample> {
    let mut pages = identity::samples::pages(words);
    pages.extend(people::samples::pages(words));
    pages.extend(operations::samples::pages(words));
    pages.push(sample("problems", &problems::list(shell(words))));
    // Every code, so that the words of each go through the tests of markup.
    pages.extend(ProblemKind::ALL.map(|kind| sample(kind.facts().1, &problems::one(shell(words), kind))));
    pages
}

#[test]
fn every_page_is_whole_and_quotes_what_people_wrote() {
    for locale in Locale::ALL {
        for (name, html) in pages(Words(locale)) {
            let lang = locale.as_str();
            assert!(html.starts_with("<!doctype html>") && html.trim_end().ends_with("</html>"), "{name}");
            assert!(html.contains(&format!("<html lang=\"{lang}\">")), "{name}");
            assert_eq!(html.matches("<h1").count(), 1, "{name} in {lang}");
            assert_eq!(html.matches("<main").count(), 1, "{name}");
            assert!(!html.contains("<script>alert") && !html.contains("=\"<"), "{name}: {html}");
            for forbidden in [" style=", " onclick=", " onsubmit=", "javascript:"] {
                assert!(!html.contains(forbidden), "{name} has {forbidden}");
            }
        }
    }
}

#[test]
fn every_form_that_changes_something_within_carries_the_sessions_token() {
    for (name, html) in pages(Words(Locale::En)) {
        let Some(main) = html.split("class=\"console\"").nth(1) else { continue };
        for form in main.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            let free = form.contains("method=\"get\"") || form.contains("/admin/language");
            assert!(free || form.contains("name=\"csrf\" value=\"token\""), "{name}: <form{form}");
        }
    }
}

#[test]
fn every_field_has_a_label_and_every_fault_a_field() {
    for (name, html) in pages(Words(Locale::Ja)) {
        for field in html.split("<input").skip(1).chain(html.split("<select").skip(1)) {
            let tag = field.split('>').next().unwrap();
            if ["hidden", "radio", "checkbox"].iter().any(|kind| tag.contains(&format!("type=\"{kind}\""))) {
                continue;
            }
            let id = tag.split("id=\"").nth(1).unwrap().split('"').next().unwrap();
            assert!(html.contains(&format!("<label for=\"{id}\"")), "{name}: {id}");
        }
        for target in html.split("<li><a href=\"#").skip(1) {
            let id = target.split('"').next().unwrap();
            assert!(html.contains(&format!("id=\"{id}\"")), "{name}: #{id}");
        }
    }
}

#[test]
fn gallery() {
    let Ok(folder) = std::env::var("LIVERY_GALLERY") else { return };
    for locale in Locale::ALL {
        for (name, html) in pages(Words(locale)) {
            std::fs::write(format!("{folder}/{name}.{}.html", locale.as_str()), html).unwrap();
        }
    }
}
