//! What the stores promise on top of any database: versions, revisions, numbers.

use crate::{Platform, fresh, holds, same, text};
use futures_util::future::{join, join_all};
use livery_domain::{
    brand::release::ArtifactKind,
    clock::UnixMillis,
    embed::{
        conversation::{Author, Message, MessageText},
        origin::EmbedPolicy,
    },
    id::{ConversationId, MailId},
    identity::email::Email,
    mail::{HeaderText, Mail, MailKind},
    tenancy::{host::Host, tenant::TenantScope},
};
use livery_platform::fresh_bytes;
use livery_store::{
    brand::{releases, themes},
    embed::conversations::{self, NewMessage},
    operations::{
        audit::{self, Outcome},
        outbox,
    },
    tenancy::directory,
};
use serde_json::json;

fn host(name: &str) -> Result<Host, String> {
    Host::parse(name).map_err(text)
}

pub async fn the_exact_domain_comes_before_the_subdomain<P: Platform>(platform: &P) -> Result<(), String> {
    let (scope, key) = fresh::tenant_with_key(platform).await?;
    let (other, other_key) = fresh::tenant_with_key(platform).await?;
    let apex = host(&format!("{}.test", fresh::word(platform)))?;
    let subdomain = host(&format!("{key}.{apex}"))?;
    let found = directory::tenant_at(platform, &subdomain, &apex).await.map_err(text)?;
    same("at the platform's subdomain", &found.map(|tenant| tenant.id), &Some(scope.tenant()))?;
    // The first label of a domain of its own says nothing: this one spells the first tenant's key.
    let domain = host(&format!("{key}.{other_key}.test"))?;
    let none = directory::tenant_at(platform, &domain, &apex).await.map_err(text)?;
    same("at a domain that nobody has", &none, &None)?;
    fresh::domain(platform, &other, domain.as_str(), "verified").await?;
    let found = directory::tenant_at(platform, &domain, &apex).await.map_err(text)?;
    same("at a domain of its own", &found.map(|tenant| tenant.id), &Some(other.tenant()))?;
    fresh::domain(platform, &other, subdomain.as_str(), "verified").await?;
    let found = directory::tenant_at(platform, &subdomain, &apex).await.map_err(text)?;
    same("at a host that is both", &found.map(|tenant| tenant.id), &Some(other.tenant()))
}

pub async fn a_domain_without_its_proof_finds_nobody<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let apex = host(&format!("{}.test", fresh::word(platform)))?;
    for status in ["pending", "removed"] {
        let domain = host(&format!("{}.test", fresh::word(platform)))?;
        fresh::domain(platform, &scope, domain.as_str(), status).await?;
        let found = directory::tenant_at(platform, &domain, &apex).await.map_err(text)?;
        same(status, &found, &None)?;
    }
    Ok(())
}

/// Of two changes that began at the same head of the audit log one is written, whole, and the other not at all.
pub async fn of_two_changes_at_once_one_is_made_and_the_other_told<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let policy = |origin: &str| serde_json::from_value::<EmbedPolicy>(json!([origin])).map_err(text);
    let (a, b) = (policy("https://a.example")?, policy("https://b.example")?);
    for version in 0..3 {
        let head = audit::head(&scope).from(platform).await.map_err(text)?;
        let (first, second) = join(
            fresh::changed_after(platform, &scope, &head, version, &a),
            fresh::changed_after(platform, &scope, &head, version, &b),
        )
        .await;
        let kept = match [first?, second?] {
            [Outcome::Done(_), Outcome::Moved] => &a,
            [Outcome::Moved, Outcome::Done(_)] => &b,
            other => return Err(format!("at version {version}: {other:?} instead of one winner")),
        };
        let found = directory::embed_policy(platform, &scope).await.map_err(text)?;
        same("the policy kept", &found, &(kept.clone(), version + 1))?;
    }
    let log = audit::following(platform, &scope, 0, 10).await.map_err(text)?;
    same("entries", &log.iter().map(|entry| entry.seq).collect::<Vec<_>>(), &vec![1, 2, 3])?;
    let mut hash = String::new();
    for entry in log {
        same("hash of the one before", &entry.prev_hash, &hash)?;
        same("own hash", &entry.hash, &entry.expected_hash())?;
        hash = entry.hash;
    }
    Ok(())
}

