//! The answers that pages give, with the headers that all of them carry.

pub use crate::reply::{see_other, set, set_cookie};

use crate::shell::Shell;
use askama::Template;
use bytes::Bytes;
use http::{HeaderName, StatusCode, header};
use livery_http::{Problem, ProblemKind, Response};

/// A page. Nothing of it is kept by a cache, framed, or loaded from anywhere else than here.
///
/// # Errors
/// 500 where the template fails, which only a formatting value could make it do.
pub fn page(status: StatusCode, template: &impl Template, shell: &Shell) -> Result<Response, Problem> {
    let html = template.render().map_err(|fault| Problem::new(ProblemKind::Internal).cause(fault))?;
    let mut response = Response::new(Bytes::from(html));
    *response.status_mut() = status;
    set(&mut response, header::CONTENT_TYPE, "text/html; charset=utf-8");
    set(&mut response, header::CONTENT_LANGUAGE, shell.words.0.as_str());
    set(&mut response, header::CACHE_CONTROL, "no-store");
    set(&mut response, header::CONTENT_SECURITY_POLICY, &policy(&shell.form_targets));
    // Where a form goes to another host, that host has to be told from which it comes: without, `Origin` is `null`.
    let told = if shell.form_targets.is_empty() { "same-origin" } else { "strict-origin" };
    set(&mut response, header::REFERRER_POLICY, told);
    set(&mut response, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(&mut response, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(
        &mut response,
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    );
    Ok(response)
}

/// No inline script, no inline style, nobody's frame. A form may go here, and where `targets` say: browsers hold a
/// form's redirects to it too.
fn policy(targets: &[String]) -> String {
    let mut forms = String::from("'self'");
    for target in targets {
        forms.push(' ');
        forms.push_str(target);
    }
    format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action {forms}; base-uri 'none'; frame-ancestors 'none'"
    )
}
