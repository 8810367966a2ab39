//! Pages for the people of a tenant, rendered here: `/admin/*` at the tenant's host, `/register` and `/sign-in` at the
//! platform's, `/problems` at each, `/outbox` in development.
//!
//! *In scope*: what a page shows, its words in each language, forms, the console's cookies, the door against forged forms.
//! *Out of scope*: rules and SQL; a page calls the operation of an area that the JSON route calls.

#![allow(async_fn_in_trait)]

mod answer;
mod asset_names;
mod assets;
mod console_session;
mod cookies;
mod faults;
mod form;
mod frame;
mod language;
mod names;
mod notice;
mod origin;
mod pages;
mod problem_words;
mod reply;
mod shell;
mod when;
mod words;

pub use pages::fault::show_problem;
pub use problem_words::{ProblemText, problem_text, reason_text};

use livery_http::{Exchange, Problem, Response, dispatch, route::At};
use livery_platform::{Configured, Database, Entropy, Mailer};

/// Largest form: a role's name, description and 40 permissions, percent-encoded, are 6 KB; a page's worth of Japanese
/// in a name, nine octets a character, is 1 KB.
pub const MAX_BODY_BYTES: usize = 16 * 1024;

/// Names of the ports that [`route`] asks for.
pub const PORTS: &[&str] = &["Database", "Configured", "Entropy", "Mailer"];

/// # Errors
/// Every problem of the pages below; [`show_problem`] makes a page of it.
pub async fn route<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    dispatch!(
        exchange, is_here;
        assets, pages::language, pages::problems, pages::identity::session, pages::identity::password, pages::identity::tenants, pages::people::invitation, pages::operations::audit, pages::people::role,
        pages::people::invitations, pages::people::team, pages::identity::keys, pages::identity::profile, pages::operations::outbox, pages::identity::register, pages::identity::find
    )
}

/// Whether a page is of the host that was asked: the console is a tenant's, registration is the platform's.
///
/// # Errors
/// 404 at the other kind of host.
fn is_here<P: Configured>(exchange: &Exchange<'_, P>, at: At) -> Result<(), Problem> {
    let is_platform = exchange.host()? == exchange.platform.settings().platform_host;
    match at {
        At::Tenant if is_platform => Err(Problem::not_found()),
        At::Platform if !is_platform => Err(Problem::not_found()),
        _ => Ok(()),
    }
}
