//! The embed document: what the widget's iframe shows.

use super::{
    answers::{Found, Lasting},
    file,
    memory::{EdgeMemory, LiveRelease, SiteEntry},
    rendered::Document,
    site,
    widget::WidgetFiles,
};
use bytes::Bytes;
use http::{HeaderValue, header};
use livery_domain::{brand::release::ArtifactKind, embed::live::ReleasePointer, hash::content_hash};
use livery_http::{Exchange, Problem, ProblemKind, Response, headers};
use livery_platform::{Configured, Database, EdgeCache};
use serde_json::Value as Json;
use std::rc::Rc;

/// How long a browser uses the document without asking. It names a release; a page with an older one gets the newest over
/// its first live connection.
const DOCUMENT_CACHE: &str = "public, max-age=30";

/// `GET /embed`
pub async fn show<P: Database + EdgeCache + Configured>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
    widget: &WidgetFiles,
) -> Result<Found, Problem> {
    let site = site::find_open(exchange, memory).await?;
    let release = site.release.as_ref().ok_or_else(Problem::not_found)?;
    let document = match release.document.get() {
        Some(document) => document.clone(),
        None => {
            let hash = &release.manifest.config;
            let config = file::body(exchange, memory, &site.scope, ArtifactKind::Config, hash).await?;
            let made = Rc::new(made(&site, release, &config, widget)?);
            release.document.get_or_init(|| made).clone()
        }
    };
    let mut response = Response::new(document.body.clone());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(DOCUMENT_CACHE));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    headers.insert(
        "permissions-policy",
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    );
    headers::set(&mut response, header::ETAG, &document.etag);
    let policy = content_security_policy(exchange, release);
    headers::set(&mut response, header::CONTENT_SECURITY_POLICY, &policy);
    Ok(Found { response, lasting: Lasting::WhileTheSite(site.clone()) })
}

/// Only the release's policy may frame the document, and only its own host's files run in it.
fn content_security_policy<P>(exchange: &Exchange<'_, P>, release: &LiveRelease) -> String {
    // Not every browser accepts 'self' for sockets of the same host, so they are named.
    let socket = if exchange.client.secure { "wss" } else { "ws" };
    let authority = &exchange.client.authority;
    let ancestors = release.manifest.embed_policy.frame_ancestors();
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' https: data:; \
         connect-src 'self' {socket}://{authority}; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    )
}

fn made(
    site: &SiteEntry,
    release: &LiveRelease,
    config: &[u8],
    widget: &WidgetFiles,
) -> Result<Document, Problem> {
    let internal = |fault: serde_json::Error| Problem::new(ProblemKind::Internal).cause(fault);
    let mut settings: Json = serde_json::from_slice(config).map_err(internal)?;
    let pointer =
        serde_json::to_value(ReleasePointer::new(release.rev, &release.manifest)).map_err(internal)?;
    if let (Some(settings), Json::Object(pointer)) = (settings.as_object_mut(), pointer) {
        settings.extend(pointer);
    }
    let settings = serde_json::to_string(&settings).map_err(internal)?;
    let html = format!(
        "<!doctype html>\n<html lang=\"en\" dir=\"ltr\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title>\
         <link rel=\"stylesheet\" href=\"/w/{base}.css\">\
         <link rel=\"stylesheet\" id=\"livery-brand\" href=\"{brand}\">\
         <script type=\"application/json\" id=\"livery-config\">{settings}</script>\
         <script src=\"/w/{embed}.js\" defer></script></head>\
         <body class=\"livery\" data-theme=\"auto\"></body></html>\n",
        title = in_html(&site.tenant.name),
        base = widget.base.hash,
        brand = release.manifest.stylesheet_path(),
        settings = in_script(&settings),
        embed = widget.embed.hash,
    );
    let etag = format!("\"{}\"", content_hash(html.as_bytes()));
    Ok(Document { body: Bytes::from(html), etag })
}

fn in_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// JSON inside a script element ends at the first `</script` or changes its mode at `<!--`: without `<` it can do
/// neither, and `\u003c` is the same character to a JSON parser.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenants_text_cannot_leave_its_place() {
        assert_eq!(in_html("</title><script>"), "&lt;/title&gt;&lt;script&gt;");
        assert_eq!(in_script(r#"{"a":"</script><!--"}"#), r#"{"a":"\u003c/script>\u003c!--"}"#);
    }
}
