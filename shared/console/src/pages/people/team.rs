//! `/admin/team`: people and what each may do.

use super::views::{CustomRole, PermissionRow, Person, PersonPage, Roles, Seats, Team};
use crate::{
    answer,
    console_session::{self, ConsoleSession},
    faults::Faults,
    frame::{Choice, Section, pager},
    names::{self, role_name},
    notice::{self, Notice},
    when::When,
    words::Words,
};
use http::StatusCode;
use livery_domain::{
    id::UserId,
    people::{permission::Permission, role::Role},
    reason::Reason,
};
use livery_http::{Exchange, Problem, ProblemKind, Response, page::PageRequest, route::Parts};
use livery_people::members::{self, MemberView, RoleChoice};
use livery_platform::{Configured, Database};
use livery_store::people::{members as places, roles as custom_roles};

const PATH: &str = "/admin/team";

livery_http::routes! {
    /// People, and what each may do.
    Route in Console tagged "Console";

    /// Who is in the team.
    ShowTeam = Get "/admin/team", Tenant, Console;
    /// Roles.
    ShowRoles = Get "/admin/team/roles", Tenant, Console;
    /// One member.
    ShowPerson = Get "/admin/team/people/{id}", Tenant, Console;
    /// Gives a member another role.
    ChangeRole = Post "/admin/team/people/{id}", Tenant, Console;
    /// Takes a member out of the team.
    RemovePerson = Post "/admin/team/people/{id}/remove", Tenant, Console;
}

/// # Errors
/// Every problem of the pages above.
pub async fn answer<P: Database + Configured>(
    route: Route,
    exchange: &Exchange<'_, P>,
    parts: &Parts<'_>,
) -> Result<Response, Problem> {
    let inside = console_session::enter(exchange).await?;
    match route {
        Route::ShowTeam => people(exchange, &inside).await,
        Route::ShowRoles => roles(exchange, &inside).await,
        Route::ShowPerson => {
            person(exchange, &inside, parts.id()?, (StatusCode::OK, None, Faults::default())).await
        }
        Route::ChangeRole => change_role(exchange, &inside, parts.id()?).await,
        Route::RemovePerson => remove(exchange, &inside, parts.id()?).await,
    }
}

async fn people<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
) -> Result<Response, Problem> {
    let asked = PageRequest::of(exchange)?;
    let found = members::list(exchange, &inside.member, &asked).await?;
    let page = Team {
        shell: inside.shell(exchange),
        frame: inside.frame(Section::Team),
        tab: "people",
        seats: seats(exchange, inside).await?,
        people: found.data.into_iter().map(|member| row(inside, member)).collect(),
        pager: pager(PATH, &[], &asked, found.next_cursor),
        may_invite: inside.may(Permission::MembersInvite),
        may_manage: inside.may(Permission::MembersManage),
    };
    answer::page(StatusCode::OK, &page, &page.shell)
}

pub async fn seats<P: Database>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
) -> Result<Seats, Problem> {
    let seats = places::seats(exchange.platform, &inside.member.scope, exchange.now).await?;
    let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(Seats {
        used: whole(seats.members + seats.invited),
        invited: whole(seats.invited),
        limit: seats.limit.map(whole),
    })
}

fn row(inside: &ConsoleSession, member: MemberView) -> Person {
    let words = inside.words;
    Person {
        initial: names::initial(&member.name),
        is_owner: member.role == Role::Owner && member.custom_role.is_none(),
        is_me: inside.member.actor.user() == Some(member.user_id),
        role: role_name(words, member.role, member.custom_role.as_ref().map(|role| role.name.as_str())),
        joined: When::read(words, &member.joined_at),
        seen: member.last_seen_at.as_deref().map(|at| When::read(words, at)),
        id: member.user_id.to_string(),
        name: member.name,
        email: member.email,
    }
}

/// Every role that this person may hand out, with the one that is chosen.
pub async fn choices<P: Database>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    chosen: &str,
) -> Result<Vec<Choice>, Problem> {
    let words = inside.words;
    let mine = inside.member.permissions;
    let is_owner = inside.member.role.is_some_and(|role| role.is_owner());
    let mut choices: Vec<_> = Role::ALL
        .into_iter()
        .filter(|role| mine.covers(role.permissions()) && (is_owner || *role != Role::Owner))
        .map(|role| Choice {
            value: role.as_str().to_owned(),
            name: names::role(words, role).to_owned(),
            text: names::role_text(words, role),
            chosen: role.as_str() == chosen,
        })
        .collect();
    let own = custom_roles::all(exchange.platform, &inside.member.scope, exchange.now).await?;
    choices.extend(own.into_iter().filter(|role| mine.covers(role.permissions)).map(|role| Choice {
        value: role.id.to_string(),
        name: role.name,
        text: words.role_custom(),
        chosen: role.id.to_string() == chosen,
    }));
    Ok(choices)
}

