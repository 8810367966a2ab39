//! `/admin/team/roles/new` and `/admin/team/roles/{id}`: a role of the tenant's own.

use super::{team::team_fault, views::RolePage};
use crate::{
    answer,
    console_session::{self, ConsoleSession, permissions},
    faults::Faults,
    form::Form,
    frame::Section,
    notice::{self, Notice},
    words::Words,
};
use http::StatusCode;
use livery_domain::{id::RoleId, people::permission::Permission, reason::Reason};
use livery_http::{Exchange, Problem, ProblemKind, Response, route::Parts};
use livery_people::roles::{self, NewRole, RolePatch};
use livery_platform::{Configured, Database, Entropy};

const PATH: &str = "/admin/team/roles";

livery_http::routes! {
    /// One role.
    Route in Console tagged "Console";

    /// The form for another role.
    ShowNewRole = Get "/admin/team/roles/new", Tenant, Console;
    /// Makes a role.
    CreateRole = Post "/admin/team/roles/new", Tenant, Console;
    /// What a role may do.
    ShowRole = Get "/admin/team/roles/{id}", Tenant, Console;
    /// Changes a role.
    SaveRole = Post "/admin/team/roles/{id}", Tenant, Console;
    /// Removes a role that no member has.
    DeleteRole = Post "/admin/team/roles/{id}/delete", Tenant, Console;
}

/// # Errors
/// Every problem of the pages above.
pub async fn answer<P: Database + Configured + Entropy>(
    route: Route,
    exchange: &Exchange<'_, P>,
    parts: &Parts<'_>,
) -> Result<Response, Problem> {
    let inside = console_session::enter(exchange).await?;
    match route {
        Route::ShowNewRole => {
            inside.member.require(Permission::RolesManage)?;
            show(exchange, &inside, None, StatusCode::OK, "", |_| false, Faults::default())
        }
        Route::CreateRole => save(exchange, &inside, None).await,
        Route::ShowRole => {
            let id = parts.id()?;
            let role = roles::show(exchange, &inside.member, id).await?;
            let has = |permission| role.permissions.has(permission);
            show(exchange, &inside, Some(id), StatusCode::OK, &role.name, has, Faults::default())
        }
        Route::SaveRole => save(exchange, &inside, Some(parts.id()?)).await,
        Route::DeleteRole => {
            inside.form(exchange)?;
            let id = parts.id()?;
            match roles::remove(exchange, &inside.member, id).await {
                Ok(()) => Ok(notice::at(PATH, Notice::Deleted)),
                Err(problem) if problem.kind() == ProblemKind::InUse => {
                    let role = roles::show(exchange, &inside.member, id).await?;
                    let has = |permission| role.permissions.has(permission);
                    let faults = Faults::one("", inside.words.role_in_use());
                    show(exchange, &inside, Some(id), problem.kind().facts().0, &role.name, has, faults)
                }
                Err(problem) => Err(problem),
            }
        }
    }
}

async fn save<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    id: Option<RoleId>,
) -> Result<Response, Problem> {
    let form = inside.form(exchange)?;
    let name = form.trimmed("name").to_owned();
    let given: Vec<_> = form.all("permission").map(str::to_owned).collect();
    if given.is_empty() {
        let faults = Faults::one("permissions", inside.words.permissions_missing());
        return again(exchange, inside, id, StatusCode::UNPROCESSABLE_ENTITY, &form, faults);
    }
    let saved = match id {
        None => roles::make(exchange, &inside.member, &NewRole { name, permissions: given }).await,
        Some(id) => {
            let patch = RolePatch { name: Some(name), permissions: Some(given) };
            roles::change(exchange, &inside.member, id, &patch).await
        }
    };
    let problem = match saved {
        Ok(_) => return Ok(notice::at(PATH, Notice::Saved)),
        Err(problem) => problem,
    };
    let (status, faults) = faults_of(inside.words, problem)?;
    again(exchange, inside, id, status, &form, faults)
}

fn faults_of(words: Words, problem: Problem) -> Result<(StatusCode, Faults), Problem> {
    let status = problem.kind().facts().0;
    // One field is at fault, or the problem itself says why.
    let reason = problem.shown_faults().first().map(|fault| fault.reason).or(problem.reason());
    let faults = match (problem.kind(), reason) {
        (_, Some(Reason::UnknownPermission)) => Faults::one("permissions", words.permissions_missing()),
        (_, Some(Reason::NameTaken | Reason::NameReserved)) => Faults::one("name", words.role_name_taken()),
        (_, Some(Reason::RoleLimitReached)) => Faults::one("", words.too_many_roles()),
        (ProblemKind::InvalidContent, _) => Faults::one("name", words.name_missing()),
        (ProblemKind::FeatureNotInPlan, _) => Faults::one("", words.custom_roles_not_in_plan()),
        _ => {
            let (status, text) = team_fault(words, problem)?;
            return Ok((status, Faults::one("permissions", text)));
        }
    };
    Ok((status, faults))
}

fn again<P>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    id: Option<RoleId>,
    status: StatusCode,
    form: &Form,
    faults: Faults,
) -> Result<Response, Problem> {
    let chosen = |permission: Permission| form.all("permission").any(|name| name == permission.as_str());
    show(exchange, inside, id, status, form.trimmed("name"), chosen, faults)
}

fn show<P>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    id: Option<RoleId>,
    status: StatusCode,
    name: &str,
    chosen: impl Fn(Permission) -> bool,
    faults: Faults,
) -> Result<Response, Problem> {
    let page = RolePage {
        shell: inside.shell(exchange),
        frame: inside.frame(Section::Team),
        faults,
        id: id.map(|id| id.to_string()),
        name: name.to_owned(),
        permissions: permissions(inside, chosen),
    };
    answer::page(status, &page, &page.shell)
}
