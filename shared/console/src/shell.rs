//! What every page has around its content.

use crate::{asset_names, language, notice::Notice, words::Words};
use livery_domain::locale::Locale;
use livery_http::{Client, Request};

/// How a page is shown: in which language, after what.
pub struct Shell {
    pub words: Words,
    /// Path and query of this page, to come back to after choosing a language.
    pub here: String,
    /// Where this page's forms may lead beside this host: origins as a security policy spells them.
    pub form_targets: Vec<String>,
    /// What the form that was just sent has done, shown once.
    pub notice: Option<&'static str>,
}

impl Shell {
    /// For a person who is not signed in.
    pub fn public(client: &Client, request: &Request) -> Self {
        Self::in_words(language::words(client, request), request)
    }

    pub fn in_words(words: Words, request: &Request) -> Self {
        let query = request.uri().query().unwrap_or_default();
        let done = form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "done")
            .and_then(|(_, code)| Notice::parse(&code));
        Self { words, here: here(request), form_targets: vec![], notice: done.map(|done| done.text(words)) }
    }

    pub fn style(&self) -> &'static str {
        asset_names::STYLE_PATH
    }

    pub fn script(&self) -> &'static str {
        asset_names::SCRIPT_PATH
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

/// Where to come back to: the page that a form was on, where this is the answer to one.
fn here(request: &Request) -> String {
    let path = request.uri().path();
    if request.method() == http::Method::POST {
        return path.to_owned();
    }
    let target = request.uri().path_and_query().map_or(path, |target| target.as_str());
    if target.len() <= MAX_HERE_BYTES { target.to_owned() } else { path.to_owned() }
}
