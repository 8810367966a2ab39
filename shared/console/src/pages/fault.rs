//! What a person sees where a page can't be shown: words for a reader, and the id by which the log knows the request.

use crate::{answer, language, shell::Shell};
use askama::Template;
use http::Method;
use livery_http::{Client, Problem, ProblemKind, Request, Response};

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage<'a> {
    shell: Shell,
    status: u16,
    title: &'a str,
    text: &'a str,
    next: &'a str,
    next_text: &'a str,
    request_id: &'a str,
}

/// A problem as a page: for `Service::shown_by`.
#[must_use]
pub fn show_problem(client: &Client, request: &Request, problem: Problem, request_id: &str) -> Response {
    let words = language::words(client, request);
    let kind = problem.kind();
    if kind == ProblemKind::Unauthenticated && matches!(*request.method(), Method::GET | Method::HEAD) {
        let target = request.uri().path_and_query().map_or("/admin", |target| target.as_str());
        let to: String = form_urlencoded::byte_serialize(target.as_bytes()).collect();
        return answer::see_other(&format!("/admin/sign-in?to={to}"));
    }
    let status = kind.facts().0;
    let (title, text) = match kind {
        ProblemKind::NotFound => (words.fault_not_found(), words.fault_not_found_text()),
        ProblemKind::ForgedForm => (words.fault_forged(), words.fault_forged_text()),
        ProblemKind::TenantSuspended => (words.suspended_title(), words.suspended_text()),
        ProblemKind::TenantMaintenance => (words.maintenance_title(), words.maintenance_text()),
        ProblemKind::TenantDeactivated => (words.deactivated_title(), words.deactivated_text()),
        ProblemKind::Forbidden => (words.fault_forbidden(), words.fault_forbidden_text()),
        _ => match status.as_u16() {
            401 => (words.fault_signed_out(), words.fault_signed_out_text()),
            403 => (words.fault_forbidden(), words.fault_forbidden_text()),
            409 | 412 => (words.fault_changed(), words.fault_changed_text()),
            413 => (words.fault_too_large(), words.fault_too_large_text()),
            429 => (words.fault_too_many(), words.fault_too_many_text()),
            503 => (words.fault_unavailable(), words.fault_unavailable_text()),
            400..500 => (words.fault_not_understood(), words.fault_not_understood_text()),
            _ => (words.fault_internal(), words.fault_internal_text()),
        },
    };
    let (next, next_text) = if status.as_u16() == 503 {
        (request.uri().path(), words.try_again())
    } else if request.uri().path().starts_with("/admin") && status.as_u16() != 404 {
        ("/admin", words.back_to_console())
    } else {
        ("/", words.back_to_start())
    };
    let shell = Shell::public(client, request);
    let page = FaultPage { shell, status: status.as_u16(), title, text, next, next_text, request_id };
    let mut response = answer::page(status, &page, &page.shell).unwrap_or_default();
    *response.status_mut() = status;
    for (name, value) in problem.headers() {
        response.headers_mut().insert(name, value.clone());
    }
    response
}
