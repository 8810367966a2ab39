//! `/outbox`, in development alone: the mails that would have been sent.

use super::views::{MailPart, MailRow, OpenMail, Outbox};
use crate::{answer, shell::Shell, when::When};
use bytes::Bytes;
use http::{StatusCode, header};
use livery_http::{Exchange, Problem, Response, route::Parts};
use livery_platform::{Configured, Database, Environment};
use livery_store::operations::outbox;

/// A mail's own document, shown as one of nobody's origin: its styles work, and nothing in it runs or sends.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; sandbox allow-popups; frame-ancestors 'none'";

livery_http::routes! {
    /// Mail that development keeps.
    Route in Console tagged "Console";

    /// The newest mails, or one of them.
    ShowOutbox = Get "/outbox", Platform, Console;
}

/// # Errors
/// Every problem of the pages above.
pub async fn answer<P: Database + Configured>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ShowOutbox => open(exchange).await,
    }
}

async fn open<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    if exchange.platform.settings().environment != Environment::Development {
        return Err(Problem::not_found());
    }
    let shell = Shell::public(&exchange.client, &exchange.request);
    let words = shell.words;
    let Some(id) = exchange.query("mail") else {
        let mails = outbox::newest(exchange.platform).await?;
        let mails = mails.into_iter().map(|mail| MailRow {
            id: mail.id.to_string(),
            to: mail.recipient,
            subject: mail.subject,
            at: When::at(words, mail.at),
        });
        let page = Outbox { mails: mails.collect(), open: None, shell };
        return answer::page(StatusCode::OK, &page, &page.shell);
    };
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let mail = outbox::one(exchange.platform, id).await?.ok_or_else(Problem::not_found)?;
    if exchange.query("as").as_deref() == Some("html") {
        let mut response = Response::new(Bytes::from(mail.html));
        answer::set(&mut response, header::CONTENT_TYPE, "text/html; charset=utf-8");
        answer::set(&mut response, header::CACHE_CONTROL, "no-store");
        answer::set(&mut response, header::CONTENT_SECURITY_POLICY, MAIL_POLICY);
        return Ok(response);
    }
    let open = OpenMail {
        id: mail.about.id.to_string(),
        to: mail.about.recipient,
        subject: mail.about.subject,
        at: When::at(words, mail.about.at),
        parts: parts(&mail.text),
    };
    let page = Outbox { mails: vec![], open: Some(open), shell };
    answer::page(StatusCode::OK, &page, &page.shell)
}

/// The text with its web addresses apart.
fn parts(text: &str) -> Vec<MailPart> {
    let mut parts = vec![];
    let mut rest = text;
    while let Some(start) = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| c.is_whitespace() || c == '<' || c == '>').unwrap_or(from.len());
        let (link, after) = from.split_at(end);
        parts.push(MailPart { text: before.to_owned(), link: false });
        parts.push(MailPart { text: link.to_owned(), link: true });
        rest = after;
    }
    parts.push(MailPart { text: rest.to_owned(), link: false });
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_a_text_can_be_followed() {
        let parts = parts("Open\nhttp://a.test/x#y\nor https://b.test.");
        let shown: Vec<_> = parts.iter().map(|part| (part.text.as_str(), part.link)).collect();
        let wanted = [
            ("Open\n", false),
            ("http://a.test/x#y", true),
            ("\nor ", false),
            ("https://b.test.", true),
            ("", false),
        ];
        assert_eq!(shown, wanted);
    }
}
