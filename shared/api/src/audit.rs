//! Every change of a tenant goes through here: it is written down, and it is decided on what is really there.

use crate::{Exchange, Problem, ProblemKind};
use livery_domain::actor::Actor;
use livery_platform::{Database, Statement};
use livery_store::audit::{self, Change, Log, Outcome};
use serde_json::Value as Json;

/// How often a change is decided again because another one of the same tenant came between. Each time one of them went
/// through, so 32 writers at once all do.
const TRIES: usize = 32;

/// What somebody is about to change.
pub struct Planned<T> {
    /// `noun.verb`, in the past tense.
    pub action: &'static str,
    /// Id of what is changed.
    pub target: String,
    /// What it was and what it is then, without secrets.
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

/// Makes a change that `decide` plans from what it reads of the tenant, or of the platform where the log is the platform's.
///
/// `decide` runs again whenever something else of the tenant was changed since it began, so what it read still holds when
/// its statements run: limits, last owners and versions need no locks. It must have no effect of its own.
///
/// # Errors
/// What `decide` refuses; 409 where the change's own constraints refuse it, or others never stop changing.
pub async fn change<'l, P: Database, T>(
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
            before: planned.before,
            after: planned.after,
        };
        match audit::commit(exchange.platform, log, &head, &change, planned.statements).await? {
            Outcome::Done(_) => return Ok(planned.output),
            Outcome::Moved => {}
            Outcome::Refused => return Err(ProblemKind::Conflict.into()),
        }
    }
    Err(Problem::new(ProblemKind::Conflict).detail("Others are changing the same at the moment. Try again."))
}
