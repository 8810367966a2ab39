//! `/admin/keys`: keys of programs. A key's text is on one page, once.

use super::views::{Key, KeyMade, KeyNew, KeyPage, Keys};
use crate::{
    answer,
    console_session::{self, ConsoleSession, permissions},
    faults::Faults,
    form::Form,
    frame::{Choice, Section, pager},
    names,
    notice::{self, Notice},
    problem_words::reason_text,
    when::When,
};
use http::StatusCode;
use livery_domain::{
    id::ApiKeyId, identity::api_key::KeyStatus, people::permission::Permission, reason::Reason,
};
use livery_http::{Exchange, Problem, ProblemKind, Response, page::PageRequest, route::Parts};
use livery_identity::api_keys::{self, KeyView, MadeKey, NewKey, Rotation};
use livery_platform::{Configured, Database, Entropy};

const PATH: &str = "/admin/keys";
/// What a key's life can be, in days; nothing is for ever.
const LIVES: [i64; 4] = [30, 90, 365, 730];
const USUAL_LIFE: &str = "90";
/// How long a replaced key can go on, in hours.
const OVERLAPS: [i64; 5] = [0, 1, 24, 72, 168];
const USUAL_OVERLAP: i64 = 24;

livery_http::routes! {
    /// API keys.
    Route in Console tagged "Console";

    /// Every key, newest first.
    ListKeys = Get "/admin/keys", Tenant, Console;
    /// The form for another key.
    ShowNewKey = Get "/admin/keys/new", Tenant, Console;
    /// Makes a key, and shows it this once.
    CreateKey = Post "/admin/keys/new", Tenant, Console;
    /// One key.
    ShowKey = Get "/admin/keys/{id}", Tenant, Console;
    /// Makes a key its successor.
    RotateKey = Post "/admin/keys/{id}/rotate", Tenant, Console;
    /// Ends a key.
    RevokeKey = Post "/admin/keys/{id}/revoke", Tenant, Console;
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
        Route::ListKeys => list(exchange, &inside).await,
        Route::ShowNewKey => {
            inside.member.require(Permission::ApiKeysManage)?;
            show_new(exchange, &inside, StatusCode::OK, None, Faults::default())
        }
        Route::CreateKey => create(exchange, &inside).await,
        Route::ShowKey => show(exchange, &inside, parts.id()?, StatusCode::OK, Faults::default()).await,
        Route::RotateKey => rotate(exchange, &inside, parts.id()?).await,
        Route::RevokeKey => {
            inside.form(exchange)?;
            api_keys::revoke(exchange, &inside.member, parts.id()?).await?;
            Ok(notice::at(PATH, Notice::Revoked))
        }
    }
}

async fn list<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
) -> Result<Response, Problem> {
    let asked = PageRequest::of(exchange)?;
    let found = api_keys::list(exchange, &inside.member, &asked).await?;
    let page = Keys {
        shell: inside.shell(exchange),
        frame: inside.frame(Section::Keys),
        keys: found.data.into_iter().map(|key| row(inside, key)).collect(),
        pager: pager(PATH, &[], &asked, found.next_cursor),
        may_manage: inside.may(Permission::ApiKeysManage),
    };
    answer::page(StatusCode::OK, &page, &page.shell)
}

fn row(inside: &ConsoleSession, key: KeyView) -> Key {
    let words = inside.words;
    let (state, badge) = match key.status {
        KeyStatus::Active => (words.key_live(), " badge--ok"),
        KeyStatus::Replaced => (words.key_ending(), " badge--warn"),
        KeyStatus::Expired => (words.key_expired(), ""),
        KeyStatus::Revoked => (words.key_revoked(), " badge--danger"),
    };
    let when = |at: &Option<String>| at.as_deref().map(|at| When::read(words, at));
    Key {
        state,
        badge,
        scopes: key.scopes.iter().map(|scope| names::permission(words, scope)).collect(),
        made: When::read(words, &key.created_at),
        expires: when(&key.expires_at),
        used: when(&key.last_used_at),
        live: key.status == KeyStatus::Active && inside.may(Permission::ApiKeysManage),
        id: key.id.to_string(),
        name: key.name,
        hint: key.hint,
    }
}

