//! `/admin/tenants`: the other tenants of the person, and the way there.
//!
//! A session is one host's. Going over takes a ticket, which the page posts to the other host: in no address, and once.

use super::{
    session,
    team::role_name,
    views::{Enter, TenantCard, Tenants},
};
use crate::{
    answer, cookies,
    faults::Faults,
    form::Form,
    frame::Section,
    inside::{self, Inside},
    language, origin,
};
use http::{Method, StatusCode};
use livery_api::{Exchange, Problem, ProblemKind, Response, auth::switch, me, page::Asked, scope};
use livery_platform::{Configured, Database, Entropy};
use livery_store::sessions::SessionKind;

/// Tenants on the page: whoever is in more looks for them at their own hosts.
const MOST: u32 = 100;

async fn show<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    inside: &Inside,
) -> Result<Response, Problem> {
    let words = inside.words;
    let asked = Asked { limit: MOST, cursor: None };
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

pub async fn open<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let inside = inside::enter(exchange).await?;
    if exchange.reads() {
        return show(exchange, &inside).await;
    }
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

/// `POST /admin/enter`: a ticket of another host's page. The ticket proves who made it, and the origin that a console sent it.
pub async fn enter<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    if exchange.request.method() != Method::POST {
        return Err(Problem::method_not_allowed("POST"));
    }
    let site = scope::site(exchange).await?;
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
