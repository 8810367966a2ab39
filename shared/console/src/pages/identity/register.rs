//! `/register` at the platform's host: a new tenant with its owner.

use super::views::{PlanCard, Register};
use crate::{
    answer,
    faults::{Faults, refusal, weak_password},
    form::Form,
    notice::Notice,
    origin,
    shell::Shell,
    words::Words,
};
use http::StatusCode;
use livery_domain::reason::Reason;
use livery_http::{Exchange, Problem, Response, route::Parts};
use livery_identity::register::{self, Registration};
use livery_limits::plans::{self, PlanView, Price};
use livery_platform::{Configured, Database, Entropy, Mailer};

livery_http::routes! {
    /// Registration.
    Route in Console tagged "Console";

    /// The form.
    ShowRegister = Get "/register", Platform, Console;
    /// Makes an organisation and its owner.
    Register = Post "/register", Platform, Console;
}

/// # Errors
/// Every problem of the pages above.
pub async fn answer<P: Database + Configured + Entropy + Mailer>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ShowRegister => {
            let plan = exchange.query("plan").unwrap_or_default();
            let none = Registration {
                tenant_key: String::new(),
                tenant_name: String::new(),
                email: String::new(),
                password: String::new(),
                name: String::new(),
                plan: Some(plan),
                locale: None,
            };
            show(exchange, StatusCode::OK, &none, Faults::default()).await
        }
        Route::Register => register(exchange).await,
    }
}

async fn register<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    origin::same(exchange)?;
    let form = Form::read(exchange)?;
    let words = crate::language::words(&exchange.client, &exchange.request);
    let input = Registration {
        tenant_key: form.trimmed("subdomain").to_lowercase(),
        tenant_name: form.trimmed("organisation").to_owned(),
        email: form.trimmed("email").to_owned(),
        password: form.text("password").to_owned(),
        name: form.trimmed("name").to_owned(),
        plan: Some(form.text("plan").to_owned()),
        locale: Some(words.0.as_str().to_owned()),
    };
    match register::register(exchange, &input).await {
        Ok(made) => {
            Ok(answer::see_other(&format!("{}/admin/sign-in?done={}", made.url, Notice::Welcome.as_str())))
        }
        Err(problem) => {
            let (status, faults) = faults_of(words, problem)?;
            show(exchange, status, &input, faults).await
        }
    }
}

fn faults_of(words: Words, problem: Problem) -> Result<(StatusCode, Faults), Problem> {
    let status = problem.kind().facts().0;
    if problem.shown_faults().is_empty() {
        return Ok((status, refusal(words, problem)?.0));
    }
    let mut faults = Faults::default();
    for fault in problem.shown_faults() {
        match fault.pointer.as_str() {
            "/tenant_name" => faults.add("organisation", words.organisation_missing()),
            "/tenant_key" => faults.add("subdomain", unusable_subdomain(words, fault.reason)),
            "/name" => faults.add("name", words.name_missing()),
            "/email" => faults.add("email", words.email_malformed()),
            "/password" => faults.add("password", weak_password(words, fault.reason)),
            "/plan" => faults.add("plan", words.plan_missing()),
            _ => faults.add("", fault.detail.clone()),
        }
    }
    Ok((status, faults))
}

fn unusable_subdomain(words: Words, reason: Reason) -> &'static str {
    match reason {
        Reason::NameTaken => words.subdomain_taken(),
        Reason::NameReserved => words.subdomain_reserved(),
        _ => words.subdomain_malformed(),
    }
}

async fn show<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    status: StatusCode,
    input: &Registration,
    faults: Faults,
) -> Result<Response, Problem> {
    let mut shell = Shell::public(&exchange.client, &exchange.request);
    let client = &exchange.client;
    let scheme = if client.secure { "https" } else { "http" };
    // A good form leads on to the new tenant's host, and a browser asks the policy for that too.
    shell.form_targets.push(format!("{scheme}://*.{}", client.authority));
    let words = shell.words;
    let offered = plans::offered(exchange).await?;
    let wanted = input.plan.as_deref().unwrap_or_default();
    let known = offered.iter().any(|plan| plan.key == wanted);
    let page = Register {
        shell,
        faults,
        platform: exchange.platform.settings().platform_host.to_string(),
        organisation: input.tenant_name.clone(),
        subdomain: input.tenant_key.clone(),
        name: input.name.clone(),
        email: input.email.clone(),
        plans: offered
            .into_iter()
            .enumerate()
            .map(|(place, plan)| {
                let chosen = if known { plan.key == wanted } else { place == 0 };
                card(words, plan, chosen)
            })
            .collect(),
    };
    answer::page(status, &page, &page.shell)
}

fn card(words: Words, plan: PlanView, chosen: bool) -> PlanCard {
    let mut limits = vec![
        plan.limits.seats.map_or_else(|| words.plan_seats_any().to_owned(), |seats| words.plan_seats(seats)),
        words.plan_messages(grouped(plan.limits.messages_monthly)),
    ];
    if plan.trial_days > 0 {
        limits.push(words.plan_trial(plan.trial_days));
    }
    let (price, monthly) = match plan.price {
        None => (words.plan_on_request().to_owned(), false),
        Some(Price { amount_minor: 0, .. }) => (words.plan_free().to_owned(), false),
        Some(price) => (money(&price), true),
    };
    PlanCard { key: plan.key, name: plan.name, price, monthly, limits, chosen }
}

/// An amount as people write it. The yen has no smaller unit; every other currency that we know has hundredths.
fn money(price: &Price) -> String {
    if price.currency == "JPY" {
        return format!("¥{}", grouped(price.amount_minor));
    }
    let (whole, rest) = (price.amount_minor / 100, price.amount_minor % 100);
    format!("{} {}.{rest:02}", price.currency, grouped(whole))
}

/// `1234567` as `1,234,567`.
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_people_write_them() {
        let price = |amount_minor, currency: &str| money(&Price { amount_minor, currency: currency.into() });
        assert_eq!(price(29_800, "JPY"), "¥29,800");
        assert_eq!(price(123_456, "EUR"), "EUR 1,234.56");
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1_000_000), "1,000,000");
    }
}