fn show_new<P>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    status: StatusCode,
    form: Option<&Form>,
    faults: Faults,
) -> Result<Response, Problem> {
    let words = inside.words;
    let life = form.map_or(USUAL_LIFE, |form| form.text("expires"));
    let mut lives: Vec<_> = LIVES
        .map(|days| Choice {
            value: days.to_string(),
            name: words.days(days),
            text: "",
            chosen: days.to_string() == life,
        })
        .into();
    lives.push(Choice {
        value: String::new(),
        name: words.no_expiry().into(),
        text: "",
        chosen: life.is_empty(),
    });
    let page = KeyNew {
        shell: inside.shell(exchange),
        frame: inside.frame(Section::Keys),
        faults,
        name: form.map_or("", |form| form.trimmed("name")).to_owned(),
        lives,
        permissions: permissions(inside, |permission| {
            form.is_some_and(|form| form.all("permission").any(|name| name == permission.as_str()))
        }),
    };
    answer::page(status, &page, &page.shell)
}

async fn create<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
) -> Result<Response, Problem> {
    let form = inside.form(exchange)?;
    let new = NewKey {
        name: form.trimmed("name").to_owned(),
        scopes: form.all("permission").map(str::to_owned).collect(),
        expires_in_days: form.text("expires").parse().ok(),
    };
    match api_keys::create(exchange, &inside.member, &new).await {
        Ok(made) => show_made(exchange, inside, made, None),
        Err(problem) => {
            let words = inside.words;
            let mut faults = Faults::default();
            match (problem.kind(), problem.reason()) {
                (ProblemKind::InvalidContent, _) => {
                    for fault in problem.shown_faults() {
                        match fault.pointer.as_str() {
                            "/name" => faults.add("name", words.name_missing()),
                            "/expires_in_days" => faults.add("expires", words.fault_not_understood_text()),
                            _ => faults.add("permissions", words.permissions_missing()),
                        }
                    }
                }
                (_, Some(Reason::KeyLimitReached)) => faults.add("", words.keys_full()),
                (_, Some(Reason::KeyExceedsMaker)) => faults.add("permissions", words.gives_too_much()),
                _ => return Err(problem),
            }
            show_new(exchange, inside, problem.kind().facts().0, Some(&form), faults)
        }
    }
}

fn show_made<P>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    made: MadeKey,
    overlap_hours: Option<i64>,
) -> Result<Response, Problem> {
    let overlap = overlap_hours.filter(|hours| *hours > 0);
    let page = KeyMade {
        shell: inside.shell(exchange),
        frame: inside.frame(Section::Keys),
        name: made.details.name,
        secret: made.key,
        old_until: overlap.map(|hours| When::at(inside.words, exchange.now.plus_secs(hours * 3600))),
    };
    answer::page(StatusCode::OK, &page, &page.shell)
}

async fn show<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    id: ApiKeyId,
    status: StatusCode,
    faults: Faults,
) -> Result<Response, Problem> {
    let key = api_keys::show(exchange, &inside.member, id).await?;
    let page = KeyPage {
        shell: inside.shell(exchange),
        frame: inside.frame(Section::Keys),
        faults,
        key: row(inside, key),
        overlaps: OVERLAPS
            .map(|hours| Choice {
                value: hours.to_string(),
                name: inside.words.hours(hours),
                text: "",
                chosen: hours == USUAL_OVERLAP,
            })
            .into(),
    };
    answer::page(status, &page, &page.shell)
}

async fn rotate<P: Database + Configured + Entropy>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    id: ApiKeyId,
) -> Result<Response, Problem> {
    let form = inside.form(exchange)?;
    let overlap_hours = form.text("overlap").parse().map_err(|_| ProblemKind::MalformedRequest)?;
    match api_keys::rotate(exchange, &inside.member, id, &Rotation { overlap_hours }).await {
        Ok(made) => show_made(exchange, inside, made, Some(overlap_hours)),
        Err(problem) => {
            let words = inside.words;
            let text = match problem.reason() {
                Some(Reason::KeyReplaced) => words.key_was_replaced(),
                Some(Reason::KeyExceedsMaker) => words.gives_too_much(),
                Some(reason @ (Reason::KeyExpired | Reason::KeyRevoked | Reason::ConcurrentChanges)) => {
                    reason_text(words.0, reason)
                }
                _ => return Err(problem),
            };
            show(exchange, inside, id, problem.kind().facts().0, Faults::one("", text)).await
        }
    }
}