/// A role as a form names it: a built-in one by its name, one of the tenant's own by its id.
pub fn chosen_role(text: &str) -> Result<RoleChoice, Problem> {
    let choice = match Role::parse(text) {
        Some(role) => RoleChoice { role: Some(role), custom_role: None },
        None => RoleChoice { role: None, custom_role: text.parse().ok() },
    };
    if choice.role.is_none() && choice.custom_role.is_none() {
        return Err(ProblemKind::MalformedRequest.into());
    }
    Ok(choice)
}

async fn person<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    user: UserId,
    (status, chosen, faults): (StatusCode, Option<&str>, Faults),
) -> Result<Response, Problem> {
    let member = members::show(exchange, &inside.member, user).await?;
    let now = member
        .custom_role
        .as_ref()
        .map_or_else(|| member.role.as_str().to_owned(), |role| role.id.to_string());
    let choices = if inside.may(Permission::MembersManage) {
        choices(exchange, inside, chosen.unwrap_or(&now)).await?
    } else {
        vec![]
    };
    let page = PersonPage {
        shell: inside.shell(exchange),
        frame: inside.frame(Section::Team),
        faults,
        person: row(inside, member),
        choices,
    };
    answer::page(status, &page, &page.shell)
}

async fn change_role<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    user: UserId,
) -> Result<Response, Problem> {
    let form = inside.form(exchange)?;
    let choice = chosen_role(form.text("role"))?;
    match members::change_role(exchange, &inside.member, user, &choice).await {
        Ok(_) => Ok(notice::at(PATH, Notice::Role)),
        Err(problem) => {
            let (status, text) = team_fault(inside.words, problem)?;
            person(exchange, inside, user, (status, Some(form.text("role")), Faults::one("role", text))).await
        }
    }
}

async fn remove<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    user: UserId,
) -> Result<Response, Problem> {
    inside.form(exchange)?;
    match members::remove(exchange, &inside.member, user).await {
        // Whoever left has no session here any more.
        Ok(()) if inside.member.actor.user() == Some(user) => {
            Ok(notice::at("/admin/sign-in", Notice::SignedOut))
        }
        Ok(()) => Ok(notice::at(PATH, Notice::Removed)),
        Err(problem) => {
            let (status, text) = team_fault(inside.words, problem)?;
            person(exchange, inside, user, (status, None, Faults::one("", text))).await
        }
    }
}

/// A rule of the team that stands against a change, in the reader's words; anything else goes on as it is.
pub fn team_fault(words: Words, problem: Problem) -> Result<(StatusCode, &'static str), Problem> {
    let text = match problem.reason() {
        Some(Reason::KeepAnOwner) => words.last_owner(),
        Some(Reason::OwnersOnly) => words.owners_only(),
        Some(Reason::ExceedsOwnPermissions) => words.gives_too_much(),
        Some(Reason::TargetExceedsOwnPermissions) => words.concerns_above(),
        _ => return Err(problem),
    };
    Ok((problem.kind().facts().0, text))
}

async fn roles<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
) -> Result<Response, Problem> {
    inside.member.require(Permission::MembersRead)?;
    let words = inside.words;
    let own = custom_roles::all(exchange.platform, &inside.member.scope, exchange.now).await?;
    let page = Roles {
        shell: inside.shell(exchange),
        frame: inside.frame(Section::Team),
        tab: "roles",
        custom: own
            .into_iter()
            .map(|role| CustomRole {
                id: role.id.to_string(),
                count: i64::try_from(role.permissions.iter().count()).unwrap_or(i64::MAX),
                name: role.name,
            })
            .collect(),
        may_manage: inside.may(Permission::RolesManage),
        roles: Role::ALL.map(|role| names::role(words, role)).into(),
        table: Permission::ALL
            .iter()
            .map(|permission| PermissionRow {
                name: names::permission(words, *permission),
                has: Role::ALL.map(|role| role.permissions().has(*permission)).into(),
            })
            .collect(),
    };
    answer::page(StatusCode::OK, &page, &page.shell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_a_list_leads_on_and_back_with_the_filters_that_are_set() {
        let first = PageRequest { limit: 20, cursor: None };
        let later = PageRequest { cursor: Some("a9".into()), ..first.clone() };
        let leads = |filters: &[(&str, &str)], asked, next: Option<&str>| {
            let pager = pager("/admin/list", filters, asked, next.map(str::to_owned));
            (pager.first, pager.next)
        };
        assert_eq!(leads(&[], &first, None), (String::new(), None));
        assert_eq!(
            leads(&[], &later, Some("a4")),
            ("/admin/list".into(), Some("/admin/list?cursor=a4".into()))
        );
        let filters = [("action", ""), ("actor", "a&b c")];
        let (back, on) = ("/admin/list?actor=a%26b+c", "/admin/list?actor=a%26b+c&cursor=a4");
        assert_eq!(leads(&filters, &later, Some("a4")), (back.into(), Some(on.into())));
    }
}
