//! Every method of the stores under another tenant's scope: it sees nothing and changes nothing.

use crate::{
    Platform, fresh, same,
    stores::{opened, say},
    text,
};
use livery_domain::{
    embed::origin::EmbedPolicy, id::UserId, identity::email::Email, people::role::Role,
    tenancy::tenant::TenantScope,
};
use livery_platform::fresh_bytes;
use livery_store::{
    brand::{releases, themes},
    embed::conversations,
    identity::{people, sessions},
    people::members,
    tenancy::directory::{self, WhichTenant},
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

async fn two<P: Platform>(platform: &P) -> Result<[TenantScope; 2], String> {
    Ok([fresh::tenant(platform).await?, fresh::tenant(platform).await?])
}

fn policy(origin: &str) -> Result<EmbedPolicy, String> {
    serde_json::from_value(json!([origin])).map_err(text)
}

pub async fn another_tenants_name_plan_and_policy_are_not_seen<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let [ours, theirs] = two(platform).await?;
    let saved = policy("https://theirs.example")?;
    fresh::changed(platform, &theirs, 0, &saved).await?;
    let found = directory::embed_policy(platform, &ours).await.map_err(text)?;
    same("our policy", &found, &(EmbedPolicy::default(), 0))?;
    let tenant = directory::tenant(platform, &ours).await.map_err(text)?;
    same("whom our scope names", &tenant.map(|tenant| tenant.id), &Some(ours.tenant()))?;
    let nobody = TenantScope::grant(fresh::tenant_id(platform));
    same("a tenant that is not there", &directory::tenant(platform, &nobody).await.map_err(text)?, &None)?;
    same("its messages", &directory::messages_limit(&nobody).from(platform).await.map_err(text)?, &0)?;
    same("ours", &directory::messages_limit(&ours).from(platform).await.map_err(text)?, &1000)
}

pub async fn another_tenants_people_are_not_seen<P: Platform>(platform: &P) -> Result<(), String> {
    let [ours, theirs] = two(platform).await?;
    let (user, email) = fresh::member(platform, &theirs).await?;
    let email = Email::parse(&email).map_err(text)?;
    let credentials = async |scope: &TenantScope| {
        let tenant = directory::tenant(platform, scope).await.map_err(text)?.ok_or("the tenant is gone")?;
        let read = people::credentials_at(&WhichTenant::with_key(&tenant.key), &email);
        let found = read.from(platform).await.map_err(text)?;
        Ok::<_, String>(found.map(|(tenant, known)| (tenant, known.user)))
    };
    same("their own", &credentials(&theirs).await?, &Some((theirs.tenant(), user)))?;
    same("credentials at our tenant", &credentials(&ours).await?, &None)?;
    // As many as a page of the log can name, of which few are theirs.
    let (ours_alone, _) = fresh::member(platform, &ours).await?;
    let (second, _) = fresh::member(platform, &theirs).await?;
    let strangers = (0..199).map(|_| UserId::new(platform.now(), fresh_bytes(platform)));
    let asked: BTreeSet<_> = strangers.chain([user, ours_alone, second]).collect();
    let names = async |scope| members::names(platform, scope, &asked).await.map_err(text);
    let named =
        |users: &[UserId]| users.iter().map(|user| (*user, "N".to_owned())).collect::<BTreeMap<_, _>>();
    same("their names", &names(&theirs).await?, &named(&[user, second]))?;
    same("names under our scope", &names(&ours).await?, &named(&[ours_alone]))?;
    let session = fresh::session(platform, &theirs, user).await?;
    let role = async |scope| {
        sessions::standing(scope, session, user, platform.now()).from(platform).await.map_err(text)
    };
    same("their own session", &role(&theirs).await?.map(|role| role.role), &Some(Role::Owner))?;
    same("their session under our scope", &role(&ours).await?, &None)
}

pub async fn another_tenants_draft_is_not_seen<P: Platform>(platform: &P) -> Result<(), String> {
    let [ours, theirs] = two(platform).await?;
    themes::save_draft(platform, &theirs, 0, &json!({ "by": "them" }), platform.now()).await.map_err(text)?;
    same("our draft", &themes::draft(platform, &ours).await.map_err(text)?, &None)?;
    let over = themes::save_draft(platform, &ours, 1, &json!({}), platform.now()).await.map_err(text)?;
    same("saving over their version under our scope", &over, &None)
}

