//! The language of a page: the one that the person chose here, else the one that the browser asks for.

use crate::{cookies, words::Words};
use http::header;
use livery_domain::locale::Locale;
use livery_http::{Client, Request};

/// The language of a request without a session. A person's own setting takes precedence.
pub fn asked(client: &Client, request: &Request) -> Locale {
    let headers = request.headers();
    let chosen = cookies::read(headers, client, cookies::LANGUAGE).and_then(|name| Locale::parse(&name));
    chosen
        .or_else(|| {
            headers
                .get(header::ACCEPT_LANGUAGE)
                .and_then(|value| value.to_str().ok())
                .and_then(Locale::negotiate)
        })
        .unwrap_or_default()
}

pub fn words(client: &Client, request: &Request) -> Words {
    Words(asked(client, request))
}
