//! `/admin/team/invitations`: who is asked in, and what became of it.

use super::{
    team::{choices, chosen_role, seats, team_fault},
    views::{Invitations, Invited},
};
use crate::{
    answer,
    console_session::{self, ConsoleSession},
    faults::Faults,
    frame::{Section, pager},
    names::role_name,
    notice::{self, Notice},
    when::When,
    words::Words,
};
use http::StatusCode;
use livery_domain::{people::permission::Permission, reason::Reason};
use livery_http::{Exchange, Problem, ProblemKind, Response, page::PageRequest, route::Parts};
use livery_people::invitations::{self, InvitationView, Invite, SentInvitation};
use livery_platform::{Configured, Database, Entropy, Mailer};

const PATH: &str = "/admin/team/invitations";
const USUAL_ROLE: &str = "member";

livery_http::routes! {
    /// Who is invited.
    Route in Console tagged "Console";

    /// Open invitations, and the form for another.
    ShowInvitations = Get "/admin/team/invitations", Tenant, Console;
    /// Invites by mail.
    Invite = Post "/admin/team/invitations", Tenant, Console;
    /// Sends an invitation again.
    ResendInvitation = Post "/admin/team/invitations/{id}/resend", Tenant, Console;
    /// Takes an invitation back.
    RevokeInvitation = Post "/admin/team/invitations/{id}/revoke", Tenant, Console;
}

/// # Errors
/// Every problem of the pages above.
pub async fn answer<P: Database + Configured + Entropy + Mailer>(
    route: Route,
    exchange: &Exchange<'_, P>,
    parts: &Parts<'_>,
) -> Result<Response, Problem> {
    let inside = console_session::enter(exchange).await?;
    let asked = ("", USUAL_ROLE);
    match route {
        Route::ShowInvitations => show(exchange, &inside, StatusCode::OK, asked, Faults::default()).await,
        Route::Invite => invite(exchange, &inside).await,
        Route::ResendInvitation => {
            inside.form(exchange)?;
            let sent = invitations::resend(exchange, &inside.member, parts.id()?).await;
            sent_or_said(exchange, &inside, sent, Notice::Resent, asked).await
        }
        Route::RevokeInvitation => {
            inside.form(exchange)?;
            match invitations::revoke(exchange, &inside.member, parts.id()?).await {
                Ok(()) => Ok(notice::at(PATH, Notice::Revoked)),
                Err(problem) => refused(exchange, &inside, problem, asked).await,
            }
        }
    }
}

async fn invite<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
) -> Result<Response, Problem> {
    let form = inside.form(exchange)?;
    let (email, role) = (form.trimmed("email"), form.text("role"));
    let choice = chosen_role(role)?;
    let new = Invite {
        email: email.to_owned(),
        role: choice.role,
        custom_role: choice.custom_role,
        locale: Some(inside.words.0),
    };
    let sent = invitations::invite(exchange, &inside.member, &new).await;
    sent_or_said(exchange, inside, sent, Notice::Invited, (email, role)).await
}

async fn sent_or_said<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    sent: Result<SentInvitation, Problem>,
    done: Notice,
    asked: (&str, &str),
) -> Result<Response, Problem> {
    match sent {
        Ok(SentInvitation { delivery: invitations::Delivery::Sent, .. }) => Ok(notice::at(PATH, done)),
        // It stands, and its mail does not: said where it can be sent again.
        Ok(_) => {
            let faults = Faults::one("", inside.words.mail_failed());
            show(exchange, inside, StatusCode::OK, ("", USUAL_ROLE), faults).await
        }
        Err(problem) => refused(exchange, inside, problem, asked).await,
    }
}

async fn refused<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    problem: Problem,
    asked: (&str, &str),
) -> Result<Response, Problem> {
    let (status, faults) = faults_of(inside.words, problem)?;
    show(exchange, inside, status, asked, faults).await
}

fn faults_of(words: Words, problem: Problem) -> Result<(StatusCode, Faults), Problem> {
    let status = problem.kind().facts().0;
    let faults = match problem.kind() {
        ProblemKind::InvalidContent => {
            match problem.shown_faults().first().map(|fault| fault.pointer.as_str()) {
                Some("/email") => Faults::one("email", words.email_malformed()),
                _ => Faults::one("role", words.fault_changed_text()),
            }
        }
        ProblemKind::AlreadyExists => {
            let is_member = problem.reason() == Some(Reason::AlreadyInTeam);
            Faults::one("email", if is_member { words.already_member() } else { words.already_invited() })
        }
        ProblemKind::SeatLimitReached => Faults::one("", words.seats_full()),
        ProblemKind::TooManyAttempts => Faults::one("", words.sent_a_moment_ago()),
        ProblemKind::Gone => Faults::one("", words.fault_changed_text()),
        ProblemKind::Conflict => Faults::one("", words.sent_too_often()),
        _ => {
            let (status, text) = team_fault(words, problem)?;
            return Ok((status, Faults::one("role", text)));
        }
    };
    Ok((status, faults))
}

async fn show<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    status: StatusCode,
    (email, role): (&str, &str),
    faults: Faults,
) -> Result<Response, Problem> {
    let asked = PageRequest::of(exchange)?;
    let found = invitations::list(exchange, &inside.member, None, &asked).await?;
    let may_invite = inside.may(Permission::MembersInvite);
    let page = Invitations {
        shell: inside.shell(exchange),
        frame: inside.frame(Section::Team),
        tab: "invitations",
        faults,
        seats: seats(exchange, inside).await?,
        email: email.to_owned(),
        choices: if may_invite { choices(exchange, inside, role).await? } else { vec![] },
        invitations: found.data.into_iter().map(|one| row(inside, one)).collect(),
        pager: pager(PATH, &[], &asked, found.next_cursor),
        may_invite,
    };
    answer::page(status, &page, &page.shell)
}

fn row(inside: &ConsoleSession, one: InvitationView) -> Invited {
    let words = inside.words;
    let (state, badge, open) = match one.status {
        "pending" => (words.invitation_pending(), " badge--warn", true),
        "expired" => (words.invitation_has_expired(), "", true),
        "accepted" => (words.invitation_accepted(), " badge--ok", false),
        _ => (words.invitation_was_revoked(), " badge--danger", false),
    };
    Invited {
        role: role_name(words, one.role, one.custom_role.as_ref().map(|role| role.name.as_str())),
        state,
        badge,
        open,
        sent: When::read(words, &one.sent_at),
        id: one.id.to_string(),
        email: one.email,
    }
}
