//! `Hub::listen`: no frame twice, no gap, and no wait for a frame that exists already.

use crate::{Platform, fresh, holds, same, stores, text};
use futures_util::future::{join, join_all};
use livery_domain::{
    brand::release::Rev,
    embed::{
        conversation::{Author, MessageView},
        live::{Cursor, Frame, MAX_CURSOR_BYTES, ReleasePointer},
    },
    id::{ConversationId, VisitorId},
    tenancy::tenant::TenantScope,
};
use livery_platform::{Heard, Listener};

/// Long compared with the time that a hub takes to answer, short compared with a test's timeout.
const WAIT_MILLIS: u32 = 4_000;
/// How much too early a timer may end, measured by another machine's clock.
const EARLY_MILLIS: i64 = 100;

fn pointer(rev: Rev) -> ReleasePointer {
    ReleasePointer { rev, stylesheet: format!("/b/{rev}.css"), config: format!("/w/{rev}.json") }
}

fn release(rev: Rev) -> Frame {
    Frame::Release(pointer(rev))
}

async fn publish<P: Platform>(platform: &P, scope: &TenantScope, rev: Rev) -> Result<(), String> {
    platform.publish_release(scope, pointer(rev)).await.map_err(text)
}

fn message<P: Platform>(platform: &P, conversation_id: ConversationId, seq: i64) -> Frame {
    let message = MessageView {
        id: fresh::message_id(platform),
        seq,
        author: Author::Visitor,
        text: format!("message {seq}"),
        created_at: platform.now().rfc3339(),
    };
    Frame::Message { conversation_id, message }
}

async fn listen<P: Platform>(
    platform: &P,
    scope: &TenantScope,
    visitor: Option<VisitorId>,
    cursor: Option<&Cursor>,
    wait_millis: u32,
) -> Result<Heard, String> {
    let listener = Listener { visitor, since: Some(0), cursor };
    platform.listen(scope, listener, wait_millis).await.map_err(text)
}

async fn greeted<P: Platform>(
    platform: &P,
    scope: &TenantScope,
    visitor: Option<VisitorId>,
) -> Result<Cursor, String> {
    Ok(listen(platform, scope, visitor, None, 0).await?.cursor)
}

/// Everything after a cursor, and where that ends: as many calls as it takes.
async fn all_after<P: Platform>(
    platform: &P,
    scope: &TenantScope,
    visitor: Option<VisitorId>,
    cursor: Cursor,
) -> Result<(Vec<Frame>, Cursor), String> {
    let (mut frames, mut cursor) = (vec![], cursor);
    loop {
        let heard = listen(platform, scope, visitor, Some(&cursor), 0).await?;
        cursor = heard.cursor;
        if heard.frames.is_empty() {
            return Ok((frames, cursor));
        }
        frames.extend(heard.frames);
    }
}

pub async fn without_a_cursor_a_listener_is_greeted_at_once<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    publish(platform, &scope, 1).await?;
    publish(platform, &scope, 2).await?;
    let begun = platform.now();
    for (since, wanted) in [
        (None, vec![Frame::Hello { rev: 2 }]),
        (Some(1), vec![Frame::Hello { rev: 2 }, release(2)]),
        (Some(2), vec![Frame::Hello { rev: 2 }]),
    ] {
        let listener = Listener { visitor: None, since, cursor: None };
        let heard = platform.listen(&scope, listener, WAIT_MILLIS).await.map_err(text)?;
        same("the greeting", &heard.frames, &wanted)?;
    }
    holds("a greeting is not waited for", platform.now().since(begun) < i64::from(WAIT_MILLIS))
}

