//! Keys of tenants and partners, and flags.

use crate::{Platform, fresh, holds, same, text};
use futures_util::future::join_all;
use livery_domain::{
    actor::Actor,
    id::{ApiKeyId, PartnerId, RequestId},
    identity::{
        api_key::{ApiKey, KeyStatus, LAST_USED_SECS},
        credential::{CREDENTIAL_ENTROPY_BYTES, Credential, CredentialKind},
    },
    people::permission::{Permission, PermissionSet},
    tenancy::{
        flag::{Flag, FlagSource},
        tenant::TenantScope,
    },
};
use livery_platform::fresh_bytes;
use livery_store::{
    identity::api_keys::{self, KeyHolder, Owner},
    operations::audit::{self, Change, Log, Outcome},
    partners::{self, Partner},
    tenancy::{flags, registry},
};
use serde_json::json;

fn key<P: Platform>(platform: &P) -> (ApiKey, String) {
    let now = platform.now();
    let secret = Credential::new(CredentialKind::ApiKey, fresh_bytes::<CREDENTIAL_ENTROPY_BYTES>(platform));
    let key = ApiKey {
        id: ApiKeyId::new(now, fresh_bytes(platform)),
        name: "CI ✓".into(),
        hint: secret.hint(),
        scopes: PermissionSet::from_iter([Permission::BrandRead, Permission::BrandEdit]),
        created_by: Some("usr_1".into()),
        created_at: now,
        expires_at: Some(now.plus_secs(3600)),
        last_used_at: None,
        revoked_at: None,
        replaced_by: None,
    };
    (key, secret.hash())
}

async fn added<P: Platform>(platform: &P, owner: Owner<'_>) -> Result<(ApiKey, String), String> {
    let (key, hash) = key(platform);
    platform.query(api_keys::added(owner, &key, &hash).map_err(text)?).await.map_err(text)?;
    Ok((key, hash))
}

async fn partner<P: Platform>(platform: &P) -> Result<PartnerId, String> {
    let id = PartnerId::new(platform.now(), fresh_bytes(platform));
    let partner = Partner { id, name: "Partner".into(), created_at: platform.now() };
    platform.query(partners::added(&partner)).await.map_err(text)?;
    Ok(id)
}

pub async fn a_key_is_found_by_its_hash_for_whom_it_is<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let partner = partner(platform).await?;
    let (ours, hash) = added(platform, Owner::Tenant(&scope)).await?;
    let (theirs, their_hash) = added(platform, Owner::Partner(partner)).await?;
    let find = async |hash: &str| api_keys::with_hash(platform, hash).await.map_err(text);
    same("the tenant's", &find(&hash).await?, &Some((ours.clone(), KeyHolder::Tenant(scope.tenant()))))?;
    same("the partner's", &find(&their_hash).await?, &Some((theirs.clone(), KeyHolder::Partner(partner))))?;
    same("nobody's", &find("nobody's").await?, &None)?;
    let page = api_keys::page(platform, Owner::Partner(partner), None, 10).await.map_err(text)?;
    same("the partner's list", &page, &vec![theirs])
}

pub async fn another_tenants_keys_are_not_seen<P: Platform>(platform: &P) -> Result<(), String> {
    let (scope, other) = (fresh::tenant(platform).await?, fresh::tenant(platform).await?);
    let (owner, theirs) = (Owner::Tenant(&scope), Owner::Tenant(&other));
    let (key, _) = added(platform, owner).await?;
    same("one", &api_keys::one(theirs, key.id).from(platform).await.map_err(text)?, &None)?;
    same("list", &api_keys::page(platform, theirs, None, 10).await.map_err(text)?, &vec![])?;
    same("count", &api_keys::count_live(theirs, platform.now()).from(platform).await.map_err(text)?, &0)?;
    platform.query(api_keys::revoked(theirs, key.id, platform.now())).await.map_err(text)?;
    same("what they revoke", &api_keys::one(owner, key.id).from(platform).await.map_err(text)?, &Some(key))
}

pub async fn the_last_use_of_a_key_is_written_once_a_minute<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let owner = Owner::Tenant(&scope);
    let (key, _) = added(platform, owner).await?;
    let start = platform.now();
    for (secs, wanted) in [(0, 0), (LAST_USED_SECS - 1, 0), (LAST_USED_SECS, LAST_USED_SECS)] {
        api_keys::used(platform, key.id, start.plus_secs(secs)).await.map_err(text)?;
        let used = api_keys::one(owner, key.id).from(platform).await.map_err(text)?;
        let used = used.and_then(|key| key.last_used_at);
        same(&format!("after {secs} s"), &used, &Some(start.plus_secs(wanted)))?;
    }
    Ok(())
}

pub async fn a_rotation_leaves_two_keys_of_a_line_that_count_as_one<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let owner = Owner::Tenant(&scope);
    let now = platform.now();
    let mut line = vec![added(platform, owner).await?.0];
    for _ in 0..2 {
        let next = added(platform, owner).await?.0;
        let old = line.last().ok_or("no key")?;
        let statements = api_keys::replaced(owner, old.id, next.id, now.plus_secs(60), now);
        platform.batch(statements.into()).await.map_err(text)?;
        line.push(next);
    }
    let mut found = vec![];
    for key in &line {
        let key = api_keys::one(owner, key.id).from(platform).await.map_err(text)?.ok_or("a key is gone")?;
        found.push((key.status(now), key.replaced_by));
    }
    let ids: Vec<_> = line.iter().map(|key| Some(key.id)).collect();
    let wanted = [KeyStatus::Revoked, KeyStatus::Replaced, KeyStatus::Active];
    let wanted: Vec<_> = wanted.into_iter().zip(ids.into_iter().skip(1).chain([None])).collect();
    same("the line", &found, &wanted)?;
    same("count", &api_keys::count_live(owner, now).from(platform).await.map_err(text)?, &1)
}

