//! Rows that a case makes for itself.

use crate::{Platform, text};
use livery_domain::{
    actor::Actor,
    brand::release::{Artifact, ArtifactKind, Manifest, Release, Rev},
    embed::origin::EmbedPolicy,
    hash::content_hash,
    id::{ConversationId, MessageId, RequestId, ReservationId, SessionId, TenantId, UserId, VisitorId},
    tenancy::tenant::TenantScope,
};
use livery_platform::{Statement, Value, fresh_bytes};
use livery_store::{
    brand::releases::{self, NewRelease},
    identity::sessions::{self, NewSession, SessionKind},
    operations::audit::{self, Change, Head, Outcome},
    tenancy::directory,
};
use serde_json::json;

pub fn tenant_id<P: Platform>(platform: &P) -> TenantId {
    TenantId::new(platform.now(), fresh_bytes(platform))
}

pub fn visitor<P: Platform>(platform: &P) -> VisitorId {
    VisitorId::new(platform.now(), fresh_bytes(platform))
}

pub fn conversation_id<P: Platform>(platform: &P) -> ConversationId {
    ConversationId::new(platform.now(), fresh_bytes(platform))
}

pub fn message_id<P: Platform>(platform: &P) -> MessageId {
    MessageId::new(platform.now(), fresh_bytes(platform))
}

pub fn reservation<P: Platform>(platform: &P) -> ReservationId {
    ReservationId::new(platform.now(), fresh_bytes(platform))
}

/// A word that no other case has: 20 letters from `a` to `p`.
pub fn word<P: Platform>(platform: &P) -> String {
    let bytes: [u8; 10] = fresh_bytes(platform);
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| char::from(b'a' + half)).collect()
}

/// Adds a tenant on the plan `free` and returns its key too.
pub async fn tenant_with_key<P: Platform>(platform: &P) -> Result<(TenantScope, String), String> {
    let (id, key) = (tenant_id(platform), word(platform));
    let params = vec![
        Value::from(id.to_string()),
        key.as_str().into(),
        format!("Tenant {key}").into(),
        platform.now().0.into(),
    ];
    let add = "INSERT INTO tenants (id, key, name, plan_key, created_at) VALUES (?1, ?2, ?3, 'free', ?4)";
    platform.query(Statement::platform(add, params)).await.map_err(text)?;
    Ok((TenantScope::grant(id), key))
}

pub async fn tenant<P: Platform>(platform: &P) -> Result<TenantScope, String> {
    Ok(tenant_with_key(platform).await?.0)
}

/// Begins a session of an hour.
pub async fn session<P: Platform>(
    platform: &P,
    scope: &TenantScope,
    user: UserId,
) -> Result<SessionId, String> {
    let now = platform.now();
    let id = SessionId::new(now, fresh_bytes(platform));
    let new = NewSession {
        id,
        user,
        kind: SessionKind::Api,
        secret_hash: None,
        address: None,
        user_agent: None,
        now,
        expires_at: now.plus_secs(3600),
    };
    platform.query(sessions::opened(scope, &new)).await.map_err(text)?;
    Ok(id)
}

/// Adds a member with the role `owner` and returns its id and address.
pub async fn member<P: Platform>(platform: &P, scope: &TenantScope) -> Result<(UserId, String), String> {
    let (id, email) =
        (UserId::new(platform.now(), fresh_bytes(platform)), format!("{}@contract.test", word(platform)));
    let user = vec![Value::from(id.to_string()), email.as_str().into(), platform.now().0.into()];
    let add =
        "INSERT INTO users (id, email, name, password_hash, created_at) VALUES (?1, ?2, 'N', 'hash', ?3)";
    let join = "INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES (?1, ?2, 'owner', ?3)";
    let joined = vec![Value::from(id.to_string()), platform.now().0.into()];
    platform
        .batch(vec![Statement::platform(add, user), Statement::scoped(scope, join, joined)])
        .await
        .map_err(text)?;
    Ok((id, email))
}

/// Makes an existing person a viewer of another tenant.
pub async fn join<P: Platform>(platform: &P, scope: &TenantScope, user: UserId) -> Result<(), String> {
    let join = "INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES (?1, ?2, 'viewer', ?3)";
    let joined = vec![Value::from(user.to_string()), platform.now().0.into()];
    platform.query(Statement::scoped(scope, join, joined)).await.map(|_| ()).map_err(text)
}

/// Adds a host of the tenant.
pub async fn domain<P: Platform>(
    platform: &P,
    scope: &TenantScope,
    host: &str,
    status: &str,
) -> Result<(), String> {
    let add = "INSERT INTO domains (host, tenant_id, status, created_at) VALUES (?2, ?1, ?3, ?4)";
    let params = vec![host.into(), status.into(), platform.now().0.into()];
    platform.query(Statement::scoped(scope, add, params)).await.map(|_| ()).map_err(text)
}

pub fn artifact(kind: ArtifactKind, body: &str) -> Artifact {
    Artifact { kind, hash: content_hash(body.as_bytes()), body: body.to_owned() }
}

/// Publishes a release whose stylesheet is `css`; `false` where the revision was taken.
pub async fn publish<P: Platform>(
    platform: &P,
    scope: &TenantScope,
    rev: Rev,
    css: &str,
) -> Result<(bool, Release), String> {
    let artifacts = [artifact(ArtifactKind::Stylesheet, css), artifact(ArtifactKind::Config, "{}")];
    let [stylesheet, config] = &artifacts;
    let manifest = Manifest {
        stylesheet: stylesheet.hash.clone(),
        config: config.hash.clone(),
        embed_policy: EmbedPolicy::default(),
    };
    let release = Release { rev, manifest, published_by: None, published_at: platform.now() };
    let new = NewRelease { release: &release, theme: &json!({ "css": css }), artifacts: &artifacts };
    let made = releases::publish(platform, scope, &new).await.map_err(text)?;
    Ok((made, release))
}

/// Replaces the embed policy of this version through the audit log.
pub async fn changed<P: Platform>(
    platform: &P,
    scope: &TenantScope,
    version: i64,
    policy: &EmbedPolicy,
) -> Result<Outcome, String> {
    let head = audit::head(scope).from(platform).await.map_err(text)?;
    changed_after(platform, scope, &head, version, policy).await
}

/// The same for a writer that read the log at `head`.
pub async fn changed_after<P: Platform>(
    platform: &P,
    scope: &TenantScope,
    head: &Head,
    version: i64,
    policy: &EmbedPolicy,
) -> Result<Outcome, String> {
    let now = platform.now();
    let change = Change {
        actor: Actor::System,
        action: livery_domain::operations::action::Action::EmbedPolicyReplaced,
        target: scope.tenant().to_string(),
        request_id: RequestId::new(now, fresh_bytes(platform)),
        address: None,
        at: now,
        before: None,
        after: Some(json!({ "origins": policy })),
    };
    let saved = directory::embed_policy_saved(scope, version, policy, now).map_err(text)?;
    audit::commit(platform, scope, head, &change, vec![saved]).await.map_err(text)
}
