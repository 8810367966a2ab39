//! Invitations into the team: `/v1/invitations`.

pub mod acceptance;
mod delivery;

pub use delivery::Delivery;

use crate::members::{CustomRoleView, RoleChoice, audited};
use http::{HeaderValue, StatusCode, header};
use livery_access::{
    self as access, Member,
    change::{self, Decision, Planned},
};
use livery_domain::{
    clock::UnixMillis,
    id::{InvitationId, RoleId, UserId},
    identity::{
        credential::{Credential, CredentialKind},
        email::Email,
    },
    locale::Locale,
    operations::action::Action,
    people::{
        permission::Permission,
        role::Role,
        team::{
            INVITATION_PAUSE_SECS, INVITATION_SECS, InvitationStatus, MAX_INVITATION_SENDS,
            MAX_PENDING_INVITATIONS, Seats,
        },
    },
    reason::Reason,
};
use livery_http::{
    Exchange, Problem, ProblemKind, Response, body, headers,
    page::{Page, PageRequest},
    problem::FieldFault,
    route::Parts,
};
use livery_platform::{Configured, Database, Entropy, Mailer, fresh_bytes};
use livery_store::people::{
    invitations::{self, InvitationRecord, NewInvitation},
    members,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

livery_http::routes! {
    /// Invitations into the team.
    Route in Admin tagged "Team";

    /// Invitations, newest first
    ListInvitations = Get "/v1/invitations", Tenant, Member(Some(Permission::MembersRead));
    /// Invite somebody
    ///
    /// Holds a seat until it is accepted, revoked or expired. The code is in the mail and nowhere else; it is good
    /// once.
    CreateInvitation = Post "/v1/invitations", Tenant, Member(Some(Permission::MembersInvite));
    /// One invitation
    GetInvitation = Get "/v1/invitations/{invitation_id}", Tenant, Member(Some(Permission::MembersRead));
    /// Take an invitation back
    RevokeInvitation = Delete "/v1/invitations/{invitation_id}", Tenant, Member(Some(Permission::MembersInvite));
    /// Send an invitation again
    ///
    /// With a new code; the old one is dead. At most five times, a minute apart.
    ResendInvitation = Post "/v1/invitations/{invitation_id}/resend", Tenant, Member(Some(Permission::MembersInvite));
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured + Entropy + Mailer>(
    route: Route,
    exchange: &Exchange<'_, P>,
    parts: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ListInvitations => {
            let member = access::member(exchange).await?;
            let asked = PageRequest::of(exchange)?;
            let status = wanted_status(exchange)?;
            let page = list(exchange, &member, status, &asked).await?;
            Ok(page.shown(exchange, &asked, &["status"]))
        }
        Route::CreateInvitation => {
            let member = access::member(exchange).await?;
            let made = invite(exchange, &member, &body::json(exchange)?).await?;
            Ok(headers::json(StatusCode::CREATED, &made))
        }
        Route::GetInvitation => {
            let member = access::member(exchange).await?;
            Ok(headers::json(StatusCode::OK, &show(exchange, &member, parts.id()?).await?))
        }
        Route::RevokeInvitation => {
            let member = access::member(exchange).await?;
            revoke(exchange, &member, parts.id()?).await?;
            Ok(headers::no_content())
        }
        Route::ResendInvitation => {
            let member = access::member(exchange).await?;
            Ok(headers::json(StatusCode::OK, &resend(exchange, &member, parts.id()?).await?))
        }
    }
}

fn wanted_status<P>(exchange: &Exchange<'_, P>) -> Result<Option<InvitationStatus>, Problem> {
    let Some(text) = exchange.query("status") else { return Ok(None) };
    InvitationStatus::parse(&text).map(Some).ok_or_else(|| {
        Problem::new(ProblemKind::MalformedRequest)
            .because(Reason::NotOneOf)
            .detail("`status` is one of `pending`, `expired`, `accepted`, `revoked`.")
    })
}

/// An invitation as the team sees it. Its code is in the mail and nowhere else.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InvitationView {
    /// `inv_…`
    pub id: InvitationId,
    /// Who is invited.
    pub email: String,
    /// A built-in role; where there is a custom one, that counts and not this.
    pub role: Role,
    /// A role that the tenant made for itself; null where the built-in one counts.
    pub custom_role: Option<CustomRoleView>,
    /// `pending`, `expired`, `accepted` or `revoked`.
    pub status: &'static str,
    /// Who invited; null where a program did.
    pub invited_by: Option<InviterView>,
    /// How often it was sent, 5 times at most.
    pub sent_count: i64,
    /// When it was sent last, RFC 3339, UTC.
    pub sent_at: String,
    /// Until when it can be accepted, RFC 3339, UTC.
    pub expires_at: String,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// When it was accepted or revoked, RFC 3339, UTC.
    pub ended_at: Option<String>,
}

