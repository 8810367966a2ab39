//! The audit log as a team reads it: `/v1/audit`, and whether it is still what was written.

use http::StatusCode;
use livery_access::{self as access, Member};
use livery_domain::{
    clock::UnixMillis, hash::is_content_hash, id::UserId, people::permission::Permission, reason::Reason,
    tenancy::tenant::TenantScope,
};
use livery_http::{
    Exchange, Problem, ProblemKind, Response, headers,
    page::{Page, PageRequest},
    route::Parts,
};
use livery_platform::{Configured, Database};
use livery_store::{
    operations::audit::{self, Entry, Filter},
    people::members,
    tenancy::flags,
};
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Entries that one request follows the chain over: at a few hundred octets each, some 500 KB read and hashed. One entry
/// holds at most 34 KB, but hardly any comes near.
pub const ENTRIES_PER_CHECK: u32 = 1_000;
/// Longest text to filter by: an id or an action is shorter.
const MAX_FILTER_CHARS: usize = 100;
const FILTERS: [&str; 3] = ["action", "actor", "target"];

livery_http::routes! {
    /// Every change, and whether the log of them holds.
    Route in Admin tagged "Audit log";

    /// Who changed what
    ///
    /// The newest first, as far back as the plan's `audit_days`. Filters are exact.
    ListAuditEntries = Get "/v1/audit", Tenant, Member(Some(Permission::AuditRead));
    /// Whether the log is still what was written
    ///
    /// Follows the chain of hashes over 1,000 entries. Send `next_cursor` as `cursor` until it is null. A `checkpoint`
    /// that was kept elsewhere and is sent as `cursor` later proves that nothing up to it was altered or cut off since.
    VerifyAuditLog = Get "/v1/audit/verify", Tenant, Member(Some(Permission::AuditRead));
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::ListAuditEntries => {
            let member = access::member(exchange).await?;
            let asked = PageRequest::of(exchange)?;
            let page = list(exchange, &member, &filter_of(exchange)?, &asked).await?;
            Ok(page.shown(exchange, &asked, &FILTERS))
        }
        Route::VerifyAuditLog => {
            let member = access::member(exchange).await?;
            let from = exchange.query("cursor").map(|text| Checkpoint::parse(&text)).transpose()?;
            Ok(headers::json(StatusCode::OK, &verify(exchange, &member, from.as_ref()).await?))
        }
    }
}

/// One change, as it was written down.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EntryView {
    /// 1, 2, 3… within the tenant.
    pub seq: i64,
    /// RFC 3339, UTC.
    pub at: String,
    /// Who made the change.
    pub actor: PartyView,
    /// `noun.verb`, in the past tense.
    pub action: String,
    /// What was changed.
    pub target: PartyView,
    /// The request that made the change.
    pub request_id: String,
    /// IP address that the request came from; null where the runtime did not say.
    pub address: Option<String>,
    /// What it was, as far as it changed; null where it was not there.
    pub before: Json,
    /// What it is since then; null where it is gone.
    pub after: Json,
    /// SHA-256 of the entry and of the one before, base64url.
    pub hash: String,
}

/// Somebody or something in an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PartyView {
    /// `usr_…`, `key_…`, `partner:key_…`, `operator:usr_…`, `system`, or the id of anything else.
    pub id: String,
    /// Of a person, for as long as it is a member.
    pub name: Option<String>,
}

/// What came of following the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Verification {
    /// Whether every entry that was looked at is what was written, and none is missing between them.
    pub verified: bool,
    /// How many were looked at.
    pub entries: u64,
    /// Number of the first; null where there was none.
    pub from: Option<i64>,
    /// Number of the last that holds; null where none does.
    pub to: Option<i64>,
    /// Number of the first entry that does not hold.
    pub broken_at: Option<i64>,
    /// What is wrong with it.
    pub reason: Option<Breakage>,
    /// Send it as `cursor` to follow the chain further; null at its end, or where it is broken.
    pub next_cursor: Option<String>,
    /// The last entry that holds, by number and hash. Kept elsewhere and sent as `cursor` later, it proves that nothing up
    /// to it was altered, reordered or cut off since.
    pub checkpoint: Option<String>,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Breakage {
    /// It is not there, and a later one is, or a checkpoint says that it was.
    Missing,
    /// It is not what was written.
    Altered,
    /// It does not follow the one before it.
    Unlinked,
}

/// An entry that was found to hold: `{seq}.{hash}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    pub seq: i64,
    pub hash: String,
}

impl Checkpoint {
    /// # Errors
    /// 400 for anything that is no checkpoint.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let read = || {
            let (seq, hash) = text.split_once('.')?;
            let seq = seq.parse().ok().filter(|seq| *seq > 0)?;
            is_content_hash(hash).then(|| Self { seq, hash: hash.to_owned() })
        };
        read().ok_or_else(|| {
            Problem::new(ProblemKind::MalformedRequest)
                .because(Reason::InvalidCursor)
                .detail("`cursor` is not one of ours.")
        })
    }

    fn of(entry: &Entry) -> String {
        format!("{}.{}", entry.seq, entry.hash)
    }
}

