//! `POST /admin/language`: the language of a person without a setting of their own.

use crate::{answer, cookies, form::Form, origin};
use livery_domain::locale::Locale;
use livery_http::{Exchange, Problem, ProblemKind, Response, route::Parts};

livery_http::routes! {
    /// The language of the pages.
    Route in Console tagged "Console";

    /// Keeps a language in a cookie.
    ChooseLanguage = Post "/admin/language", Any, Console;
}

/// # Errors
/// Every problem of the pages above.
pub async fn answer<P>(route: Route, exchange: &Exchange<'_, P>, _: &Parts<'_>) -> Result<Response, Problem> {
    match route {
        Route::ChooseLanguage => choose(exchange),
    }
}

fn choose<P>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    origin::same(exchange)?;
    let form = Form::read(exchange)?;
    let locale = Locale::parse(form.text("language")).ok_or(ProblemKind::MalformedRequest)?;
    let mut response = answer::see_other(own_path(form.text("to")));
    answer::set_cookie(&mut response, &cookies::language(&exchange.client, locale.as_str()));
    Ok(response)
}

/// A path of this host, or `/`: whatever a form says, the browser is never redirected to another host.
pub fn own_path(to: &str) -> &str {
    let own = to.starts_with('/')
        // `//host` and `/\host` are other hosts to a browser, and so they are behind tabs and line ends.
        && !to[1..].starts_with(['/', '\\'])
        && to.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if own { to } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_a_stranger() {
        for own in ["/", "/admin/team?page=2", "/register"] {
            assert_eq!(own_path(own), own);
        }
        for other in [
            "",
            "admin",
            "//evil.test",
            "/\\evil.test",
            "/\t/evil.test",
            "https://evil.test",
            "/a\r\nx: y",
            "/é",
        ] {
            assert_eq!(own_path(other), "/", "{other:?}");
        }
    }
}