/// Who invited somebody.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InviterView {
    /// `usr_…`
    pub user_id: UserId,
    /// Null once it has left the team.
    pub name: Option<String>,
}

/// An invitation that was just sent.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SentInvitation {
    #[serde(flatten)]
    pub invitation: InvitationView,
    /// `sent`: a mail provider has taken the mail. `failed`: it has not, and the invitation stands: send it again.
    pub delivery: Delivery,
}

impl InvitationView {
    fn new(record: InvitationRecord, now: UnixMillis) -> Self {
        let status = record.status.at(now, record.expires_at);
        Self {
            id: record.id,
            email: record.email.as_str().to_owned(),
            role: record.role.role,
            custom_role: CustomRoleView::of(&record.role, record.role_name),
            status: status.as_str(),
            invited_by: record.invited_by.map(|user_id| InviterView { user_id, name: record.inviter }),
            sent_count: record.sent_count,
            sent_at: record.sent_at.rfc3339(),
            expires_at: record.expires_at.rfc3339(),
            created_at: record.created_at.rfc3339(),
            ended_at: record.ended_at.map(UnixMillis::rfc3339),
        }
    }
}

/// Whom to invite, as what.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Invite {
    pub email: String,
    /// `owner`, `admin`, `manager`, `member` or `viewer`.
    pub role: Option<Role>,
    /// In place of `role`: `rol_…` of a role that the tenant made for itself.
    pub custom_role: Option<RoleId>,
    /// The language of the mail, `en` or `ja`, for somebody who has no account; without it, the inviter's.
    pub locale: Option<Locale>,
}

/// Newest first.
///
/// # Errors
/// 403 without `members.read`; 400 for a cursor that is not ours.
pub async fn list<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    status: Option<InvitationStatus>,
    asked: &PageRequest,
) -> Result<Page<InvitationView>, Problem> {
    member.require(Permission::MembersRead)?;
    let before = asked.after(|cursor| cursor.parse().ok())?;
    let found =
        invitations::page(exchange.platform, &member.scope, status, exchange.now, before, asked.wanted());
    let page = Page::of(asked, found.await?, |last| last.id.to_string());
    Ok(page.map(|record| InvitationView::new(record, exchange.now)))
}

/// # Errors
/// 403 without `members.read`; 404.
pub async fn show<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    id: InvitationId,
) -> Result<InvitationView, Problem> {
    member.require(Permission::MembersRead)?;
    let found = invitations::find(exchange.platform, &member.scope, id).await?;
    Ok(InvitationView::new(found.ok_or_else(Problem::not_found)?, exchange.now))
}

