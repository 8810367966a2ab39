//! Every change of a tenant goes through here: it is written down, and it is decided on what is really there.

use livery_domain::{actor::Actor, hash::content_hash, operations::action::Action, reason::Reason};
use livery_http::{Exchange, Problem, ProblemKind};
use livery_platform::{Database, Statement};
use livery_store::operations::audit::{self, Change, Log, Outcome};
use serde_json::{Map, Value as Json, json};

/// How often a change is decided again because another one of the same tenant came between. Each time one of them went
/// through, so 32 writers at once all do.
const TRIES: usize = 32;

/// What somebody is about to change.
pub struct Planned<T> {
    /// `noun.verb`, in the past tense.
    pub action: Action,
    /// Id of what is changed.
    pub target: String,
    /// What it was and what it is then, without secrets. Kept as they are up to 16 KB, and texts in them up to 500 characters;
    /// what is longer by its hash.
    pub before: Option<Json>,
    pub after: Option<Json>,
    pub statements: Vec<Statement>,
    /// What the caller gets once it is done.
    pub output: T,
}

/// What a look at the tenant came to.
pub enum Decision<T> {
    Change(Planned<T>),
    /// It is so already: nothing is written.
    Nothing(T),
}

/// Longest text kept as it is in an entry, in characters: names, addresses, origins and the words of a brand are shorter.
const MAX_TEXT_CHARS: usize = 500;
/// Largest `before` or `after` in octets of JSON: 50 origins of 270 octets are 13.5 KB. A hundred entries on a page are then
/// 3.2 MB at the very worst, and some tens of kilobytes as they come.
const MAX_SIDE_BYTES: usize = 16 * 1024;

/// What is kept of one side of a change: a text that is too long, custom CSS for one, by its SHA-256 and length, and
/// everything so where it is too large all the same.
fn bounded(side: Json) -> Json {
    let side = shortened(side);
    let text = side.to_string();
    if text.len() <= MAX_SIDE_BYTES { side } else { summary(&text) }
}

fn shortened(value: Json) -> Json {
    match value {
        Json::String(text) if text.chars().count() > MAX_TEXT_CHARS => summary(&text),
        Json::Array(values) => values.into_iter().map(shortened).collect(),
        Json::Object(fields) => {
            Json::Object(fields.into_iter().map(|(name, value)| (name, shortened(value))).collect())
        }
        other => other,
    }
}

fn summary(text: &str) -> Json {
    json!({ "sha256": content_hash(text.as_bytes()), "octets": text.len() })
}

/// The parts of two documents in which they differ, as they were and as they are. Lists are compared as a whole.
#[must_use]
pub fn differing(before: &Json, after: &Json) -> (Json, Json) {
    let (Json::Object(old), Json::Object(new)) = (before, after) else {
        return (before.clone(), after.clone());
    };
    let (mut was, mut is) = (Map::new(), Map::new());
    for name in old.keys().chain(new.keys().filter(|name| !old.contains_key(*name))) {
        match (old.get(name), new.get(name)) {
            (Some(old), Some(new)) if old == new => {}
            (Some(old), Some(new)) => {
                let (old, new) = differing(old, new);
                was.insert(name.clone(), old);
                is.insert(name.clone(), new);
            }
            (old, new) => {
                was.extend(old.map(|old| (name.clone(), old.clone())));
                is.extend(new.map(|new| (name.clone(), new.clone())));
            }
        }
    }
    (Json::Object(was), Json::Object(is))
}

/// Makes a change that `decide` plans from what it reads of the tenant, or of the platform where the log is the platform's.
///
/// `decide` runs again whenever something else of the tenant was changed since it began, so what it read still holds when
/// its statements run: limits, last owners and versions need no locks. It must have no effect of its own.
///
/// # Errors
/// What `decide` refuses; 409 where the change's own constraints refuse it, or others never stop changing.
pub async fn write<'l, P: Database, T>(
    exchange: &Exchange<'_, P>,
    log: impl Into<Log<'l>>,
    actor: Actor,
    decide: impl AsyncFn() -> Result<Decision<T>, Problem>,
) -> Result<T, Problem> {
    let log = log.into();
    for _ in 0..TRIES {
        let head = audit::head(exchange.platform, log).await?;
        let planned = match decide().await? {
            Decision::Nothing(output) => return Ok(output),
            Decision::Change(planned) => planned,
        };
        let change = Change {
            actor,
            action: planned.action,
            target: planned.target,
            request_id: exchange.request_id,
            address: exchange.client.address.clone(),
            at: exchange.now,
            before: planned.before.map(bounded),
            after: planned.after.map(bounded),
        };
        match audit::commit(exchange.platform, log, &head, &change, planned.statements).await? {
            Outcome::Done(_) => return Ok(planned.output),
            Outcome::Moved => {}
            Outcome::Refused => return Err(ProblemKind::Conflict.into()),
        }
    }
    Err(Problem::new(ProblemKind::Conflict)
        .because(Reason::ConcurrentChanges)
        .detail("Others are changing the same at the moment. Try again."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_is_kept_whole_up_to_its_bounds_and_by_its_hash_above_them() {
        let fits = json!({ "css": "x".repeat(MAX_TEXT_CHARS), "list": ["é".repeat(MAX_TEXT_CHARS)] });
        assert_eq!(bounded(fits.clone()), fits);
        let long = "x".repeat(MAX_TEXT_CHARS + 1);
        let kept = bounded(json!({ "css": long, "title": "Hi" }));
        assert_eq!(kept, json!({ "css": summary(&long), "title": "Hi" }));
        assert_eq!(kept["css"]["octets"], MAX_TEXT_CHARS + 1);
        let many: Vec<_> = (0..MAX_SIDE_BYTES).map(|_| "x").collect();
        let kept = bounded(json!(many));
        assert_eq!(kept["octets"], MAX_SIDE_BYTES * 4 + 1);
        assert!(kept.to_string().len() < 100);
    }

    #[test]
    fn of_two_documents_what_differs_is_kept() {
        let before = json!({ "a": 1, "b": { "c": 1, "d": 2 }, "gone": true, "list": [1, 2] });
        let after = json!({ "a": 1, "b": { "c": 1, "d": 3 }, "new": null, "list": [1] });
        let wanted = (
            json!({ "b": { "d": 2 }, "gone": true, "list": [1, 2] }),
            json!({ "b": { "d": 3 }, "new": null, "list": [1] }),
        );
        assert_eq!(differing(&before, &after), wanted);
        assert_eq!(differing(&before, &before), (json!({}), json!({})));
    }
}
