//! A form as browsers send it.

use http::header;
use livery_http::{Exchange, Problem, ProblemKind};

/// Most fields of one form: the role editor has 40 permissions and a handful besides.
const MAX_FIELDS: usize = 100;

pub struct Form(Vec<(String, String)>);

impl Form {
    /// # Errors
    /// 415 for another content type, 400 for more fields than any form here has.
    pub fn read<P>(exchange: &Exchange<'_, P>) -> Result<Self, Problem> {
        let sent = exchange.request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = sent.and_then(|value| value.split(';').next()).map(str::trim);
        if !essence.is_some_and(|essence| essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")) {
            return Err(ProblemKind::UnsupportedMediaType.into());
        }
        let mut fields = vec![];
        for (name, value) in form_urlencoded::parse(exchange.request.body()) {
            if fields.len() == MAX_FIELDS {
                return Err(ProblemKind::MalformedRequest.into());
            }
            fields.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self(fields))
    }

    /// The first value of a field, as it was sent; empty where it was not.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// Every value of a field that can be there several times, such as boxes that are ticked.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The same without space around it, which is never intended.
    pub fn trimmed(&self, name: &str) -> &str {
        self.text(name).trim()
    }
}
