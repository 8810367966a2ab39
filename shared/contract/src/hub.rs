//! `Hub`: releases in order, each once, resumable; nothing from one tenant to another.

use crate::{Platform, fresh, same, stores, text};
use livery_domain::{
    brand::release::Rev,
    embed::{
        conversation::{Author, MAX_MESSAGE_CHARS, MessageView},
        live::{Frame, REMEMBERED_RELEASES, ReleasePointer},
    },
    tenancy::tenant::TenantScope,
};

fn pointer(rev: Rev) -> ReleasePointer {
    ReleasePointer { rev, stylesheet: format!("/b/{rev}.css"), config: format!("/w/{rev}.json") }
}

/// The hello of a hub whose newest revision is this one.
const fn hello(rev: Rev) -> Frame {
    Frame::Hello { rev }
}

async fn publish<P: Platform>(
    platform: &P,
    scope: &TenantScope,
    revs: impl IntoIterator<Item = Rev>,
) -> Result<(), String> {
    for rev in revs {
        platform.publish_release(scope, pointer(rev)).await.map_err(text)?;
    }
    Ok(())
}

async fn heard<P: Platform>(
    platform: &P,
    scope: &TenantScope,
    since: Option<Rev>,
    wanted: Vec<Frame>,
) -> Result<(), String> {
    let frames = platform.releases_since(scope, since).await.map_err(text)?;
    same(&format!("frames since {since:?}"), &frames, &wanted)
}

pub async fn a_tenant_without_a_release_has_only_the_hello<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    for since in [None, Some(0), Some(5)] {
        heard(platform, &scope, since, vec![hello(0)]).await?;
    }
    Ok(())
}

pub async fn releases_come_once_and_in_order<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    publish(platform, &scope, 1..=4).await?;
    let release = |rev| Frame::Release(pointer(rev));
    heard(platform, &scope, None, vec![hello(4)]).await?;
    heard(platform, &scope, Some(0), vec![hello(4), release(1), release(2), release(3), release(4)]).await?;
    heard(platform, &scope, Some(2), vec![hello(4), release(3), release(4)]).await
}

pub async fn a_client_that_is_current_or_ahead_misses_nothing<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    publish(platform, &scope, 1..=2).await?;
    for since in [2, 3, (1 << 53) - 1] {
        heard(platform, &scope, Some(since), vec![hello(2)]).await?;
    }
    Ok(())
}

pub async fn a_revision_that_is_known_or_older_is_told_to_nobody_again<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    publish(platform, &scope, [1, 2, 2, 1, 3, 2, 3]).await?;
    let forged = ReleasePointer { stylesheet: "/b/other.css".into(), ..pointer(3) };
    platform.publish_release(&scope, forged).await.map_err(text)?;
    let release = |rev| Frame::Release(pointer(rev));
    heard(platform, &scope, Some(0), vec![hello(3), release(1), release(2), release(3)]).await
}

pub async fn a_client_too_far_behind_gets_the_newest_alone<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let newest = REMEMBERED_RELEASES + 3;
    publish(platform, &scope, 1..=newest).await?;
    // The oldest remembered is 4: who knows 3 misses none of it, who knows 2 has missed one for good.
    let all = (4..=newest).map(|rev| Frame::Release(pointer(rev)));
    heard(platform, &scope, Some(3), std::iter::once(hello(newest)).chain(all).collect()).await?;
    heard(platform, &scope, Some(2), vec![hello(newest), Frame::Snapshot(pointer(newest))]).await?;
    heard(platform, &scope, Some(0), vec![hello(newest), Frame::Snapshot(pointer(newest))]).await
}

pub async fn messages_of_a_visitor_are_not_remembered<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let conversation_id = stores::opened(platform, &scope).await?;
    let message = MessageView {
        id: fresh::message_id(platform),
        seq: 1,
        author: Author::Visitor,
        // The longest there is: a frame has to hold it.
        text: "\u{1f44b}".repeat(MAX_MESSAGE_CHARS),
        created_at: platform.now().rfc3339(),
    };
    let frame = Frame::Message { conversation_id, message };
    platform.publish_to_visitor(&scope, fresh::visitor(platform), &frame).await.map_err(text)?;
    heard(platform, &scope, Some(0), vec![hello(0)]).await
}

pub async fn tenants_hear_nothing_of_each_other<P: Platform>(platform: &P) -> Result<(), String> {
    let (ours, theirs) = (fresh::tenant(platform).await?, fresh::tenant(platform).await?);
    publish(platform, &theirs, 1..=2).await?;
    heard(platform, &ours, Some(0), vec![hello(0)]).await?;
    publish(platform, &ours, [1]).await?;
    heard(platform, &ours, Some(0), vec![hello(1), Frame::Release(pointer(1))]).await?;
    heard(platform, &theirs, Some(1), vec![hello(2), Frame::Release(pointer(2))]).await
}