pub async fn what_comes_after_a_cursor_is_heard_once_and_in_order<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let conversation = stores::opened(platform, &scope).await?;
    let (ada, bob) = (fresh::visitor(platform), fresh::visitor(platform));
    let cursor = greeted(platform, &scope, Some(ada)).await?;
    let [first, second] = [1, 2].map(|seq| message(platform, conversation, seq));
    publish(platform, &scope, 1).await?;
    platform.publish_to_visitor(&scope, ada, &first).await.map_err(text)?;
    platform.publish_to_visitor(&scope, bob, &message(platform, conversation, 9)).await.map_err(text)?;
    publish(platform, &scope, 2).await?;
    platform.publish_to_visitor(&scope, ada, &second).await.map_err(text)?;
    let wanted = vec![release(1), first, release(2), second];
    let (heard, after) = all_after(platform, &scope, Some(ada), cursor.clone()).await?;
    same("what ada hears", &heard, &wanted)?;
    // An answer that was lost is sent again.
    let (again, _) = all_after(platform, &scope, Some(ada), cursor).await?;
    same("what ada hears from the same cursor", &again, &wanted)?;
    let (more, _) = all_after(platform, &scope, Some(ada), after).await?;
    same("what ada hears after that", &more, &vec![])
}

pub async fn a_visitors_messages_are_heard_by_nobody_else<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let conversation = stores::opened(platform, &scope).await?;
    let ada = fresh::visitor(platform);
    for other in [None, Some(fresh::visitor(platform))] {
        let cursor = greeted(platform, &scope, other).await?;
        let hers = message(platform, conversation, 1);
        platform.publish_to_visitor(&scope, ada, &hers).await.map_err(text)?;
        let (heard, _) = all_after(platform, &scope, other, cursor).await?;
        same("what another hears", &heard, &vec![])?;
    }
    Ok(())
}

pub async fn a_release_that_is_known_is_heard_once<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let cursor = greeted(platform, &scope, None).await?;
    for rev in [1, 1, 2, 1, 2] {
        publish(platform, &scope, rev).await?;
    }
    let (heard, _) = all_after(platform, &scope, None, cursor).await?;
    same("what is heard", &heard, &vec![release(1), release(2)])
}

pub async fn a_cursor_that_no_hub_knows_is_greeted_anew<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    publish(platform, &scope, 1).await?;
    let longest = "9".repeat(MAX_CURSOR_BYTES);
    let forged =
        ["nobody.1", "0000.18446744073709551616", "999999999999999999", "-1", "..", longest.as_str()];
    for unknown in forged {
        let unknown = Cursor::parse(unknown).ok_or("a cursor has few characters")?;
        let heard = listen(platform, &scope, None, Some(&unknown), WAIT_MILLIS).await?;
        same(unknown.as_str(), &heard.frames, &vec![Frame::Hello { rev: 1 }, release(1)])?;
        let (more, _) = all_after(platform, &scope, None, heard.cursor).await?;
        same("what is heard after the greeting", &more, &vec![])?;
    }
    Ok(())
}

pub async fn a_listener_with_nothing_to_hear_is_held_back_and_answered_empty<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let cursor = greeted(platform, &scope, None).await?;
    let begun = platform.now();
    let heard = listen(platform, &scope, None, Some(&cursor), 1_000).await?;
    same("what is heard", &heard.frames, &vec![])?;
    let took = platform.now().since(begun);
    holds(&format!("held back for 1 s: {took} ms"), (1_000 - EARLY_MILLIS..5_000).contains(&took))?;
    // Its cursor is as valid as the one before.
    publish(platform, &scope, 1).await?;
    let (more, _) = all_after(platform, &scope, None, heard.cursor).await?;
    same("what is heard after that", &more, &vec![release(1)])
}

pub async fn a_frame_that_comes_meanwhile_ends_the_wait<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let conversation = stores::opened(platform, &scope).await?;
    let visitor = fresh::visitor(platform);
    let cursor = greeted(platform, &scope, Some(visitor)).await?;
    let hers = message(platform, conversation, 1);
    let waiting = async {
        let heard = listen(platform, &scope, Some(visitor), Some(&cursor), WAIT_MILLIS).await;
        (heard, platform.now())
    };
    let publishing = async {
        let told = platform.publish_to_visitor(&scope, visitor, &hers).await;
        (told, platform.now())
    };
    let ((heard, answered_at), (told, told_at)) = join(waiting, publishing).await;
    told.map_err(text)?;
    let mut heard = heard?;
    if heard.frames.is_empty() {
        // Where nothing else runs during the wait, the frame was published after it.
        holds("a waiting listener hears what comes", told_at >= answered_at)?;
        heard = listen(platform, &scope, Some(visitor), Some(&heard.cursor), WAIT_MILLIS).await?;
    } else {
        // A hub that polls a database is late, but by less than the length of the wait.
        let late = answered_at.since(told_at);
        holds(&format!("told after {late} ms"), late < i64::from(WAIT_MILLIS) / 2)?;
    }
    same("what is heard", &heard.frames, &vec![hers])
}

