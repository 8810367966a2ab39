//! What every page has around its content.

use crate::{assets, language, words::Words};
use livery_api::{Client, Request};
use livery_domain::locale::Locale;

/// Whom a page is for, and where in the console it is.
pub struct Shell {
    pub words: Words,
    /// Path and query of this page, to come back to after choosing a language.
    pub here: String,
    /// Where this page's forms may lead beside this host: origins as a security policy spells them.
    pub form_targets: Vec<String>,
}

impl Shell {
    /// For somebody whom we do not know.
    pub fn public(client: &Client, request: &Request) -> Self {
        Self { words: language::words(client, request), here: here(request), form_targets: vec![] }
    }

    pub fn style(&self) -> &'static str {
        assets::STYLE_PATH
    }

    pub fn script(&self) -> &'static str {
        assets::SCRIPT_PATH
    }

    pub fn language(&self) -> &'static str {
        self.words.0.as_str()
    }

    /// Each language with its own name, and whether it is the page's.
    pub fn languages(&self) -> [(&'static str, &'static str, bool); 2] {
        Locale::ALL.map(|locale| {
            let name = match locale {
                Locale::En => "English",
                Locale::Ja => "日本語",
            };
            (locale.as_str(), name, locale == self.words.0)
        })
    }
}

/// Longest path and query that is remembered: longer ones come back to their path alone.
const MAX_HERE_BYTES: usize = 500;

fn here(request: &Request) -> String {
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    if target.len() <= MAX_HERE_BYTES { target.to_owned() } else { request.uri().path().to_owned() }
}
