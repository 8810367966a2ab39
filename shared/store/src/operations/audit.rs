//! The audit logs, one of each tenant and one of the platform, and the order that they give to every change.
//!
//! An entry's number is one more than the newest, and the primary key lets one writer have it. A change is one batch of its
//! entry and its own statements; whoever read the head, then the state, then writes, knows that nothing changed in between.

use crate::{Read, StoreError};
use livery_domain::{
    actor::Actor, clock::UnixMillis, hash::content_hash, id::RequestId, operations::action::Action,
    tenancy::tenant::TenantScope,
};
use livery_platform::{Database, DatabaseError, Row, Rows, Statement};
use serde_json::{Value as Json, json};

const HEAD: &str = "SELECT seq, hash FROM audit_entries WHERE tenant_id = ?1 ORDER BY seq DESC LIMIT 1";
const ADD: &str = "
    INSERT INTO audit_entries
        (tenant_id, seq, at, actor, action, target, request_id, address, before, after, prev_hash, hash)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
const PLATFORM_HEAD: &str = "SELECT seq, hash FROM platform_audit_entries ORDER BY seq DESC LIMIT 1";
const PLATFORM_ADD: &str = "
    INSERT INTO platform_audit_entries
        (seq, at, actor, action, target, request_id, address, before, after, prev_hash, hash)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const PLATFORM_FROM: &str = "
    SELECT seq, at, actor, action, target, request_id, address, before, after, prev_hash, hash
    FROM platform_audit_entries WHERE seq > ?1 ORDER BY seq LIMIT ?2";
const PAGE: &str = "
    SELECT seq, at, actor, action, target, request_id, address, before, after, prev_hash, hash FROM audit_entries
    WHERE tenant_id = ?1 AND seq < ?2 AND (?3 = '' OR action = ?3) AND (?4 = '' OR actor = ?4)
        AND (?5 = '' OR target = ?5)
    ORDER BY seq DESC LIMIT ?6";
const FROM: &str = "
    SELECT seq, at, actor, action, target, request_id, address, before, after, prev_hash, hash FROM audit_entries
    WHERE tenant_id = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3";

/// Which log a change is written down in.
#[derive(Debug, Clone, Copy)]
pub enum Log<'a> {
    /// What is a tenant's.
    Tenant(&'a TenantScope),
    /// What belongs to no tenant: partners and their keys.
    Platform,
}

impl<'a> From<&'a TenantScope> for Log<'a> {
    fn from(scope: &'a TenantScope) -> Self {
        Self::Tenant(scope)
    }
}

/// The newest entry of a log: number 0 with an empty hash where there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    pub seq: i64,
    pub hash: String,
}

/// What is written down about a change. `before` and `after` hold no secret.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub actor: Actor,
    /// `noun.verb`, in the past tense: `member.removed`.
    pub action: Action,
    /// Id of what was changed.
    pub target: String,
    pub request_id: RequestId,
    /// Where the request came from, as the runtime vouches for it.
    pub address: Option<String>,
    pub at: UnixMillis,
    pub before: Option<Json>,
    pub after: Option<Json>,
}

/// An entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub seq: i64,
    pub at: UnixMillis,
    pub actor: String,
    pub action: String,
    pub target: String,
    pub request_id: String,
    pub address: Option<String>,
    /// JSON text.
    pub before: Option<String>,
    /// JSON text.
    pub after: Option<String>,
    pub prev_hash: String,
    pub hash: String,
}

/// Which entries are asked for; an empty text asks for all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub action: String,
    pub actor: String,
    pub target: String,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is there: one list of rows per statement.
    Done(Vec<Rows>),
    /// Somebody else changed something of the tenant meanwhile, and nothing was written: read again.
    Moved,
    /// A constraint of the change's own refuses it, and nothing was written.
    Refused,
}

impl Entry {
    /// What this entry's hash has to be: SHA-256 over a JSON list of everything else in it.
    #[must_use]
    pub fn expected_hash(&self) -> String {
        let text = json!([
            self.prev_hash,
            self.seq,
            self.at.0,
            self.actor,
            self.action,
            self.target,
            self.request_id,
            self.address,
            self.before,
            self.after,
        ]);
        content_hash(text.to_string().as_bytes())
    }

    /// The entry that follows `head`.
    #[must_use]
    pub fn after(head: &Head, change: &Change) -> Self {
        let mut entry = Self {
            seq: head.seq + 1,
            at: change.at,
            actor: change.actor.to_string(),
            action: change.action.as_str().to_owned(),
            target: change.target.clone(),
            request_id: change.request_id.to_string(),
            address: change.address.clone(),
            before: change.before.as_ref().map(ToString::to_string),
            after: change.after.as_ref().map(ToString::to_string),
            prev_hash: head.hash.clone(),
            hash: String::new(),
        };
        entry.hash = entry.expected_hash();
        entry
    }
}

#[must_use]
pub fn head<'a>(log: impl Into<Log<'a>>) -> Read<Head> {
    let asked = match log.into() {
        Log::Tenant(scope) => Statement::scoped(scope, HEAD, vec![]),
        Log::Platform => Statement::platform(PLATFORM_HEAD, vec![]),
    };
    Read::new(asked, move |rows| {
        let Some(row) = rows.first() else { return Ok(Head::default()) };
        Ok(Head { seq: row.integer(0)?, hash: row.text(1)?.to_owned() })
    })
}