/// As `access::change::write` does it: the head first, then the count, then one batch; begun again if another writer was
/// first.
pub async fn of_many_who_make_keys_at_once_the_limit_is_met_exactly<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    const LIMIT: i64 = 3;
    let scope = fresh::tenant(platform).await?;
    let made = join_all((0..8).map(|_| make_below(platform, &scope, LIMIT))).await;
    let made = made.into_iter().collect::<Result<Vec<_>, _>>()?;
    same("made", &made.iter().filter(|made| **made).count(), &3)?;
    let count = api_keys::count_live(Owner::Tenant(&scope), platform.now()).from(platform).await;
    same("count", &count.map_err(text)?, &LIMIT)
}

async fn make_below<P: Platform>(platform: &P, scope: &TenantScope, limit: i64) -> Result<bool, String> {
    let owner = Owner::Tenant(scope);
    let (key, hash) = key(platform);
    for _ in 0..32 {
        let head = audit::head(scope).from(platform).await.map_err(text)?;
        if api_keys::count_live(owner, platform.now()).from(platform).await.map_err(text)? >= limit {
            return Ok(false);
        }
        let added = api_keys::added(owner, &key, &hash).map_err(text)?;
        match audit::commit(platform, scope, &head, &change(platform), vec![added]).await.map_err(text)? {
            Outcome::Done(_) => return Ok(true),
            Outcome::Moved => {}
            Outcome::Refused => return Err("a key was refused".into()),
        }
    }
    Err("others never stopped".into())
}

fn change<P: Platform>(platform: &P) -> Change {
    Change {
        actor: Actor::System,
        action: livery_domain::operations::action::Action::ApiKeyCreated,
        target: "key_1".into(),
        request_id: RequestId::new(platform.now(), fresh_bytes(platform)),
        address: None,
        at: platform.now(),
        before: None,
        after: Some(json!({ "name": "CI" })),
    }
}

pub async fn a_partner_finds_its_own_tenants_alone<P: Platform>(platform: &P) -> Result<(), String> {
    let (ours, theirs) = (partner(platform).await?, partner(platform).await?);
    let (scope, tenant_key) = fresh::tenant_with_key(platform).await?;
    let id = scope.tenant();
    let find = async |partner, named: &str| {
        let found = partners::tenant(platform, partner, named).await.map_err(text)?;
        Ok::<_, String>(found.map(|tenant| tenant.id))
    };
    same("before", &find(ours, &tenant_key).await?, &None)?;
    platform.query(registry::partner_set(&scope, Some(ours))).await.map_err(text)?;
    same("by key", &find(ours, &tenant_key).await?, &Some(id))?;
    same("by id", &find(ours, &id.to_string()).await?, &Some(id))?;
    same("for another partner", &find(theirs, &tenant_key).await?, &None)?;
    platform.query(registry::partner_set(&scope, None)).await.map_err(text)?;
    same("after", &find(ours, &id.to_string()).await?, &None)
}

pub async fn the_platforms_own_log_is_a_chain_too<P: Platform>(platform: &P) -> Result<(), String> {
    // Other cases write to it at the same time: each try may come second.
    for _ in 0..32 {
        let head = audit::head(Log::Platform).from(platform).await.map_err(text)?;
        let outcome = audit::commit(platform, Log::Platform, &head, &change(platform), vec![]).await;
        if outcome.map_err(text)? == Outcome::Moved {
            continue;
        }
        let entries = audit::platform_following(platform, head.seq, 1).await.map_err(text)?;
        let entry = entries.first().ok_or("no entry")?;
        same("number", &entry.seq, &(head.seq + 1))?;
        same("hash of the one before", &entry.prev_hash, &head.hash)?;
        return same("own hash", &entry.hash, &entry.expected_hash());
    }
    Err("others never stopped".into())
}

pub async fn a_flag_counts_by_override_then_by_plan<P: Platform>(platform: &P) -> Result<(), String> {
    let (scope, other) = (fresh::tenant(platform).await?, fresh::tenant(platform).await?);
    let now = platform.now();
    let shown = async |scope: &TenantScope, flag| {
        let found = flags::of_tenant(platform, scope).await.map_err(text)?.shown(flag);
        Ok::<_, String>((found.value, found.source))
    };
    let flag = Flag::ApiKeysMax;
    same("the plan's", &shown(&scope, flag).await?, &(json!(2), FlagSource::Plan))?;
    for value in [json!(7), json!(9), json!("nine")] {
        platform.query(flags::overridden(&scope, flag, &value, now)).await.map_err(text)?;
        let wanted =
            if value.is_i64() { (value, FlagSource::Override) } else { (json!(2), FlagSource::Plan) };
        same("overridden", &shown(&scope, flag).await?, &wanted)?;
    }
    platform.query(flags::overridden(&scope, Flag::CustomRoles, &json!(true), now)).await.map_err(text)?;
    same("another flag", &shown(&scope, Flag::CustomRoles).await?, &(json!(true), FlagSource::Override))?;
    same("another tenant", &shown(&other, Flag::CustomRoles).await?, &(json!(false), FlagSource::Plan))?;
    platform.query(flags::reset(&scope, flag)).await.map_err(text)?;
    same("reset", &shown(&scope, flag).await?, &(json!(2), FlagSource::Plan))?;
    holds("the other override stays", shown(&scope, Flag::CustomRoles).await?.1 == FlagSource::Override)
}
