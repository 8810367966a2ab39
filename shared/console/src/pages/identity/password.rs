//! A forgotten password and another one: `/admin/forgot`, `/admin/reset`.

use super::views::{Forgot, Reset};
use crate::{
    answer, cookies,
    faults::{Faults, weak_password},
    form::Form,
    language,
    notice::{self, Notice},
    origin,
    shell::Shell,
};
use http::StatusCode;
use livery_access::{self as access, SignInHost};
use livery_domain::reason::Reason;
use livery_http::{Exchange, Problem, ProblemKind, Response, route::Parts};
use livery_identity::reset::{self, Forgotten, NewPassword};
use livery_platform::{Configured, Database, Entropy, Mailer};

async fn sign_in_host<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<SignInHost, Problem> {
    access::site(exchange).await.map(SignInHost::Tenant)
}

livery_http::routes! {
    /// A forgotten password.
    Route in Console tagged "Console";

    /// Asks for the address.
    ShowForgot = Get "/admin/forgot", Tenant, Console;
    /// Sends a link by mail.
    AskForLink = Post "/admin/forgot", Tenant, Console;
    /// Asks for another password.
    ShowReset = Get "/admin/reset", Tenant, Console;
    /// Sets another password.
    ResetPassword = Post "/admin/reset", Tenant, Console;
}

/// # Errors
/// Every problem of the pages above.
pub async fn answer<P: Database + Configured + Entropy + Mailer>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ShowForgot => {
            sign_in_host(exchange).await?;
            show_forgot(exchange, StatusCode::OK, "", false, Faults::default())
        }
        Route::AskForLink => ask_for_link(exchange).await,
        Route::ShowReset => {
            sign_in_host(exchange).await?;
            show_reset(exchange, StatusCode::OK, "", Faults::default())
        }
        Route::ResetPassword => reset_password(exchange).await,
    }
}

async fn ask_for_link<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let host = sign_in_host(exchange).await?;

    origin::same(exchange)?;
    let form = Form::read(exchange)?;
    let email = form.trimmed("email");
    match reset::ask(exchange, &host, &Forgotten { email: email.to_owned() }).await {
        Ok(()) => show_forgot(exchange, StatusCode::OK, email, true, Faults::default()),
        Err(problem) if problem.kind() == ProblemKind::InvalidContent => {
            let words = language::words(&exchange.client, &exchange.request);
            let faults = Faults::one("email", words.email_malformed());
            show_forgot(exchange, StatusCode::UNPROCESSABLE_ENTITY, email, false, faults)
        }
        Err(problem) => Err(problem),
    }
}

async fn reset_password<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let host = sign_in_host(exchange).await?;

    origin::same(exchange)?;
    let form = Form::read(exchange)?;
    let code = form.trimmed("code");
    let input = NewPassword { token: code.to_owned(), new_password: form.text("password").to_owned() };
    let problem = match reset::reset(exchange, &host, &input).await {
        Ok(set) => {
            let mut response = notice::at("/admin/sign-in", Notice::PasswordReset);
            let client = &exchange.client;
            answer::set_cookie(&mut response, &cookies::device(client, &set.device_token));
            // Every session was ended, and the one of this browser with them.
            answer::set_cookie(&mut response, &cookies::none(client, cookies::SESSION));
            return Ok(response);
        }
        Err(problem) => problem,
    };
    let words = language::words(&exchange.client, &exchange.request);
    let faults = match problem.kind() {
        ProblemKind::NotFound if code.is_empty() => Faults::one("code", words.code_missing()),
        ProblemKind::NotFound | ProblemKind::Gone => Faults::one("code", words.code_invalid()),
        ProblemKind::InvalidContent => {
            let reason = problem.shown_faults().first().map_or(Reason::Empty, |fault| fault.reason);
            Faults::one("password", weak_password(words, reason))
        }
        _ => return Err(problem),
    };
    let status = match problem.kind() {
        ProblemKind::Gone => StatusCode::GONE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    show_reset(exchange, status, code, faults)
}

fn show_forgot<P>(
    exchange: &Exchange<'_, P>,
    status: StatusCode,
    email: &str,
    sent: bool,
    faults: Faults,
) -> Result<Response, Problem> {
    let shell = Shell::public(&exchange.client, &exchange.request);
    let page = Forgot { shell, faults, email: email.to_owned(), sent };
    answer::page(status, &page, &page.shell)
}

fn show_reset<P>(
    exchange: &Exchange<'_, P>,
    status: StatusCode,
    code: &str,
    faults: Faults,
) -> Result<Response, Problem> {
    let shell = Shell::public(&exchange.client, &exchange.request);
    let page = Reset { shell, faults, code: code.to_owned() };
    answer::page(status, &page, &page.shell)
}
