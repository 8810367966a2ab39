//! Pages for the people of a tenant, rendered here: `/admin/*` at the tenant's host, `/register` and `/sign-in` at the
//! platform's, `/outbox` in development.
//!
//! *In scope*: what a page shows, its words in each language, forms, the console's cookies, the door against forged forms.
//! *Out of scope*: rules and SQL; a page calls the operation in `api` that the JSON route calls.

#![allow(async_fn_in_trait)]

mod answer;
mod assets;
mod cookies;
mod done;
mod faults;
mod form;
mod frame;
mod inside;
mod language;
mod names;
mod origin;
mod pages;
mod shell;
mod when;
mod words;

pub use pages::fault::show_problem;

use livery_api::{Exchange, Problem, Response};
use livery_platform::{Configured, Database, Entropy, Mailer};

/// Largest form: a role's name, description and 40 permissions, percent-encoded, are 6 KB; a page's worth of Japanese
/// in a name, nine octets a character, is 1 KB.
pub const MAX_BODY_BYTES: usize = 16 * 1024;

/// # Errors
/// Every problem of the pages below; [`show_problem`] makes a page of it.
pub async fn route<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let at_platform = exchange.host()? == exchange.platform.settings().platform_host;
    match exchange.segments().as_slice() {
        ["admin", "assets", name] => assets::serve(exchange, name),
        ["admin", "language"] => pages::language::choose(exchange),
        ["admin" | "register" | "sign-in", ""] => Err(Problem::not_found()),
        ["admin", ..] if at_platform => Err(Problem::not_found()),
        ["admin"] => pages::session::home(exchange).await,
        ["admin", "forgot"] => pages::password::forgot(exchange).await,
        ["admin", "reset"] => pages::password::reset(exchange).await,
        ["admin", "enter"] => pages::tenants::enter(exchange).await,
        ["admin", "sign-in"] => pages::session::sign_in(exchange).await,
        ["admin", "sign-out"] => pages::session::sign_out(exchange).await,
        ["admin", "invitation"] => pages::invitation::open(exchange).await,
        ["admin", "invitation", "accept"] => pages::invitation::accept(exchange).await,
        ["admin", "audit", rest @ ..] => pages::audit::route(exchange, rest).await,
        ["admin", "team", "roles", rest @ ..] if !rest.is_empty() => pages::role::route(exchange, rest).await,
        ["admin", "team", "invitations", rest @ ..] => pages::invitations::route(exchange, rest).await,
        ["admin", "team", rest @ ..] => pages::team::route(exchange, rest).await,
        ["admin", "keys", rest @ ..] => pages::keys::route(exchange, rest).await,
        ["admin", "tenants"] => pages::tenants::open(exchange).await,
        ["admin", "profile", rest @ ..] => pages::profile::route(exchange, rest).await,
        [""] if at_platform => Ok(answer::see_other("/sign-in")),
        [""] => Ok(answer::see_other("/admin")),
        ["outbox"] if at_platform => pages::outbox::open(exchange).await,
        ["register"] if at_platform => pages::register::open(exchange).await,
        ["sign-in"] if at_platform => pages::find::open(exchange).await,
        _ => Err(Problem::not_found()),
    }
}
