//! `POST /admin/language`: the language of whoever has no setting of their own.

use crate::{answer, cookies, form::Form, origin};
use livery_api::{Exchange, Problem, ProblemKind, Response};
use livery_domain::locale::Locale;

pub fn choose<P>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    if exchange.request.method() != http::Method::POST {
        return Err(Problem::method_not_allowed("POST"));
    }
    origin::same(exchange)?;
    let form = Form::read(exchange)?;
    let locale = Locale::parse(form.text("language")).ok_or(ProblemKind::MalformedRequest)?;
    let mut response = answer::see_other(own_path(form.text("to")));
    answer::set_cookie(&mut response, &cookies::language(&exchange.client, locale.as_str()));
    Ok(response)
}

/// A path of this host, or `/`: whatever a form says, nobody is sent to a stranger.
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
