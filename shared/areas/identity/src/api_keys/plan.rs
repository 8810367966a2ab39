//! Making, rotating and revoking a key, whoever it belongs to: what is written, decided on what is there.

use super::content::{Accepted, KeyView, MadeKey};
use livery_access::change::{Decision, Planned};
use livery_domain::{
    actor::Actor,
    id::ApiKeyId,
    identity::{
        api_key::{ApiKey, KeyStatus},
        credential::{Credential, CredentialKind},
    },
    operations::action::Action,
    people::permission::PermissionSet,
    reason::Reason,
};
use livery_http::{Exchange, Problem, ProblemKind};
use livery_platform::{Database, Entropy, fresh_bytes};
use livery_store::identity::api_keys::{self, Owner};
use serde_json::{Value as Json, json};

/// A key that nobody has yet.
pub struct Fresh {
    id: ApiKeyId,
    secret: Credential,
}

impl Fresh {
    pub fn new<P: Entropy>(exchange: &Exchange<'_, P>, kind: CredentialKind) -> Self {
        Self {
            id: ApiKeyId::new(exchange.now, fresh_bytes(exchange.platform)),
            secret: Credential::new(kind, fresh_bytes(exchange.platform)),
        }
    }

    fn made<P>(&self, exchange: &Exchange<'_, P>, key: &ApiKey) -> MadeKey {
        MadeKey { key: self.secret.reveal().to_owned(), details: KeyView::new(key, exchange.now) }
    }
}

/// What the audit log keeps of a key.
fn audited(key: &ApiKey) -> Json {
    json!({ "name": key.name, "hint": key.hint, "scopes": key.scopes, "expires_at": key.expires_at.map(|at| at.rfc3339()) })
}

/// The key of this name, which has to be one of the owner's.
///
/// # Errors
/// 404 where it is not.
pub async fn found<P: Database>(
    exchange: &Exchange<'_, P>,
    owner: Owner<'_>,
    key: ApiKeyId,
) -> Result<ApiKey, Problem> {
    api_keys::one(exchange.platform, owner, key).await?.ok_or_else(Problem::not_found)
}

/// A new key.
pub fn creation<P>(
    exchange: &Exchange<'_, P>,
    owner: Owner<'_>,
    actor: Actor,
    fresh: &Fresh,
    accepted: &Accepted,
) -> Result<Planned<MadeKey>, Problem> {
    let key = ApiKey {
        id: fresh.id,
        name: accepted.name.clone(),
        hint: fresh.secret.hint(),
        scopes: accepted.scopes,
        created_by: Some(actor.to_string()),
        created_at: exchange.now,
        expires_at: accepted.expires_at,
        last_used_at: None,
        revoked_at: None,
        replaced_by: None,
    };
    Ok(Planned {
        action: Action::ApiKeyCreated,
        target: key.id.to_string(),
        before: None,
        after: Some(audited(&key)),
        statements: vec![api_keys::added(owner, &key, &fresh.secret.hash())?],
        output: fresh.made(exchange, &key),
    })
}

/// A key's successor. `most` is what whoever rotates may do: it gets to see a key with these scopes.
///
/// # Errors
/// 404; 403 where the key may do more than `most`; 409 where it is dead or has a successor.
pub async fn rotation<P: Database>(
    exchange: &Exchange<'_, P>,
    owner: Owner<'_>,
    (actor, most): (Actor, PermissionSet),
    key: ApiKeyId,
    fresh: &Fresh,
    overlap_hours: i64,
) -> Result<Planned<MadeKey>, Problem> {
    let old = found(exchange, owner, key).await?;
    if !most.covers(old.scopes) {
        return Err(Problem::new(ProblemKind::Forbidden)
            .because(Reason::KeyExceedsMaker)
            .detail("The key may do more than you may."));
    }
    match old.status(exchange.now) {
        KeyStatus::Active => {}
        KeyStatus::Replaced => {
            return Err(conflict(Reason::KeyReplaced, "The key has a successor already: rotate that one."));
        }
        KeyStatus::Expired => {
            return Err(conflict(Reason::KeyExpired, "The key has expired: make a new one."));
        }
        KeyStatus::Revoked => {
            return Err(conflict(Reason::KeyRevoked, "The key is revoked: make a new one."));
        }
    }
    let successor = ApiKey {
        id: fresh.id,
        hint: fresh.secret.hint(),
        created_by: Some(actor.to_string()),
        created_at: exchange.now,
        expires_at: old.successor_expires_at(exchange.now),
        last_used_at: None,
        ..old.clone()
    };
    let until = old.expires_after_overlap(exchange.now, overlap_hours);
    let mut statements = vec![api_keys::added(owner, &successor, &fresh.secret.hash())?];
    statements.extend(api_keys::replaced(owner, old.id, successor.id, until, exchange.now));
    let mut after = audited(&successor);
    if let Some(after) = after.as_object_mut() {
        after.insert("id".into(), json!(successor.id));
        after.insert("old_key_expires_at".into(), json!(until.rfc3339()));
    }
    Ok(Planned {
        action: Action::ApiKeyRotated,
        target: old.id.to_string(),
        before: Some(audited(&old)),
        after: Some(after),
        statements,
        output: fresh.made(exchange, &successor),
    })
}

/// A key's end, now. One that is dead already stays as it is.
///
/// # Errors
/// 404.
pub async fn revocation<P: Database>(
    exchange: &Exchange<'_, P>,
    owner: Owner<'_>,
    key: ApiKeyId,
) -> Result<Decision<()>, Problem> {
    let key = found(exchange, owner, key).await?;
    if !key.is_live(exchange.now) {
        return Ok(Decision::Nothing(()));
    }
    Ok(Decision::Change(Planned {
        action: Action::ApiKeyRevoked,
        target: key.id.to_string(),
        before: Some(audited(&key)),
        after: None,
        statements: vec![api_keys::revoked(owner, key.id, exchange.now)],
        output: (),
    }))
}

fn conflict(reason: Reason, detail: &'static str) -> Problem {
    Problem::new(ProblemKind::Conflict).because(reason).detail(detail)
}
