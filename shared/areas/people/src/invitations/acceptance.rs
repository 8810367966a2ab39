//! What the holder of an invitation's code can do: look at it, and come in. `/v1/auth/invitations/*`.

use super::not_over;
use crate::members::{CustomRoleView, audited};
use http::StatusCode;
use livery_access::{
    self as access, By, Invited,
    change::{self, Decision, Planned},
};
use livery_domain::{
    clock::UnixMillis,
    id::UserId,
    identity::{
        email::Email,
        password::{self, MAX_PASSWORD_OCTETS},
    },
    locale::Locale,
    name,
    operations::action::Action,
    people::{member::AssignedRole, role::Role, team::InvitationStatus},
    reason::Reason,
    tenancy::tenant::Tenant,
};
use livery_http::{
    Exchange, Problem, ProblemKind, Response, body, headers, problem::FieldFault, route::Parts,
};
use livery_identity::{
    attempts::{self, Known, SignInAttempt, Verified},
    opening,
    sign_in::SignedIn,
    tokens::{self, TenantView, TokenSession, TokenSubject},
};
use livery_platform::{Configured, Database, Entropy, Statement, fresh_bytes};
use livery_store::{
    Read,
    identity::{
        accounts::{self, NewAccount},
        people,
        sessions::SessionKind,
        sign_ins::SignInOutcome,
    },
    people::{
        invitations::{self, InvitationRecord},
        members,
    },
};
use livery_token::hash_password;
use serde::{Deserialize, Serialize};
use serde_json::json;

livery_http::routes! {
    /// What the holder of an invitation's code can do.
    Route in Auth tagged "Account";

    /// What an invitation's code is for
    LookUpInvitation = Post "/v1/auth/invitations/look-up", Tenant, Anybody;
    /// Accept an invitation
    ///
    /// A new person gives a name and a password; who has an account gives its password, or is signed in. Good once.
    AcceptInvitation = Post "/v1/auth/invitations/accept", Tenant, Anybody;
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured + Entropy>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::LookUpInvitation => post_look_up(exchange).await,
        Route::AcceptInvitation => post_accept(exchange).await,
    }
}

/// A code that somebody holds.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "InvitationCode"))]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// `lvi_…`
    pub token: String,
}

/// An invitation as whoever holds its code sees it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InvitationFace {
    /// Into whose team.
    pub tenant: TenantView,
    /// Who invites; null where a program did, or somebody who has left.
    pub inviter: Option<String>,
    /// Who is invited.
    pub email: String,
    /// A built-in role; where there is a custom one, that counts and not this.
    pub role: Role,
    /// A role that the tenant made for itself; null where the built-in one counts.
    pub custom_role: Option<CustomRoleView>,
    /// RFC 3339, UTC.
    pub expires_at: String,
    /// Whether the address has an account already: it takes that account's password, and else a name and a new one.
    pub has_account: bool,
}

/// How somebody comes in.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AcceptInvitation"))]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// `lvi_…`
    pub token: String,
    /// Of a person without an account.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<livery_domain::name::Name>"))]
    pub name: Option<String>,
    /// Of the account that the address has, else of the one to be made. Not needed by who is signed in with that account.
    #[serde(default)]
    pub password: Option<String>,
    /// The language of a new account, `en` or `ja`.
    #[serde(default)]
    pub locale: Option<Locale>,
}

/// Somebody who came in.
pub struct Accepted {
    pub tenant: Tenant,
    pub role: AssignedRole,
    pub signed_in: SignedIn,
}

/// `POST /v1/auth/invitations/look-up`
pub async fn post_look_up<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let input: Code = body::json(exchange)?;
    Ok(headers::json(StatusCode::OK, &look_up(exchange, &input.token).await?))
}

