//! A tenant that is being made: all of its first rows, or none.

use crate::{
    StoreError,
    brand::releases::{self, NewRelease},
    operations::audit::{self, Change, Head, Outcome},
    tenancy::directory,
};
use livery_domain::{
    clock::UnixMillis,
    embed::origin::EmbedPolicy,
    id::UserId,
    identity::email::Email,
    people::role::Role,
    tenancy::tenant::{TenantKey, TenantScope},
};
use livery_platform::{Database, Row, Statement, Value};

const ADD_TENANT: &str =
    "INSERT INTO tenants (id, key, name, plan_key, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
const ADD_USER: &str = "
    INSERT INTO users (id, email, name, password_hash, locale, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const ADD_OWNER: &str =
    "INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES (?1, ?2, ?3, ?4)";
const ADD_SUBSCRIPTION: &str = "
    INSERT INTO subscriptions (tenant_id, status, trial_ends_at, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?4)";
const TAKEN: &str = "SELECT key FROM tenants WHERE key IN (?1, ?2, ?3, ?4, ?5, ?6)";

/// The owner, if it is a new person.
pub struct NewPerson<'a> {
    pub email: &'a Email,
    pub name: &'a str,
    /// PHC text.
    pub password_hash: &'a str,
    /// Language tag.
    pub locale: Option<&'a str>,
}

/// A tenant about to be made.
pub struct NewTenant<'a> {
    pub key: &'a TenantKey,
    pub name: &'a str,
    pub plan: &'a str,
    /// When the trial ends, if there is one: then the subscription begins as one.
    pub trial_ends_at: Option<UnixMillis>,
    pub owner: UserId,
    /// `None` if the owner has an account already.
    pub new_person: Option<NewPerson<'a>>,
    /// Release 1.
    pub release: NewRelease<'a>,
    pub now: UnixMillis,
}

/// Makes a tenant, its owner, subscription, draft, embed policy, first release and first audit entry, and runs `also`, in
/// one batch. `false` where a constraint refuses: the key or the address is somebody's by now. Then nothing is written.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn register(
    db: &impl Database,
    scope: &TenantScope,
    new: &NewTenant<'_>,
    change: &Change,
    also: Vec<Statement>,
) -> Result<bool, StoreError> {
    let outcome = audit::commit(db, scope, &Head::default(), change, statements(scope, new, also)?).await?;
    Ok(matches!(outcome, Outcome::Done(_)))
}

fn statements(
    scope: &TenantScope,
    new: &NewTenant<'_>,
    also: Vec<Statement>,
) -> Result<Vec<Statement>, StoreError> {
    let now = new.now.0;
    let owner: Value = new.owner.to_string().into();
    let tenant = vec![
        scope.tenant().to_string().into(),
        new.key.as_str().into(),
        new.name.into(),
        new.plan.into(),
        now.into(),
    ];
    let mut batch = vec![Statement::platform(ADD_TENANT, tenant)];
    if let Some(person) = &new.new_person {
        let params = vec![
            owner.clone(),
            person.email.as_str().into(),
            person.name.into(),
            person.password_hash.into(),
            person.locale.into(),
            now.into(),
        ];
        batch.push(Statement::platform(ADD_USER, params));
    }
    let status = if new.trial_ends_at.is_some() { "trialing" } else { "active" };
    let ends: Value = new.trial_ends_at.map(|ends| ends.0).into();
    batch.extend([
        Statement::scoped(scope, ADD_OWNER, vec![owner, Role::Owner.as_str().into(), now.into()]),
        Statement::scoped(scope, ADD_SUBSCRIPTION, vec![status.into(), ends, now.into()]),
        directory::embed_policy_saved(scope, 0, &EmbedPolicy::default(), new.now)?,
    ]);
    batch.extend(releases::published(scope, &new.release)?);
    batch.extend(also);
    Ok(batch)
}

/// Those of up to six keys that a tenant has.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn taken(db: &impl Database, keys: &[&TenantKey]) -> Result<Vec<TenantKey>, StoreError> {
    // No key is empty, so an empty one finds no tenant.
    let params = (0..6).map(|place| keys.get(place).map_or("", |key| key.as_str()).into()).collect();
    let rows = db.query(Statement::platform(TAKEN, params)).await?;
    rows.iter().map(key_of).collect()
}

fn key_of(row: &Row) -> Result<TenantKey, StoreError> {
    Ok(row.parsed(0)?)
}