/// Invites somebody by mail. The place in the team is taken from now on until the invitation ends; the mail is sent after
/// that, and the answer says whether it was.
///
/// # Errors
/// 403 without `members.invite` or by the rules of `team`; 409 `already_exists` for a member, or who is invited already;
/// 409 `seat_limit_reached`; 422.
pub async fn invite<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    input: &Invite,
) -> Result<SentInvitation, Problem> {
    member.require(Permission::MembersInvite)?;
    let email = Email::parse(&input.email).map_err(|fault| {
        let faults = vec![FieldFault::new("/email", fault.reason(), fault.to_string())];
        Problem::new(ProblemKind::InvalidContent).faults(faults)
    })?;
    let choice = RoleChoice { role: input.role, custom_role: input.custom_role };
    let (id, code) = (InvitationId::new(exchange.now, fresh_bytes(exchange.platform)), fresh_code(exchange));
    let now = exchange.now;
    let record = change::write(exchange, &member.scope, member.actor, async || {
        let changer = member.changer(exchange, Permission::MembersInvite).await?;
        let (role, role_name) = choice.resolve(exchange, member).await?;
        changer.may_hand_out(&role)?;
        if members::find_by_email(exchange.platform, &member.scope, &email).await?.is_some() {
            return Err(Problem::new(ProblemKind::AlreadyExists)
                .because(Reason::AlreadyInTeam)
                .detail("They are in the team already."));
        }
        let mut statements = vec![];
        let earlier = invitations::pending_for(exchange.platform, &member.scope, &email).await?;
        if let Some(earlier) = earlier {
            if earlier.status.at(now, earlier.expires_at) == InvitationStatus::Pending {
                return Err(already_invited(earlier.id, changer.permissions.has(Permission::MembersRead)));
            }
            statements.push(invitations::revoked(&member.scope, earlier.id, now));
        }
        take_place(&members::seats(exchange.platform, &member.scope, now).await?)?;
        let new = NewInvitation {
            id,
            email: &email,
            role: &role,
            code: &code,
            invited_by: member.actor.user(),
            now,
            expires_at: now.plus_secs(INVITATION_SECS),
        };
        statements.push(invitations::added(&member.scope, &new));
        Ok(Decision::Change(Planned {
            action: Action::InvitationCreated,
            target: id.to_string(),
            before: None,
            after: Some(audited(&role)),
            statements,
            output: InvitationRecord {
                id,
                email: email.clone(),
                role,
                role_name,
                status: InvitationStatus::Pending,
                invited_by: new.invited_by,
                inviter: None,
                sent_count: 1,
                sent_at: now,
                expires_at: new.expires_at,
                created_at: now,
                ended_at: None,
            },
        }))
    })
    .await?;
    delivery::send(exchange, member, record, &code, input.locale).await
}

/// Sends an invitation again, with another code: the one before is dead, and the seven days begin anew.
///
/// # Errors
/// 403 as [`invite`]; 404; 410 `gone` for one that was accepted or revoked; 409 `conflict` after the fifth mail;
/// 429 `too_many_attempts` within a minute of the last; 409 `seat_limit_reached` where it had expired and others came.
pub async fn resend<P: Database + Configured + Entropy + Mailer>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    id: InvitationId,
) -> Result<SentInvitation, Problem> {
    member.require(Permission::MembersInvite)?;
    let code = fresh_code(exchange);
    let now = exchange.now;
    let record = change::write(exchange, &member.scope, member.actor, async || {
        let changer = member.changer(exchange, Permission::MembersInvite).await?;
        let found = invitations::find(exchange.platform, &member.scope, id).await?;
        let found = found.ok_or_else(Problem::not_found)?;
        changer.may_hand_out(&found.role)?;
        let status = found.status.at(now, found.expires_at);
        not_over(status)?;
        if found.sent_count >= MAX_INVITATION_SENDS {
            return Err(Problem::new(ProblemKind::Conflict).because(Reason::SendLimitReached).detail(format!(
                "It was sent {MAX_INVITATION_SENDS} times. Revoke it and invite again, after asking whether the address is right."
            )));
        }
        pause_is_over(found.sent_at, now)?;
        if status == InvitationStatus::Expired {
            take_place(&members::seats(exchange.platform, &member.scope, now).await?)?;
        }
        let expires_at = now.plus_secs(INVITATION_SECS);
        Ok(Decision::Change(Planned {
            action: Action::InvitationResent,
            target: id.to_string(),
            before: Some(json!({ "sent_count": found.sent_count })),
            after: Some(json!({ "sent_count": found.sent_count + 1 })),
            statements: vec![invitations::sent_again(&member.scope, id, &code, now, expires_at)],
            output: InvitationRecord {
                sent_count: found.sent_count + 1,
                sent_at: now,
                expires_at,
                ..found
            },
        }))
    })
    .await?;
    delivery::send(exchange, member, record, &code, None).await
}