/// `POST /v1/auth/invitations/accept`
pub async fn post_accept<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let input: Accept = body::json(exchange)?;
    let Accepted { tenant, role, signed_in } = accept(exchange, &input, SessionKind::Api).await?;
    let SignedIn { user, session, secret, expires_at, device_token } = signed_in;
    let of = TokenSession { user, session, refresh: &secret, expires_at, device_token: Some(device_token) };
    let tokens = tokens::issue(exchange, of, &TokenSubject::Member(&tenant, role))?;
    Ok(headers::json(StatusCode::CREATED, &tokens))
}

/// Shows an invitation to the holder of its code.
///
/// # Errors
/// 404 for a code that was never ours, was replaced, or is of another tenant than the host's; 410 `gone` with the reason for
/// one that is over.
pub async fn look_up<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    code: &str,
) -> Result<InvitationFace, Problem> {
    let invited = access::invited(exchange, code).await?;
    let found = waiting(invitation_of(&invited).from(exchange.platform).await?, exchange.now)?;
    let account = accounts::find_by_email(&found.email).from(exchange.platform).await?;
    Ok(InvitationFace {
        tenant: TenantView::from(&invited.tenant),
        inviter: found.inviter,
        email: found.email.as_str().to_owned(),
        role: found.role.role,
        custom_role: CustomRoleView::of(&found.role, found.role_name),
        expires_at: found.expires_at.rfc3339(),
        has_account: account.is_some(),
    })
}

/// Takes the holder of a code into the team, ends the invitation and signs in. A new person brings a name and a password;
/// whoever has an account proves that it is theirs, by its password or by an access token of any tenant.
///
/// # Errors
/// 404 and 410 as [`look_up`]; 401 `invalid_credentials`, 429; 403 for who is signed in as somebody else; 409 for who is a
/// member already, or where the plan has become smaller; 422.
pub async fn accept<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
    input: &Accept,
    kind: SessionKind,
) -> Result<Accepted, Problem> {
    let invited = access::invited(exchange, &input.token).await?;
    let found = waiting(invitation_of(&invited).from(exchange.platform).await?, exchange.now)?;
    let invitee = invitee(exchange, &invited, &found.email, input).await?;
    let opening = opening::open(exchange, Some(&invited.scope), invitee.user, kind, None);
    let tenant = Some(invited.tenant.id);
    let line = attempts::history_line(exchange, &found.email, tenant, SignInOutcome::SignedIn);
    let (scope, now) = (&invited.scope, exchange.now);
    let needs = || {
        let team = members::find(scope, invitee.user).and(members::seats(scope, now));
        invitations::find(scope, invited.id).and(team)
    };
    let by = By::invited(invitee.user, &invited);
    let role = change::write(exchange, &by, needs, |_, (found, (member, seats))| {
        // In this order: a person who came in meanwhile, with this code, is told that the code is used.
        let found = waiting(found, now)?;
        if member.is_some() {
            return Err(Problem::new(ProblemKind::AlreadyExists)
                .because(Reason::AlreadyInTeam)
                .detail("You are in this team already: sign in."));
        }
        if !seats.room_to_join() {
            return Err(Problem::new(ProblemKind::SeatLimitReached).detail(
                "The team has grown to what its plan holds since you were invited. Ask the person who invited you.",
            ));
        }
        let mut statements = invitee.made.clone();
        statements.push(members::added(scope, invitee.user, &found.role, now));
        statements.push(invitations::accepted(scope, found.id, invitee.user, now));
        statements.extend(opening.statements.iter().cloned());
        statements.push(line.clone());
        statements.extend(invitee.settled.iter().cloned());
        let mut after = audited(&found.role);
        if let Some(fields) = after.as_object_mut() {
            fields.insert("user_id".to_owned(), json!(invitee.user));
        }
        Ok(Decision::Change(Planned {
            action: Action::InvitationAccepted,
            target: found.id.to_string(),
            before: None,
            after: Some(after),
            statements,
            output: found.role,
        }))
    })
    .await?;
    let signed_in = SignedIn {
        user: invitee.user,
        session: opening.session,
        secret: opening.secret,
        expires_at: opening.expires_at,
        device_token: tokens::device(exchange, invitee.user)?,
    };
    Ok(Accepted { tenant: invited.tenant, role, signed_in })
}