/// What to look for, from the query: exact values.
fn filter_of<P>(exchange: &Exchange<'_, P>) -> Result<Filter, Problem> {
    let [action, actor, target] = FILTERS.map(|name| exchange.query(name).unwrap_or_default());
    for text in [&action, &actor, &target] {
        if text.chars().count() > MAX_FILTER_CHARS {
            return Err(Problem::new(ProblemKind::MalformedRequest)
                .because(Reason::TooLong)
                .detail("`action`, `actor` and `target` have at most 100 characters."));
        }
    }
    Ok(Filter { action, actor, target })
}

/// The newest changes of the tenant first, as far back as its `audit_days` go. Older entries are kept, and counted by
/// [`verify`].
///
/// # Errors
/// 403 without `audit.read`; 400 for a cursor that is not ours.
pub async fn list<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    filter: &Filter,
    asked: &PageRequest,
) -> Result<Page<EntryView>, Problem> {
    member.require(Permission::AuditRead)?;
    let before = asked.after(|cursor| cursor.strip_prefix('a')?.parse().ok().filter(|seq: &i64| *seq > 0))?;
    let before = before.unwrap_or(livery_http::exchange::MAX_SAFE_INTEGER);
    let wanted = audit::page(&member.scope, filter, before, asked.wanted());
    let (flags, mut found) = flags::as_they_count(&member.scope).with(wanted, exchange.platform).await?;
    let since = UnixMillis(exchange.now.0.saturating_sub(flags.audit_days.value.saturating_mul(86_400_000)));
    // The list ends with the first that is too old, so that no page after it is offered.
    found.truncate(found.iter().take_while(|entry| entry.at >= since).count());
    let page = Page::of(asked, found, |entry| format!("a{}", entry.seq));
    let parties = page.data.iter().flat_map(|entry| [&entry.actor, &entry.target]);
    let people = parties.filter_map(|party| party.parse().ok()).collect();
    let names = members::names(exchange.platform, &member.scope, &people).await?;
    Ok(page.map(|entry| EntryView::new(entry, &names)))
}

impl PartyView {
    fn new(id: String, names: &BTreeMap<UserId, String>) -> Self {
        let name = id.parse().ok().and_then(|user: UserId| names.get(&user).cloned());
        Self { id, name }
    }
}

impl EntryView {
    fn new(entry: Entry, names: &BTreeMap<UserId, String>) -> Self {
        // What is no JSON was tampered with: shown as the text that it is.
        let side = |side: Option<String>| match side {
            None => Json::Null,
            Some(text) => serde_json::from_str(&text).unwrap_or(Json::String(text)),
        };
        Self {
            seq: entry.seq,
            at: entry.at.rfc3339(),
            actor: PartyView::new(entry.actor, names),
            action: entry.action,
            target: PartyView::new(entry.target, names),
            request_id: entry.request_id,
            address: entry.address,
            before: side(entry.before),
            after: side(entry.after),
            hash: entry.hash,
        }
    }
}

/// Follows the chain of the tenant's log from a checkpoint, or from its beginning, over [`ENTRIES_PER_CHECK`] entries.
///
/// Who can write to the database and knows how entries are hashed could write the whole chain anew, and cutting off its end
/// leaves a chain that holds: against both a checkpoint helps that was kept elsewhere.
///
/// # Errors
/// 403 without `audit.read`.
pub async fn verify<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    from: Option<&Checkpoint>,
) -> Result<Verification, Problem> {
    member.require(Permission::AuditRead)?;
    follow(exchange.platform, &member.scope, from, ENTRIES_PER_CHECK).await
}

async fn follow(
    db: &impl Database,
    scope: &TenantScope,
    from: Option<&Checkpoint>,
    limit: u32,
) -> Result<Verification, Problem> {
    // The entry of the checkpoint is read again: it must still be there.
    let after = from.map_or(0, |from| from.seq - 1);
    let entries = audit::following(db, scope, after, limit).await?;
    let first = after + 1;
    let mut wanted = from.map_or_else(|| Some(String::new()), |_| None);
    let mut good: Option<&Entry> = None;
    let mut broken = None;
    for (seq, entry) in (first..).zip(&entries) {
        let fault = if entry.seq != seq {
            Some(Breakage::Missing)
        } else if entry.expected_hash() != entry.hash
            || from.is_some_and(|from| from.seq == seq && from.hash != entry.hash)
        {
            Some(Breakage::Altered)
        } else if wanted.as_ref().is_some_and(|hash| *hash != entry.prev_hash) {
            Some(Breakage::Unlinked)
        } else {
            None
        };
        if let Some(fault) = fault {
            broken = Some((seq, fault));
            break;
        }
        wanted = Some(entry.hash.clone());
        good = Some(entry);
    }
    if entries.is_empty() && from.is_some() {
        broken = Some((first, Breakage::Missing));
    }
    let looked_at = entries.len() as u64;
    let more = broken.is_none() && looked_at >= u64::from(limit);
    let checkpoint = good.map(Checkpoint::of);
    Ok(Verification {
        verified: broken.is_none(),
        entries: looked_at,
        from: entries.first().map(|_| first),
        to: good.map(|entry| entry.seq),
        broken_at: broken.map(|(seq, _)| seq),
        reason: broken.map(|(_, reason)| reason),
        next_cursor: checkpoint.clone().filter(|_| more),
        checkpoint,
    })
}