/// Takes an invitation back: its code is dead at once, and its place free.
///
/// # Errors
/// 403 as [`invite`]; 404; 410 `gone` for one that was accepted or revoked.
pub async fn revoke<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    id: InvitationId,
) -> Result<(), Problem> {
    member.require(Permission::MembersInvite)?;
    change::write(exchange, &member.scope, member.actor, async || {
        let changer = member.changer(exchange, Permission::MembersInvite).await?;
        let found = invitations::find(exchange.platform, &member.scope, id).await?;
        let found = found.ok_or_else(Problem::not_found)?;
        changer.may_touch(&found.role)?;
        not_over(found.status)?;
        Ok(Decision::Change(Planned {
            action: Action::InvitationRevoked,
            target: id.to_string(),
            before: Some(audited(&found.role)),
            after: None,
            statements: vec![invitations::revoked(&member.scope, id, exchange.now)],
            output: (),
        }))
    })
    .await
}

fn fresh_code<P: Entropy>(exchange: &Exchange<'_, P>) -> Credential {
    Credential::new(CredentialKind::Invitation, fresh_bytes(exchange.platform))
}

fn already_invited(id: InvitationId, may_see: bool) -> Problem {
    let problem = Problem::new(ProblemKind::AlreadyExists).because(Reason::AlreadyInvited);
    if may_see {
        problem.detail(format!("They are invited already: send {id} again, or revoke it first."))
    } else {
        problem.detail("They are invited already.")
    }
}

/// An invitation that is neither accepted nor revoked; an expired one can be sent again.
fn not_over(status: InvitationStatus) -> Result<(), Problem> {
    match status {
        InvitationStatus::Pending | InvitationStatus::Expired => Ok(()),
        InvitationStatus::Accepted => Err(Problem::new(ProblemKind::Gone)
            .because(Reason::InvitationAccepted)
            .detail("The invitation was accepted.")),
        InvitationStatus::Revoked => Err(Problem::new(ProblemKind::Gone)
            .because(Reason::InvitationRevoked)
            .detail("The invitation was taken back.")),
    }
}

fn take_place(seats: &Seats) -> Result<(), Problem> {
    if seats.room_to_invite() {
        return Ok(());
    }
    let Seats { members, invited, limit } = *seats;
    let problem = Problem::new(ProblemKind::SeatLimitReached);
    let problem = if limit.is_none() { problem.because(Reason::InvitationLimitReached) } else { problem };
    let limit = limit.map_or_else(
        || format!("At most {MAX_PENDING_INVITATIONS} invitations can be pending"),
        |limit| format!("The plan has {limit} seats"),
    );
    Err(problem.detail(format!(
        "{limit}; {members} members and {invited} pending invitations take them. Remove somebody, revoke an invitation, or choose a larger plan."
    )))
}

fn pause_is_over(sent_at: UnixMillis, now: UnixMillis) -> Result<(), Problem> {
    let left = INVITATION_PAUSE_SECS * 1000 - now.since(sent_at);
    if left <= 0 {
        return Ok(());
    }
    let secs = (left + 999) / 1000;
    let problem = Problem::new(ProblemKind::TooManyAttempts)
        .because(Reason::ResendTooSoon)
        .detail(format!("It was sent a moment ago: wait {secs} s."));
    Err(problem.header(header::RETRY_AFTER, HeaderValue::from(secs)))
}
