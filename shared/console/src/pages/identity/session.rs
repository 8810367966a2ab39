//! In and out: `/admin/sign-in`, `/admin/sign-out`, and `/admin` itself.

use super::views::SignIn;
use crate::{
    answer, console_session, cookies,
    faults::{Faults, refusal},
    form::Form,
    notice::{self, Notice},
    origin,
    pages::language::own_path,
    shell::Shell,
};
use http::StatusCode;
use livery_access::{self as access, Site};
use livery_domain::people::permission::Permission;
use livery_http::{Exchange, Problem, Response, route::Parts};
use livery_identity::{sessions, sign_in};
use livery_platform::{Configured, Database, Entropy};
use livery_store::identity::sessions::SessionKind;

livery_http::routes! {
    /// Signing in and out, and where one lands.
    Route in Console tagged "Console";

    /// The first page that the member may see.
    ShowHome = Get "/admin", Tenant, Console;
    /// The form.
    ShowSignIn = Get "/admin/sign-in", Tenant, Console;
    /// Begins a session.
    SignIn = Post "/admin/sign-in", Tenant, Console;
    /// Ends the session.
    SignOut = Post "/admin/sign-out", Tenant, Console;
    /// Leads to the console, or at the platform to where one finds it.
    ShowRoot = Get "/", Any, Console;
}

/// # Errors
/// Every problem of the pages above.
pub async fn answer<P: Database + Configured + Entropy>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ShowHome => home(exchange).await,
        Route::ShowSignIn => {
            let site = access::site(exchange).await?;
            let to = exchange.query("to").unwrap_or_default();
            show(exchange, &site, StatusCode::OK, ("", &to), Faults::default())
        }
        Route::SignIn => {
            let form = origin::same(exchange).and_then(|()| Form::read(exchange));
            let address = form.as_ref().map_or("", |form| form.trimmed("email"));
            let (site, candidate) =
                access::site_reading(exchange, |which| sign_in::candidate(which, address)).await?;
            enter(exchange, &site, candidate, &form?).await
        }
        Route::SignOut => sign_out(exchange).await,
        Route::ShowRoot => {
            let is_platform = exchange.host()? == exchange.platform.settings().platform_host;
            Ok(answer::see_other(if is_platform { "/sign-in" } else { "/admin" }))
        }
    }
}

async fn home<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let inside = console_session::enter(exchange).await?;
    let team = inside.may(Permission::MembersRead);
    Ok(answer::see_other(if team { "/admin/team" } else { "/admin/profile" }))
}

pub fn show<P>(
    exchange: &Exchange<'_, P>,
    site: &Site,
    status: StatusCode,
    (email, to): (&str, &str),
    faults: Faults,
) -> Result<Response, Problem> {
    let page = SignIn {
        shell: Shell::public(&exchange.client, &exchange.request),
        faults,
        tenant: site.tenant.name.clone(),
        email: email.to_owned(),
        to: own_path(to).to_owned(),
    };
    answer::page(status, &page, &page.shell)
}

async fn enter<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
    site: &Site,
    candidate: sign_in::Candidate,
    form: &Form,
) -> Result<Response, Problem> {
    let headers = exchange.request.headers();
    let input = sign_in::SignIn {
        email: form.trimmed("email").to_owned(),
        password: form.text("password").to_owned(),
        device_token: cookies::read(headers, &exchange.client, cookies::DEVICE),
    };
    let to = own_path(form.text("to"));
    match sign_in::enter(exchange, site, candidate, &input, SessionKind::Console).await {
        Ok((signed_in, _)) => {
            let to = if to.starts_with("/admin/sign-in") || to == "/" { "/admin" } else { to };
            let mut response = answer::see_other(to);
            answer::set_cookie(&mut response, &cookies::session(&exchange.client, signed_in.secret.reveal()));
            answer::set_cookie(&mut response, &cookies::device(&exchange.client, &signed_in.device_token));
            Ok(response)
        }
        Err(problem) => {
            let words = crate::language::words(&exchange.client, &exchange.request);
            let (faults, problem) = refusal(words, problem)?;
            let mut response = show(exchange, site, problem.kind().facts().0, (&input.email, to), faults)?;
            for (name, value) in problem.headers() {
                response.headers_mut().insert(name, value.clone());
            }
            Ok(response)
        }
    }
}

async fn sign_out<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let inside = console_session::enter(exchange).await?;
    inside.form(exchange)?;
    sessions::sign_out(exchange, &inside.member.holder()?).await?;
    let mut response = notice::at("/admin/sign-in", Notice::SignedOut);
    answer::set_cookie(&mut response, &cookies::none(&exchange.client, cookies::SESSION));
    Ok(response)
}