pub async fn many_who_wait_all_hear_the_same<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let cursor = greeted(platform, &scope, None).await?;
    let waiting = join_all((0..20).map(|_| listen(platform, &scope, None, Some(&cursor), WAIT_MILLIS)));
    let (heard, published) = join(waiting, publish(platform, &scope, 1)).await;
    published?;
    for heard in heard {
        let heard = heard?;
        let (rest, _) = all_after(platform, &scope, None, heard.cursor).await?;
        same("what one of them hears", &[heard.frames, rest].concat(), &vec![release(1)])?;
    }
    Ok(())
}

pub async fn a_burst_is_heard_to_the_end_over_as_many_calls_as_it_takes<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    const BURST: i64 = 130;
    let scope = fresh::tenant(platform).await?;
    let conversation = stores::opened(platform, &scope).await?;
    let visitor = fresh::visitor(platform);
    let cursor = greeted(platform, &scope, Some(visitor)).await?;
    let mut wanted = vec![];
    for seq in 1..=BURST {
        let frame = message(platform, conversation, seq);
        platform.publish_to_visitor(&scope, visitor, &frame).await.map_err(text)?;
        wanted.push(frame);
    }
    let (heard, _) = all_after(platform, &scope, Some(visitor), cursor).await?;
    same("how many are heard", &heard.len(), &wanted.len())?;
    holds("all of them, once and in order", heard == wanted)
}

pub async fn listeners_hear_nothing_of_another_tenant<P: Platform>(platform: &P) -> Result<(), String> {
    let (ours, theirs) = (fresh::tenant(platform).await?, fresh::tenant(platform).await?);
    // The same id on both sides: ids are made by the caller.
    let visitor = fresh::visitor(platform);
    let conversation = stores::opened(platform, &theirs).await?;
    let cursor = greeted(platform, &ours, Some(visitor)).await?;
    let their_cursor = greeted(platform, &theirs, Some(visitor)).await?;
    publish(platform, &theirs, 1).await?;
    let frame = message(platform, conversation, 1);
    platform.publish_to_visitor(&theirs, visitor, &frame).await.map_err(text)?;
    let (heard, _) = all_after(platform, &ours, Some(visitor), cursor).await?;
    same("what we hear", &heard, &vec![])?;
    let heard = listen(platform, &ours, Some(visitor), Some(&their_cursor), 0).await?;
    let greeting = vec![Frame::Hello { rev: 0 }];
    let nothing_of_theirs = heard.frames.is_empty() || heard.frames == greeting;
    holds(&format!("their cursor opens nothing here: {:?}", heard.frames), nothing_of_theirs)
}

pub async fn pages_that_are_closed_hear_of_it_once_and_those_that_come_later_do_not<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let other = fresh::tenant(platform).await?;
    publish(platform, &scope, 1).await?;
    let ada = fresh::visitor(platform);
    let (hers, theirs) =
        (greeted(platform, &scope, Some(ada)).await?, greeted(platform, &other, None).await?);
    platform.close_pages(&scope, platform.now()).await.map_err(text)?;
    let (heard, after) = all_after(platform, &scope, Some(ada), hers).await?;
    same("what an open page hears", &heard, &vec![Frame::Suspended])?;
    let (more, _) = all_after(platform, &scope, Some(ada), after).await?;
    same("what it hears after that", &more, &vec![])?;
    let (heard, _) = all_after(platform, &other, None, theirs).await?;
    same("what another tenant's page hears", &heard, &vec![])?;
    let greeting = listen(platform, &scope, None, None, 0).await?;
    same("what a page that comes later hears", &greeting.frames, &vec![Frame::Hello { rev: 1 }, release(1)])
}