async fn race_of_drafts<P: Platform>(platform: &P, scope: &TenantScope, version: i64) -> Result<(), String> {
    let (now, a, b) = (platform.now(), json!({ "by": "a" }), json!({ "by": "b" }));
    let (first, second) = join(
        themes::save_draft(platform, scope, version, &a, now),
        themes::save_draft(platform, scope, version, &b, now),
    )
    .await;
    let saved = [first.map_err(text)?, second.map_err(text)?];
    let kept = match saved {
        [Some(version), None] => (a, version),
        [None, Some(version)] => (b, version),
        other => return Err(format!("at version {version}: {other:?} instead of one winner")),
    };
    let found = themes::draft(platform, scope).await.map_err(text)?;
    same("the draft kept", &found.map(|draft| (draft.theme, draft.version)), &Some(kept))?;
    let late =
        themes::save_draft(platform, scope, version, &json!({ "by": "late" }), now).await.map_err(text)?;
    same("a writer who comes later", &late, &None)
}

pub async fn of_two_first_drafts_one_is_kept<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    same("before the first", &themes::draft(platform, &scope).await.map_err(text)?, &None)?;
    race_of_drafts(platform, &scope, 0).await
}

pub async fn of_two_drafts_for_one_version_one_is_kept<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    for version in 0..4 {
        race_of_drafts(platform, &scope, version).await?;
    }
    Ok(())
}

pub async fn a_release_is_live_with_its_files<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    same("before the first", &releases::live(&scope).from(platform).await.map_err(text)?, &None)?;
    same("revision before the first", &releases::newest_rev(&scope).from(platform).await.map_err(text)?, &0)?;
    for (rev, css) in [(1, "a{}"), (2, "b{}"), (3, "a{}")] {
        let (made, release) = fresh::publish(platform, &scope, rev, css).await?;
        holds("a new revision is published", made)?;
        let live = releases::live(&scope).from(platform).await.map_err(text)?;
        same("what is live", &live, &Some(release.clone()))?;
        let file = releases::artifact(platform, &scope, &release.manifest.stylesheet).await.map_err(text)?;
        same("its stylesheet", &file, &Some(fresh::artifact(ArtifactKind::Stylesheet, css)))?;
        same("newest revision", &releases::newest_rev(&scope).from(platform).await.map_err(text)?, &rev)?;
    }
    Ok(())
}

pub async fn a_revision_is_published_once<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let (_, first) = fresh::publish(platform, &scope, 1, "a{}").await?;
    let (again, second) = fresh::publish(platform, &scope, 1, "b{}").await?;
    holds("the second is refused", !again)?;
    same("what is live", &releases::live(&scope).from(platform).await.map_err(text)?, &Some(first))?;
    let file = releases::artifact(platform, &scope, &second.manifest.stylesheet).await.map_err(text)?;
    same("a file of the one refused", &file, &None)
}

pub async fn of_many_publishers_of_one_revision_one_wins<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let sheets: Vec<String> = (0..5).map(|n| format!(".c{n}{{}}")).collect();
    let outcomes = join_all(sheets.iter().map(|css| fresh::publish(platform, &scope, 1, css))).await;
    let mut winners = Vec::new();
    for outcome in outcomes {
        let (made, release) = outcome?;
        let file = releases::artifact(platform, &scope, &release.manifest.stylesheet).await.map_err(text)?;
        same("a publisher's file is there where it won", &file.is_some(), &made)?;
        winners.extend(made.then_some(release));
    }
    same("publishers who won", &winners.len(), &1)?;
    same("what is live", &releases::live(&scope).from(platform).await.map_err(text)?, &winners.pop())
}

pub async fn releases_are_paged_newest_first<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    for rev in 1..=5 {
        fresh::publish(platform, &scope, rev, &format!(".c{rev}{{}}")).await?;
    }
    for (before, limit, wanted) in
        [(i64::MAX >> 11, 2, vec![5, 4]), (4, 2, vec![3, 2]), (2, 9, vec![1]), (1, 9, vec![])]
    {
        let page = releases::page(platform, &scope, before, limit).await.map_err(text)?;
        same("revisions of a page", &page.iter().map(|release| release.rev).collect::<Vec<_>>(), &wanted)?;
    }
    Ok(())
}

pub async fn a_visitor_has_one_open_conversation_however_often_it_is_opened<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let visitor = fresh::visitor(platform);
    let opened = join_all((0..5).map(|_| {
        conversations::open(platform, &scope, visitor, fresh::conversation_id(platform), platform.now())
    }))
    .await;
    let mut ids = Vec::new();
    let mut made = 0;
    for outcome in opened {
        let (conversation, made_now) = outcome.map_err(text)?;
        ids.push(conversation.id);
        made += u32::from(made_now);
    }
    ids.dedup();
    same("conversations", &ids.len(), &1)?;
    same("how often one was made", &made, &1)?;
    let list = conversations::of_visitor(platform, &scope, visitor).await.map_err(text)?;
    same("conversations listed", &list.iter().map(|c| c.id).collect::<Vec<_>>(), &ids)
}

