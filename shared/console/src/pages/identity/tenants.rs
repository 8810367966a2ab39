//! `/admin/tenants`: the other tenants of the person, and the way there.
//!
//! A session is one host's. Going over takes a ticket, which the page posts to the other host: in no address, and once.

use super::{
    session,
    views::{Enter, TenantCard, Tenants},
};
use crate::{
    answer,
    console_session::{self, ConsoleSession},
    cookies,
    faults::Faults,
    form::Form,
    frame::Section,
    language,
    names::role_name,
    origin,
};
use http::StatusCode;
use livery_access as access;
use livery_http::{Exchange, Problem, ProblemKind, Response, page::PageRequest, route::Parts};
use livery_identity::switch;
use livery_people::me;
use livery_platform::{Configured, Database, Entropy};
use livery_store::identity::sessions::SessionKind;

/// Tenants on the page: a member of more tenants finds the others at their own hosts.
const MOST: u32 = 100;

async fn show<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
) -> Result<Response, Problem> {
    let words = inside.words;
    let asked = PageRequest { limit: MOST, cursor: None };
    let found = me::tenants(exchange, &inside.member, &asked).await?;
    let page = Tenants {
        shell: inside.shell(exchange),
        frame: inside.frame(Section::Tenants),
        tenants: found
            .data
            .into_iter()
            .map(|own| TenantCard {
                id: own.id.to_string(),
                role: role_name(words, own.role, own.custom_role.as_ref().map(|role| role.name.as_str())),
                name: own.name,
                host: own.host,
                current: own.current,
            })
            .collect(),
    };
    answer::page(StatusCode::OK, &page, &page.shell)
}

livery_http::routes! {
    /// The organisations that one is in.
    Route in Console tagged "Console";

    /// All of them.
    ShowTenants = Get "/admin/tenants", Tenant, Console;
    /// Makes a ticket for another one.
    ChooseTenant = Post "/admin/tenants", Tenant, Console;
    /// Begins a session with a ticket.
    EnterTenant = Post "/admin/enter", Tenant, Console;
}

/// # Errors
/// Every problem of the pages above.
pub async fn answer<P: Database + Configured + Entropy>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ShowTenants => show(exchange, &console_session::enter(exchange).await?).await,
        Route::ChooseTenant => choose(exchange).await,
        Route::EnterTenant => enter(exchange).await,
    }
}

async fn choose<P: Database + Configured + Entropy>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let inside = console_session::enter(exchange).await?;
    let form = inside.form(exchange)?;
    let wanted = form.text("tenant").parse().map_err(|_| Problem::not_found())?;
    let holder = inside.member.holder()?;
    let ticket = switch::ticket(exchange, holder.user, Some(holder.session), wanted).await?;
    let mut shell = inside.shell(exchange);
    shell.form_targets.push(ticket.url.clone());
    let page = Enter {
        shell,
        host: ticket.url.split("://").nth(1).unwrap_or_default().to_owned(),
        action: format!("{}/admin/enter", ticket.url),
        tenant: ticket.tenant.name,
        ticket: ticket.ticket,
    };
    answer::page(StatusCode::OK, &page, &page.shell)
}

async fn enter<P: Database + Configured + Entropy>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let site = access::site(exchange).await?;
    origin::of_a_console(exchange).await?;
    let form = Form::read(exchange)?;
    match switch::enter_with_ticket(exchange, &site, form.text("ticket"), SessionKind::Console).await {
        Ok((signed_in, _)) => {
            let mut response = answer::see_other("/admin");
            answer::set_cookie(&mut response, &cookies::session(&exchange.client, signed_in.secret.reveal()));
            Ok(response)
        }
        Err(problem) if problem.kind() == ProblemKind::Unauthenticated => {
            let words = language::words(&exchange.client, &exchange.request);
            session::show(
                exchange,
                &site,
                StatusCode::UNAUTHORIZED,
                ("", ""),
                Faults::one("", words.ticket_invalid()),
            )
        }
        Err(problem) => Err(problem),
    }
}
