//! `/sign-in` at the platform's host: asks for the tenant, and redirects to its host.

use crate::{answer, faults::Faults, form::Form, origin, shell::Shell};
use askama::Template;
use http::StatusCode;
use livery_domain::tenancy::tenant::TenantKey;
use livery_http::{Exchange, Problem, Response, route::Parts};
use livery_platform::{Configured, Database};

#[derive(Template)]
#[template(path = "identity/find.html")]
struct Find {
    shell: Shell,
    faults: Faults,
    subdomain: String,
    /// The platform's host, as it stands behind the subdomain.
    platform: String,
}

livery_http::routes! {
    /// Where one signs in, for those who do not know.
    Route in Console tagged "Console";

    /// Asks for the name of the organisation.
    ShowFind = Get "/sign-in", Platform, Console;
    /// Leads to the sign-in page of the organisation named.
    Find = Post "/sign-in", Platform, Console;
}

/// # Errors
/// Every problem of the pages above.
pub async fn answer<P: Database + Configured>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ShowFind => show(exchange, StatusCode::OK, "", Faults::default()),
        Route::Find => go(exchange),
    }
}

fn show<P: Configured>(
    exchange: &Exchange<'_, P>,
    status: StatusCode,
    subdomain: &str,
    faults: Faults,
) -> Result<Response, Problem> {
    let mut shell = Shell::public(&exchange.client, &exchange.request);
    let client = &exchange.client;
    let scheme = if client.secure { "https" } else { "http" };
    // The form leads on to a tenant's host, and a browser asks the policy for that too.
    shell.form_targets.push(format!("{scheme}://*.{}", client.authority));
    let page = Find {
        faults,
        subdomain: subdomain.to_owned(),
        platform: exchange.platform.settings().platform_host.to_string(),
        shell,
    };
    answer::page(status, &page, &page.shell)
}

/// Says nothing about which tenants there are: a name that could be one leads to where it would live.
fn go<P: Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    origin::same(exchange)?;
    let form = Form::read(exchange)?;
    let client = &exchange.client;
    // If a person pastes the whole host, its first label is meant.
    let typed = form.trimmed("subdomain").to_lowercase();
    let suffix = format!(".{}", exchange.platform.settings().platform_host);
    match typed.strip_suffix(suffix.as_str()).unwrap_or(&typed).parse::<TenantKey>() {
        Ok(key) => {
            let scheme = if client.secure { "https" } else { "http" };
            Ok(answer::see_other(&format!("{scheme}://{key}.{}/admin/sign-in", client.authority)))
        }
        Err(_) => {
            let words = crate::language::words(client, &exchange.request);
            let faults = Faults::one("subdomain", words.subdomain_malformed());
            show(exchange, StatusCode::UNPROCESSABLE_ENTITY, form.trimmed("subdomain"), faults)
        }
    }
}