pub(crate) async fn opened<P: Platform>(platform: &P, scope: &TenantScope) -> Result<ConversationId, String> {
    let id = fresh::conversation_id(platform);
    let visitor = fresh::visitor(platform);
    conversations::open(platform, scope, visitor, id, UnixMillis(1)).await.map_err(text)?;
    Ok(id)
}

pub(crate) async fn say<P: Platform>(
    platform: &P,
    scope: &TenantScope,
    conversation: ConversationId,
    key: &str,
    words: &str,
) -> Result<Option<Message>, String> {
    let message = MessageText::parse(words).map_err(text)?;
    let new = NewMessage {
        id: fresh::message_id(platform),
        author: Author::Visitor,
        text: &message,
        idempotency_key: key,
        now: platform.now(),
    };
    conversations::add_message(platform, scope, conversation, &new).await.map_err(text)
}

async fn numbers<P: Platform>(
    platform: &P,
    scope: &TenantScope,
    conversation: ConversationId,
) -> Result<Vec<i64>, String> {
    let found = conversations::messages_after(platform, scope, conversation, 0, 100).await.map_err(text)?;
    Ok(found.iter().map(|message| message.seq).collect())
}

pub async fn messages_are_numbered_without_gaps<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let conversation = opened(platform, &scope).await?;
    for n in 1..=3 {
        let words = format!("message {n} \u{1f44b}");
        let stored = say(platform, &scope, conversation, &format!("k{n}"), &words).await?;
        let stored = stored.ok_or("a message was not stored")?;
        same("its number and text", &(stored.seq, stored.text.clone()), &(n, words))?;
        let sent = conversations::message_sent(&scope, conversation, &format!("k{n}"))
            .from(platform)
            .await
            .map_err(text)?;
        same("found again by its key", &sent, &Some(stored))?;
    }
    same("numbers", &numbers(platform, &scope, conversation).await?, &vec![1, 2, 3])?;
    let later = conversations::messages_after(platform, &scope, conversation, 1, 1).await.map_err(text)?;
    same("after the first, one", &later.iter().map(|message| message.seq).collect::<Vec<_>>(), &vec![2])
}

pub async fn messages_of_many_senders_are_numbered_without_gaps<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let conversation = opened(platform, &scope).await?;
    let keys: Vec<String> = (0..20).map(|n| format!("k{n}")).collect();
    for stored in join_all(keys.iter().map(|key| say(platform, &scope, conversation, key, "hello"))).await {
        holds("each message is stored", stored?.is_some())?;
    }
    same("numbers", &numbers(platform, &scope, conversation).await?, &(1..=20).collect())
}

pub async fn a_repeated_key_uses_no_number<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let conversation = opened(platform, &scope).await?;
    say(platform, &scope, conversation, "k1", "first").await?;
    same("the same key again", &say(platform, &scope, conversation, "k1", "first").await?, &None)?;
    let racing = join_all((0..5).map(|_| say(platform, &scope, conversation, "k2", "second"))).await;
    let stored = racing.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().count();
    same("of five with one key at once", &stored, &1)?;
    let third = say(platform, &scope, conversation, "k3", "third").await?;
    same("the next number", &third.map(|message| message.seq), &Some(3))?;
    same("numbers", &numbers(platform, &scope, conversation).await?, &vec![1, 2, 3])
}

pub async fn a_conversation_that_is_not_there_takes_no_message<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let missing = fresh::conversation_id(platform);
    same("a message to nowhere", &say(platform, &scope, missing, "k1", "hello").await?, &None)?;
    same("numbers", &numbers(platform, &scope, missing).await?, &vec![])
}

pub async fn a_mail_that_is_kept_is_found_whole<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let subject = format!("{} さんから招待", fresh::word(platform));
    let mail = Mail {
        kind: MailKind::Invitation,
        tenant: Some(scope.tenant()),
        to: Email::parse("ada@acme.test").map_err(text)?,
        brand: HeaderText::new("Acme"),
        subject: HeaderText::new(&subject),
        text: "Text\n\n'quoted' ?1 $1".into(),
        html: "<p lang=\"ja\">招待</p>".into(),
    };
    let id = MailId::new(platform.now(), fresh_bytes(platform));
    let unknown = MailId::new(platform.now(), fresh_bytes(platform));
    outbox::add(platform, id, &mail, platform.now()).await.map_err(text)?;
    let kept = outbox::one(platform, id).await.map_err(text)?.ok_or("the mail is not there")?;
    same("the text", &kept.text, &mail.text)?;
    same("the document", &kept.html, &mail.html)?;
    same("the subject", &kept.about.subject, &subject)?;
    same("in whose name", &kept.about.tenant, &mail.tenant)?;
    let listed = outbox::newest(platform).await.map_err(text)?;
    holds("it is listed", listed.contains(&kept.about))?;
    holds("another is not there", outbox::one(platform, unknown).await.map_err(text)?.is_none())
}