/// Writes a change and its entry, in one batch, if the log still ends at `head`.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn commit<'a>(
    db: &impl Database,
    log: impl Into<Log<'a>>,
    head: &Head,
    change: &Change,
    statements: Vec<Statement>,
) -> Result<Outcome, StoreError> {
    let log = log.into();
    let entry = added(log, &Entry::after(head, change));
    let mut batch = statements;
    // First, so that two writers meet at the number before either holds a row that the other wants. The first entry of all
    // comes last: the tenant itself may be new.
    let place = if head.seq == 0 { batch.len() } else { 0 };
    batch.insert(place, entry);
    match db.batch(batch).await {
        Ok(mut answers) => {
            if place < answers.len() {
                answers.remove(place);
            }
            Ok(Outcome::Done(answers))
        }
        // Engines word a refusal differently: whether it was the number that was taken shows by looking.
        Err(DatabaseError::Constraint(_)) => {
            let now = self::head(log).from(db).await?;
            Ok(if now.seq == head.seq { Outcome::Refused } else { Outcome::Moved })
        }
        Err(fault) => Err(fault.into()),
    }
}

fn added(log: Log<'_>, entry: &Entry) -> Statement {
    let params = vec![
        entry.seq.into(),
        entry.at.0.into(),
        entry.actor.as_str().into(),
        entry.action.as_str().into(),
        entry.target.as_str().into(),
        entry.request_id.as_str().into(),
        entry.address.clone().into(),
        entry.before.clone().into(),
        entry.after.clone().into(),
        entry.prev_hash.as_str().into(),
        entry.hash.as_str().into(),
    ];
    match log {
        Log::Tenant(scope) => Statement::scoped(scope, ADD, params),
        Log::Platform => Statement::platform(PLATFORM_ADD, params),
    }
}

/// Entries older than number `before`, newest first, at most `limit`.
#[must_use]
pub fn page(scope: &TenantScope, filter: &Filter, before: i64, limit: u32) -> Read<Vec<Entry>> {
    let params = vec![
        before.into(),
        filter.action.as_str().into(),
        filter.actor.as_str().into(),
        filter.target.as_str().into(),
        i64::from(limit).into(),
    ];
    Read::new(Statement::scoped(scope, PAGE, params), |rows| rows.iter().map(entry_of).collect())
}

/// Entries after number `seq`, oldest first, at most `limit`: to follow the chain.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn following(
    db: &impl Database,
    scope: &TenantScope,
    seq: i64,
    limit: u32,
) -> Result<Vec<Entry>, StoreError> {
    let rows = db.query(Statement::scoped(scope, FROM, vec![seq.into(), i64::from(limit).into()])).await?;
    rows.iter().map(entry_of).collect()
}

/// Entries of the platform's log after number `seq`, oldest first, at most `limit`.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn platform_following(db: &impl Database, seq: i64, limit: u32) -> Result<Vec<Entry>, StoreError> {
    let asked = Statement::platform(PLATFORM_FROM, vec![seq.into(), i64::from(limit).into()]);
    db.query(asked).await?.iter().map(entry_of).collect()
}

fn entry_of(row: &Row) -> Result<Entry, StoreError> {
    let optional = |column| row.optional_text(column).map(|text| text.map(str::to_owned));
    Ok(Entry {
        seq: row.integer(0)?,
        at: UnixMillis(row.integer(1)?),
        actor: row.text(2)?.to_owned(),
        action: row.text(3)?.to_owned(),
        target: row.text(4)?.to_owned(),
        request_id: row.text(5)?.to_owned(),
        address: optional(6)?,
        before: optional(7)?,
        after: optional(8)?,
        prev_hash: row.text(9)?.to_owned(),
        hash: row.text(10)?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change() -> Change {
        Change {
            actor: Actor::System,
            action: Action::TenantRegistered,
            target: "ten_1".into(),
            request_id: RequestId::new(UnixMillis(1), [1; 10]),
            address: None,
            at: UnixMillis(5),
            before: None,
            after: Some(json!({ "name": "Acme" })),
        }
    }

    #[test]
    fn an_entry_that_is_altered_anywhere_no_longer_has_its_hash() {
        let first = Entry::after(&Head::default(), &change());
        let entry = Entry::after(&Head { seq: first.seq, hash: first.hash.clone() }, &change());
        assert_eq!((entry.seq, &entry.prev_hash), (2, &first.hash));
        let alterations: [fn(&mut Entry); 10] = [
            |e| e.seq += 1,
            |e| e.at.0 += 1,
            |e| e.actor.push('x'),
            |e| e.action.push('x'),
            |e| e.target.push('x'),
            |e| e.request_id.push('x'),
            |e| e.address = Some(String::new()),
            |e| e.before = Some("null".into()),
            |e| e.after = None,
            |e| e.prev_hash.push('x'),
        ];
        for alter in alterations {
            let mut altered = entry.clone();
            alter(&mut altered);
            assert_ne!(altered.expected_hash(), altered.hash, "{altered:?}");
        }
        assert_eq!(entry.expected_hash(), entry.hash);
    }
}
