//! `/admin/invitation`: whoever holds a code looks at what it stands for, and comes in.
//!
//! The code comes in the link's fragment, which no server sees: the page's script puts it into the form, or the person
//! pastes it. It goes on as a form's field and never in an address.

use super::views::{Invitation, Offer};
use crate::{
    answer, cookies,
    faults::{Faults, refusal, weak_password},
    form::Form,
    language,
    names::role_name,
    origin,
    shell::Shell,
    words::Words,
};
use http::StatusCode;
use livery_access as access;
use livery_domain::reason::Reason;
use livery_http::{Exchange, Problem, ProblemKind, Response, route::Parts};
use livery_people::invitations::acceptance::{self, Accept};
use livery_platform::{Configured, Database, Entropy};
use livery_store::identity::sessions::SessionKind;

livery_http::routes! {
    /// An invitation, for who was invited.
    Route in Console tagged "Console";

    /// Asks for the code of a mail.
    ShowInvitation = Get "/admin/invitation", Tenant, Console;
    /// Shows what a code is for.
    LookUpInvitation = Post "/admin/invitation", Tenant, Console;
    /// Takes the holder of a code into the team.
    AcceptInvitation = Post "/admin/invitation/accept", Tenant, Console;
}

/// # Errors
/// Every problem of the pages above.
pub async fn answer<P: Database + Configured + Entropy>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ShowInvitation => {
            // There is no such page where no tenant lives.
            access::site(exchange).await?;
            show(exchange, StatusCode::OK, ("", ""), None, Faults::default())
        }
        Route::LookUpInvitation => {
            access::site(exchange).await?;
            origin::same(exchange)?;
            let form = Form::read(exchange)?;
            let code = form.trimmed("code");
            match offer(exchange, code).await {
                Ok(offer) => show(exchange, StatusCode::OK, (code, ""), Some(offer), Faults::default()),
                Err(problem) => bad_code(exchange, code, problem),
            }
        }
        Route::AcceptInvitation => accept(exchange).await,
    }
}

async fn accept<P: Database + Configured + Entropy>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    origin::same(exchange)?;
    let form = Form::read(exchange)?;
    let words = language::words(&exchange.client, &exchange.request);
    let (code, name) = (form.trimmed("code"), form.trimmed("name"));
    let offer = match offer(exchange, code).await {
        Ok(offer) => offer,
        Err(problem) => return bad_code(exchange, code, problem),
    };
    let input = Accept {
        token: code.to_owned(),
        name: (!offer.known).then(|| name.to_owned()),
        password: Some(form.text("password").to_owned()),
        locale: Some(words.0),
    };
    match acceptance::accept(exchange, &input, SessionKind::Console).await {
        Ok(accepted) => {
            let mut response = answer::see_other("/admin");
            let client = &exchange.client;
            answer::set_cookie(&mut response, &cookies::session(client, accepted.signed_in.secret.reveal()));
            answer::set_cookie(&mut response, &cookies::device(client, &accepted.signed_in.device_token));
            Ok(response)
        }
        Err(problem) => {
            let (status, faults) = faults_of(words, problem)?;
            show(exchange, status, (code, name), Some(offer), faults)
        }
    }
}

async fn offer<P: Database + Configured>(exchange: &Exchange<'_, P>, code: &str) -> Result<Offer, Problem> {
    let words = language::words(&exchange.client, &exchange.request);
    let face = acceptance::look_up(exchange, code).await?;
    Ok(Offer {
        role: role_name(words, face.role, face.custom_role.as_ref().map(|role| role.name.as_str())),
        tenant: face.tenant.name,
        email: face.email,
        known: face.has_account,
    })
}

fn bad_code<P>(exchange: &Exchange<'_, P>, code: &str, problem: Problem) -> Result<Response, Problem> {
    let words = language::words(&exchange.client, &exchange.request);
    let text = match (problem.kind(), problem.reason()) {
        (ProblemKind::NotFound, _) if code.is_empty() => words.code_missing(),
        (ProblemKind::NotFound, _) => words.code_invalid(),
        (ProblemKind::Gone, Some(Reason::InvitationAccepted)) => words.invitation_used(),
        (ProblemKind::Gone, Some(Reason::InvitationRevoked)) => words.invitation_revoked(),
        (ProblemKind::Gone, _) => words.invitation_expired(),
        _ => return Err(problem),
    };
    let status =
        if problem.kind() == ProblemKind::Gone { StatusCode::GONE } else { StatusCode::UNPROCESSABLE_ENTITY };
    show(exchange, status, (code, ""), None, Faults::one("code", text))
}

fn faults_of(words: Words, problem: Problem) -> Result<(StatusCode, Faults), Problem> {
    let status = problem.kind().facts().0;
    let faults = match problem.kind() {
        ProblemKind::InvalidContent => {
            let mut faults = Faults::default();
            for fault in problem.shown_faults() {
                match fault.pointer.as_str() {
                    "/name" => faults.add("name", words.name_missing()),
                    "/password" => faults.add("password", weak_password(words, fault.reason)),
                    _ => faults.add("", fault.detail.clone()),
                }
            }
            faults
        }
        ProblemKind::AlreadyExists => Faults::one("", words.invitation_used()),
        ProblemKind::SeatLimitReached => Faults::one("", words.team_full()),
        _ => refusal(words, problem)?.0,
    };
    Ok((status, faults))
}

fn show<P>(
    exchange: &Exchange<'_, P>,
    status: StatusCode,
    (code, name): (&str, &str),
    offer: Option<Offer>,
    faults: Faults,
) -> Result<Response, Problem> {
    let page = Invitation {
        shell: Shell::public(&exchange.client, &exchange.request),
        faults,
        code: code.to_owned(),
        name: name.to_owned(),
        offer,
    };
    answer::page(status, &page, &page.shell)
}