/// The invitation, if the code is still its own: a new one may have been sent since.
fn invitation_of(invited: &Invited) -> Read<Option<InvitationRecord>> {
    let found = invitations::find(&invited.scope, invited.id);
    let has_code = invitations::has_code(&invited.scope, invited.id, &invited.code);
    found.and(has_code).map(|(found, has_code)| found.filter(|_| has_code))
}

/// The invitation, as long as it can be accepted.
fn waiting(found: Option<InvitationRecord>, now: UnixMillis) -> Result<InvitationRecord, Problem> {
    let found = found.ok_or_else(Problem::not_found)?;
    not_over(found.status)?;
    if found.status.at(now, found.expires_at) == InvitationStatus::Expired {
        return Err(Problem::new(ProblemKind::Gone)
            .because(Reason::InvitationExpired)
            .detail("The invitation has expired. Ask the person who invited you to send it again."));
    }
    Ok(found)
}

/// Who comes, and what is written for that.
struct Invitee {
    user: UserId,
    /// The account, where it is new.
    made: Vec<Statement>,
    /// What a right password writes.
    settled: Vec<Statement>,
}

async fn invitee<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
    invited: &Invited,
    email: &Email,
    input: &Accept,
) -> Result<Invitee, Problem> {
    if input.password.as_ref().is_some_and(|password| password.len() > MAX_PASSWORD_OCTETS) {
        let detail = format!("A password has at most {MAX_PASSWORD_OCTETS} octets.");
        return Err(Problem::field("/password", Reason::TooLong, detail));
    }
    let account = people::password_at(exchange.platform, email).await?;
    if let Some(user) = access::person_with_token(exchange).await? {
        return match account {
            Some(account) if account.user == user => Ok(Invitee { user, made: vec![], settled: vec![] }),
            _ => Err(Problem::new(ProblemKind::Forbidden)
                .because(Reason::InvitationForAnotherAddress)
                .detail("The invitation is for another address than yours: sign out, and accept it then.")),
        };
    }
    let Some(account) = account else { return new_person(exchange, invited, email, input) };
    let Some(password) = &input.password else {
        let detail = "The address has an account: send its password, or sign in first.";
        return Err(Problem::field("/password", Reason::PasswordRequired, detail));
    };
    let known = Known::from(account);
    let tenant = Some(invited.tenant.id);
    let claim = SignInAttempt { email, password, known: Some(&known), own_device: false, tenant };
    let proven: Verified = attempts::prove(exchange, &claim).await?;
    Ok(Invitee { user: proven.user, made: vec![], settled: proven.settled() })
}

fn new_person<P: Entropy>(
    exchange: &Exchange<'_, P>,
    invited: &Invited,
    email: &Email,
    input: &Accept,
) -> Result<Invitee, Problem> {
    let mut faults = vec![];
    let name = name::parse(input.name.as_deref().unwrap_or_default())
        .map_err(|invalid| faults.push(FieldFault::new("/name", invalid.reason(), invalid.to_string())))
        .ok();
    let password = input.password.as_deref().unwrap_or_default();
    let known_by = [invited.tenant.name.as_str(), invited.tenant.key.as_str(), name.unwrap_or_default()];
    if let Err(weak) = password::check(password, email, &known_by) {
        faults.push(FieldFault::new("/password", weak.reason(), weak.to_string()));
    }
    let (Some(name), true) = (name, faults.is_empty()) else {
        return Err(Problem::new(ProblemKind::InvalidContent).faults(faults));
    };
    let hash = hash_password(password, fresh_bytes(exchange.platform))
        .map_err(|fault| Problem::new(ProblemKind::Internal).cause(fault))?;
    let user = UserId::new(exchange.now, fresh_bytes(exchange.platform));
    let made = accounts::added(&NewAccount {
        user,
        email,
        name,
        locale: input.locale,
        password_hash: &hash,
        now: exchange.now,
    });
    Ok(Invitee { user, made: vec![made], settled: vec![] })
}
