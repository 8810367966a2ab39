//! `/admin/profile`: the person's name and language, password, sessions, history.

use super::views::{Profile, SessionRow, SignInRow};
use crate::{
    answer,
    console_session::{self, ConsoleSession},
    cookies,
    faults::{Faults, refusal, weak_password},
    frame::Section,
    names,
    notice::{self, Notice},
    when::When,
};
use http::StatusCode;
use livery_domain::locale::Locale;
use livery_http::{Exchange, Problem, ProblemKind, Response, page::PageRequest, route::Parts};
use livery_identity::{
    history,
    password::{self, PasswordChange},
    sessions,
};
use livery_people::me;
use livery_platform::{Configured, Database, Entropy, Mailer};

const PATH: &str = "/admin/profile";
/// Lines of the history that one looks through.
const HISTORY: u32 = 20;

livery_http::routes! {
    /// One's own profile.
    Route in Console tagged "Console";

    /// Name, language, password, sessions.
    ShowProfile = Get "/admin/profile", Tenant, Console;
    /// Changes name or language.
    SaveProfile = Post "/admin/profile", Tenant, Console;
    /// Sets another password.
    ChangePassword = Post "/admin/profile/password", Tenant, Console;
    /// Ends a session.
    EndSession = Post "/admin/profile/sessions/{id}/end", Tenant, Console;
    /// Ends every session.
    SignOutEverywhere = Post "/admin/profile/sign-out-everywhere", Tenant, Console;
}

/// # Errors
/// Every problem of the pages above.
pub async fn answer<P: Database + Configured + Entropy + Mailer>(
    route: Route,
    exchange: &Exchange<'_, P>,
    parts: &Parts<'_>,
) -> Result<Response, Problem> {
    let inside = console_session::enter(exchange).await?;
    match route {
        Route::ShowProfile => show(exchange, &inside, StatusCode::OK, None, Faults::default()).await,
        Route::SaveProfile => save(exchange, &inside).await,
        Route::ChangePassword => change_password(exchange, &inside).await,
        Route::EndSession => {
            inside.form(exchange)?;
            sessions::end(exchange, &inside.member.holder()?, parts.id()?).await?;
            Ok(notice::at(PATH, Notice::SessionEnded))
        }
        Route::SignOutEverywhere => {
            inside.form(exchange)?;
            let all = sessions::SignOutEverywhere { except_this: false };
            sessions::sign_out_everywhere(exchange, &inside.member.holder()?, &all).await?;
            let mut response = notice::at("/admin/sign-in", Notice::SignedOut);
            answer::set_cookie(&mut response, &cookies::none(&exchange.client, cookies::SESSION));
            Ok(response)
        }
    }
}

async fn save<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
) -> Result<Response, Problem> {
    let form = inside.form(exchange)?;
    let name = form.trimmed("name");
    let locale = Locale::parse(form.text("locale")).ok_or(ProblemKind::MalformedRequest)?;
    let change = me::MePatch { name: Some(name.to_owned()), locale: Some(Some(locale)) };
    match me::change(exchange, &inside.member, &change).await {
        Ok(_) => Ok(notice::at(PATH, Notice::Saved)),
        Err(problem) if problem.kind() == ProblemKind::InvalidContent => {
            let faults = Faults::one("name", inside.words.name_missing());
            show(exchange, inside, StatusCode::UNPROCESSABLE_ENTITY, Some(name), faults).await
        }
        Err(problem) => Err(problem),
    }
}

async fn change_password<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
) -> Result<Response, Problem> {
    let form = inside.form(exchange)?;
    let words = inside.words;
    let input = PasswordChange {
        current_password: form.text("current").to_owned(),
        new_password: form.text("password").to_owned(),
    };
    let problem = match password::change(exchange, &inside.member.holder()?, &input).await {
        Ok(set) => {
            let mut response = notice::at(PATH, Notice::PasswordChanged);
            answer::set_cookie(&mut response, &cookies::device(&exchange.client, &set.device_token));
            return Ok(response);
        }
        Err(problem) => problem,
    };
    let mut faults = Faults::default();
    match problem.kind() {
        ProblemKind::InvalidContent => {
            for fault in problem.shown_faults() {
                match fault.pointer.as_str() {
                    "/current_password" => faults.add("current", words.current_wrong()),
                    _ => faults.add("password", weak_password(words, fault.reason)),
                }
            }
        }
        ProblemKind::InvalidCredentials => faults.add("current", words.current_wrong()),
        _ => {
            let status = problem.kind().facts().0;
            let (faults, _) = refusal(words, problem)?;
            return show(exchange, inside, status, None, faults).await;
        }
    }
    show(exchange, inside, problem.kind().facts().0, None, faults).await
}

async fn show<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    status: StatusCode,
    name: Option<&str>,
    faults: Faults,
) -> Result<Response, Problem> {
    let words = inside.words;
    let holder = inside.member.holder()?;
    let live = sessions::all(exchange, &holder).await?;
    let asked = PageRequest { limit: HISTORY, cursor: None };
    let lines = history::page(exchange, &holder, &asked).await?.data;
    let address = |address: Option<String>| address.unwrap_or_else(|| "–".into());
    let page = Profile {
        shell: inside.shell(exchange),
        frame: inside.frame(Section::Profile),
        faults,
        name: name.unwrap_or(&inside.name).to_owned(),
        email: inside.email.clone(),
        sessions: live
            .into_iter()
            .map(|session| {
                let kind =
                    if session.kind == "console" { words.session_console() } else { words.session_api() };
                let tenant = session.tenant.map(|tenant| format!(" · {}", tenant.name)).unwrap_or_default();
                SessionRow {
                    device: names::device(words, session.user_agent.as_deref()),
                    kind: format!("{kind}{tenant}"),
                    address: address(session.address),
                    seen: When::read(words, &session.seen_at),
                    current: session.current,
                    id: session.id,
                }
            })
            .collect(),
        sign_ins: lines
            .into_iter()
            .map(|line| {
                let (outcome, badge) = match line.outcome.as_str() {
                    "signed_in" => (words.outcome_ok(), " badge--ok"),
                    "switched" => (words.outcome_switched(), " badge--ok"),
                    "password_changed" => (words.outcome_password_changed(), ""),
                    "password_reset" => (words.outcome_password_reset(), ""),
                    "refresh_reused" => (words.outcome_reused(), " badge--danger"),
                    _ => (words.outcome_wrong(), " badge--warn"),
                };
                SignInRow {
                    at: When::read(words, &line.at),
                    outcome,
                    badge,
                    device: names::device(words, line.user_agent.as_deref()),
                    address: address(line.address),
                }
            })
            .collect(),
    };
    answer::page(status, &page, &page.shell)
}
