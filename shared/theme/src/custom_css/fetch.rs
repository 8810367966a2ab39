//! What a sheet may fetch: the tenant's own assets and small pictures inside the sheet, nothing else.

use super::bounds::MAX_DATA_URL_BYTES;
use crate::fault::Refusal;

/// Decides on a URL whose CSS escapes are resolved.
///
/// # Errors
/// The rule that it breaks, and the reason.
pub(super) fn check_url(url: &str) -> Result<(), (Refusal, String)> {
    // Browsers strip these before they read the scheme, so `java\nscript:` is `javascript:`.
    let url: String = url.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let url = url.trim_matches(|c: char| c <= ' ');
    if is_asset_path(url) {
        return Ok(());
    }
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("javascript" | "vbscript" | "livescript" | "mocha") => {
            Err((Refusal::ScriptRefused, "a script URL does nothing in CSS but harm; take it out".into()))
        }
        Some("data") => check_data_url(url),
        _ => Err((
            Refusal::ForeignUrl,
            "only the tenant's own assets may be fetched: upload the file and write url(/a/…)".into(),
        )),
    }
}

/// `/a/` and then plain path segments: no `..`, no `//`, no query, nothing percent-encoded that could be one of these.
fn is_asset_path(url: &str) -> bool {
    let segment = |segment: &str| {
        !segment.is_empty()
            && !segment.starts_with('.')
            && segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    url.strip_prefix("/a/").is_some_and(|path| path.split('/').all(segment))
}

fn check_data_url(url: &str) -> Result<(), (Refusal, String)> {
    let refuse = |reason: String| Err((Refusal::DataUrlRefused, reason));
    if url.len() > MAX_DATA_URL_BYTES {
        return refuse(format!(
            "the data: URL has {} bytes; the limit is {MAX_DATA_URL_BYTES}; upload it as an asset",
            url.len()
        ));
    }
    let body = url.split_once(':').map(|(_, body)| body).unwrap_or_default();
    let (media, payload) = body.split_once(',').unwrap_or_default();
    let kind = media.strip_suffix(";base64").unwrap_or(media);
    // SVG is left out: it is a document with its own styles and references, and uploads clean it; a data: URL would not be.
    let raster = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];
    if !raster.iter().any(|known| kind.eq_ignore_ascii_case(known)) {
        return refuse(
            "only image/png, jpeg, gif, webp and avif may stand in a data: URL; upload others as assets"
                .into(),
        );
    }
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"+/=%-_.~".contains(&b);
    if payload.is_empty() || !payload.bytes().all(plain) {
        return refuse("the data: URL is not base64".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_assets_and_small_raster_images_may_be_fetched() {
        for good in [
            "/a/logo.png",
            "/a/x/y-1_2.woff2",
            "data:image/png;base64,iVBORw0KGgo=",
            "DATA:image/WebP;base64,UklG",
        ] {
            assert_eq!(check_url(good), Ok(()), "{good}");
        }
        let large = format!("data:image/png;base64,{}", "A".repeat(MAX_DATA_URL_BYTES));
        for (bad, rule) in [
            ("//evil.test/x", Refusal::ForeignUrl),
            ("https://evil.test/x", Refusal::ForeignUrl),
            ("/\\evil.test/a/", Refusal::ForeignUrl),
            ("/a/../b", Refusal::ForeignUrl),
            ("/a/%2e%2e/b", Refusal::ForeignUrl),
            ("/a//evil", Refusal::ForeignUrl),
            ("/a/x?leak=1", Refusal::ForeignUrl),
            ("/a/", Refusal::ForeignUrl),
            ("a/x", Refusal::ForeignUrl),
            ("#mask", Refusal::ForeignUrl),
            ("", Refusal::ForeignUrl),
            ("blob:https://evil.test/1", Refusal::ForeignUrl),
            (" java\nscript:alert(1)", Refusal::ScriptRefused),
            ("VBScript:x", Refusal::ScriptRefused),
            ("data:text/html,x", Refusal::DataUrlRefused),
            ("data:image/svg+xml,%3Csvg/%3E", Refusal::DataUrlRefused),
            ("data:image/png,\"", Refusal::DataUrlRefused),
            ("data:image/png;base64,", Refusal::DataUrlRefused),
            ("data:", Refusal::DataUrlRefused),
            (large.as_str(), Refusal::DataUrlRefused),
        ] {
            assert_eq!(check_url(bad).map_err(|(rule, _)| rule), Err(rule), "{bad}");
        }
    }

    #[test]
    fn a_data_url_may_have_exactly_the_limit() {
        let head = "data:image/png;base64,";
        let url = format!("{head}{}", "A".repeat(MAX_DATA_URL_BYTES - head.len()));
        assert_eq!(check_url(&url), Ok(()));
    }
}