pub async fn another_tenants_releases_and_files_are_not_seen<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let [ours, theirs] = two(platform).await?;
    let (_, release) = fresh::publish(platform, &theirs, 1, ".theirs{}").await?;
    same("our live release", &releases::live(&ours).from(platform).await.map_err(text)?, &None)?;
    same("our page", &releases::page(platform, &ours, 99, 99).await.map_err(text)?, &vec![])?;
    same("our newest revision", &releases::newest_rev(&ours).from(platform).await.map_err(text)?, &0)?;
    for hash in [&release.manifest.stylesheet, &release.manifest.config] {
        same(
            "their file under our scope",
            &releases::artifact(platform, &ours, hash).await.map_err(text)?,
            &None,
        )?;
    }
    // The same revision and the very same files are another release of ours.
    let (made, _) = fresh::publish(platform, &ours, 1, ".theirs{}").await?;
    same("the same published by us", &made, &true)?;
    let file = releases::artifact(platform, &ours, &release.manifest.stylesheet).await.map_err(text)?;
    same("now it is ours too", &file.map(|file| file.body), &Some(".theirs{}".into()))
}

pub async fn another_tenants_conversations_are_not_seen<P: Platform>(platform: &P) -> Result<(), String> {
    let [ours, theirs] = two(platform).await?;
    let visitor = fresh::visitor(platform);
    let id = fresh::conversation_id(platform);
    let (conversation, _) =
        conversations::open(platform, &theirs, visitor, id, platform.now()).await.map_err(text)?;
    say(platform, &theirs, id, "k1", "secret").await?;
    // The same visitor id, so that only the tenant distinguishes them.
    same(
        "ours of the visitor",
        &conversations::of_visitor(platform, &ours, visitor).await.map_err(text)?,
        &vec![],
    )?;
    let found = conversations::find(&ours, visitor, conversation.id).from(platform).await.map_err(text)?;
    same("theirs under our scope", &found, &None)?;
    let read = conversations::messages_after(platform, &ours, id, 0, 100).await.map_err(text)?;
    same("its messages under our scope", &read, &vec![])?;
    let sent = conversations::message_sent(&ours, id, "k1").from(platform).await.map_err(text)?;
    same("its message by key under our scope", &sent, &None)?;
    let other = fresh::visitor(platform);
    let found = conversations::find(&theirs, other, conversation.id).from(platform).await.map_err(text)?;
    same("another visitor's within the tenant", &found, &None)?;
    let mine = fresh::conversation_id(platform);
    let (opened, made) =
        conversations::open(platform, &ours, visitor, mine, platform.now()).await.map_err(text)?;
    same("the visitor's first with us", &(opened.id, made), &(mine, true))
}

pub async fn another_tenants_conversation_takes_no_message<P: Platform>(platform: &P) -> Result<(), String> {
    let [ours, theirs] = two(platform).await?;
    let conversation = opened(platform, &theirs).await?;
    same("a message under our scope", &say(platform, &ours, conversation, "k1", "hello").await?, &None)?;
    let stored = say(platform, &theirs, conversation, "k1", "hello").await?;
    same("their own first number", &stored.map(|message| message.seq), &Some(1))
}

pub async fn what_one_tenant_writes_changes_nothing_of_anothers<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let [ours, theirs] = two(platform).await?;
    let now = platform.now();
    for scope in [&ours, &theirs] {
        fresh::changed(platform, scope, 0, &policy("https://first.example")?).await?;
        themes::save_draft(platform, scope, 0, &json!({ "n": 1 }), now).await.map_err(text)?;
        fresh::publish(platform, scope, 1, ".first{}").await?;
    }
    let state = async || -> Result<_, String> {
        Ok((
            directory::embed_policy(platform, &theirs).await.map_err(text)?,
            themes::draft(platform, &theirs).await.map_err(text)?,
            releases::live(&theirs).from(platform).await.map_err(text)?,
        ))
    };
    let before = state().await?;
    fresh::changed(platform, &ours, 1, &policy("https://second.example")?).await?;
    let changed = themes::save_draft(platform, &ours, 1, &json!({ "n": 2 }), now).await;
    same("our draft's new version", &changed.map_err(text)?, &Some(2))?;
    fresh::publish(platform, &ours, 2, ".second{}").await?;
    same("what is theirs", &state().await?, &before)
}
