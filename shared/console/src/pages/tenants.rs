//! `/admin/tenants`: the other tenants of the person, and the way there.
//!
//! A session is one host's. Going over takes a ticket, which the page posts to the other host: in no address, and once.

use super::{
    team::role_name,
    views::{TenantCard, Tenants},
};
use crate::{
    answer,
    frame::Section,
    inside::{self, Inside},
};
use http::StatusCode;
use livery_api::{Exchange, Problem, Response, me, page::Asked};
use livery_platform::{Configured, Database};

/// Tenants on the page: whoever is in more looks for them at their own hosts.
const MOST: u32 = 100;

pub async fn show<P: Database + Configured>(
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

pub async fn open<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let inside = inside::enter(exchange).await?;
    if !exchange.reads() {
        return Err(Problem::method_not_allowed("GET, HEAD"));
    }
    show(exchange, &inside).await
}
