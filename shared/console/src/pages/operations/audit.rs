//! `/admin/audit`: what was changed, by whom, and whether the log is whole.

use super::views::{Audit, Entry, Verified};
use crate::{
    answer,
    console_session::{self, ConsoleSession},
    frame::{Choice, Section, pager},
    names,
    when::When,
    words::Words,
};
use http::StatusCode;
use livery_http::{Exchange, Problem, Response, page::PageRequest, route::Parts};
use livery_operations::audit_log::{self, Checkpoint, EntryView, PartyView, Verification};
use livery_platform::{Configured, Database};
use livery_store::operations::audit::Filter;

const PATH: &str = "/admin/audit";
/// Steps of following the chain that one request takes; each is `audit_log`'s own bound.
const STEPS: usize = 20;
/// Longest value that is filtered by: ids and actions are shorter.
const MAX_FILTER_CHARS: usize = 100;

livery_http::routes! {
    /// The audit log.
    Route in Console tagged "Console";

    /// What was notice, newest first.
    ShowAudit = Get "/admin/audit", Tenant, Console;
    /// Back to the log: the answer of a check is not kept.
    AskVerify = Get "/admin/audit/verify", Tenant, Console;
    /// Whether the log holds.
    Verify = Post "/admin/audit/verify", Tenant, Console;
}

/// # Errors
/// Every problem of the pages above.
pub async fn answer<P: Database + Configured>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    let inside = console_session::enter(exchange).await?;
    match route {
        Route::ShowAudit => show(exchange, &inside, None).await,
        Route::AskVerify => Ok(answer::see_other(PATH)),
        Route::Verify => {
            inside.form(exchange)?;
            let verified = verify(exchange, &inside).await?;
            show(exchange, &inside, Some(verified)).await
        }
    }
}

async fn verify<P: Database>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
) -> Result<Verified, Problem> {
    let words = inside.words;
    let mut from: Option<Checkpoint> = None;
    let mut entries = 0;
    for _ in 0..STEPS {
        let Verification { verified, entries: more, broken_at, next_cursor, .. } =
            audit_log::verify(exchange, &inside.member, from.as_ref()).await?;
        entries += more;
        if !verified {
            let seq = broken_at.unwrap_or_default();
            return Ok(Verified {
                whole: false,
                title: words.verify_broken(),
                text: words.verify_broken_text(seq),
            });
        }
        let Some(cursor) = next_cursor else { break };
        from = Some(Checkpoint::parse(&cursor)?);
    }
    let count = i64::try_from(entries).unwrap_or(i64::MAX);
    Ok(Verified { whole: true, title: words.verified(), text: words.verified_text(count) })
}

async fn show<P: Database + Configured>(
    exchange: &Exchange<'_, P>,
    inside: &ConsoleSession,
    verified: Option<Verified>,
) -> Result<Response, Problem> {
    let asked = PageRequest::of(exchange)?;
    let filter = |name: &str| -> String {
        exchange.query(name).unwrap_or_default().trim().chars().take(MAX_FILTER_CHARS).collect()
    };
    let (action, actor) = (filter("action"), filter("actor"));
    let wanted = Filter { action: action.clone(), actor: actor.clone(), target: String::new() };
    let found = audit_log::list(exchange, &inside.member, &wanted, &asked).await?;
    let page = Audit {
        shell: inside.shell(exchange),
        frame: inside.frame(Section::Audit),
        actions: actions(inside.words, &action),
        actor,
        entries: found.data.into_iter().map(|entry| row(inside.words, entry)).collect(),
        pager: pager(PATH, &[("action", &action), ("actor", &wanted.actor)], &asked, found.next_cursor),
        verified,
    };
    answer::page(StatusCode::OK, &page, &page.shell)
}

/// What can be filtered by; an action that is not known here stands as it was asked for.
pub fn actions(words: Words, chosen: &str) -> Vec<Choice> {
    let choice = |code: &str, name: &str| Choice {
        value: code.to_owned(),
        name: name.to_owned(),
        text: "",
        chosen: code == chosen,
    };
    let mut choices: Vec<_> = names::actions(words).map(|(code, name)| choice(code, name)).collect();
    choices.sort_by(|one, other| one.name.cmp(&other.name));
    if !chosen.is_empty() && names::action(words, chosen).is_none() {
        choices.push(choice(chosen, chosen));
    }
    choices
}

fn row(words: Words, entry: EntryView) -> Entry {
    let named = |party: PartyView| party.name.unwrap_or(party.id);
    let side = |side: &serde_json::Value| {
        (!side.is_null()).then(|| serde_json::to_string_pretty(side).unwrap_or_default())
    };
    Entry {
        seq: entry.seq,
        at: When::read(words, &entry.at),
        before: side(&entry.before),
        after: side(&entry.after),
        actor: named(entry.actor),
        what: names::action(words, &entry.action),
        action: entry.action,
        target: named(entry.target),
        request: entry.request_id,
        address: entry.address,
        hash: entry.hash,
    }
}
