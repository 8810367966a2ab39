//! `GET /v1/live` as server-sent events

use livery_embed::live::{Events, Then};
use livery_world::{ACME, Call, Fault, GLOBEX, World, answer, get, head, problem};
use serde_json::{Value as Json, json};

const URL: &str = "acme.livery.test/v1/live";
const HEARTBEAT: &str = ":\n\n";
/// 5 minutes, the longest that a stream lives.
const LONGEST_MILLIS: i64 = 300_000;

fn events(url: &str) -> Call {
    get(url).header("accept", "text/event-stream")
}

fn opened(world: &World, call: Call) -> Events {
    let (head, then) = world.listen(call);
    match then {
        Then::Events(events) => events,
        _ => panic!("no stream: {}", head.whole()),
    }
}

/// Ids and frames of a piece of the stream.
fn told(piece: &str) -> Vec<(Option<String>, Json)> {
    let events = piece.split("\n\n").filter(|event| event.contains("data: "));
    events
        .map(|event| {
            let field =
                |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
            (field("id: "), serde_json::from_str(&field("data: ").unwrap()).unwrap())
        })
        .collect()
}

fn hello(rev: i64) -> Json {
    json!({ "type": "hello", "rev": rev })
}

fn next_release(world: &World, version: u32) -> Json {
    world.patch_branding(&ACME, &format!("\"{version}\""), json!({ "powered_by": version == 2 }));
    let release = world.publish(&ACME);
    json!({
        "type": "release", "rev": release["rev"], "stylesheet": release["stylesheet"], "config": release["config"],
    })
}

#[test]
fn the_head_says_what_it_is_and_that_nobody_may_hold_it_back() {
    let world = World::published();
    for accept in ["text/event-stream", "TEXT/Event-Stream;q=0.9", "application/json, text/event-stream"] {
        let (head, then) = world.listen(get(URL).header("accept", accept));
        let expected = answer(200, json!(""))
            .header("content-type", "text/event-stream")
            .header("x-accel-buffering", "no");
        head.is(expected);
        assert!(matches!(then, Then::Events(_)), "{accept}");
    }
    for accept in ["*/*", "text/*", "application/json", "text/event-streams", ""] {
        let (head, then) = world.listen(get(URL).header("accept", accept));
        assert!(matches!(then, Then::Nothing), "{accept}");
        assert_eq!(head.header("content-type"), "application/json");
    }
}

#[test]
fn head_has_no_stream() {
    let world = World::published();
    let (_, then) = world.listen(head(URL).header("accept", "text/event-stream"));
    assert!(matches!(then, Then::Nothing));
}

#[test]
fn a_stream_begins_with_its_retry_and_what_was_missed() {
    let world = World::published();
    let release = next_release(&world, 1);
    let mut events = opened(&world, events(&format!("{URL}?since=1")));
    let first = world.hear(&mut events).unwrap();
    assert!(first.starts_with("retry: 2000\n\n"), "{first}");
    assert_eq!(told(&first), [(None, hello(2)), (Some("2".to_owned()), release)]);
}

#[test]
fn each_release_and_each_message_of_the_visitors_own_comes_once_and_in_order() {
    let world = World::published();
    let (ada, bob) = (world.browser(&ACME), world.browser(&ACME));
    let mut adas = opened(&world, events(URL).bearer(&ada.session));
    let mut bobs = opened(&world, events(URL).bearer(&bob.session));
    let mut anybodys = opened(&world, events(URL));
    let mut theirs = opened(&world, events(&GLOBEX.at("/v1/live")));
    for events in [&mut adas, &mut bobs, &mut anybodys, &mut theirs] {
        assert_eq!(told(&world.hear(events).unwrap())[0].1, hello(1));
    }
    let conversation = world.conversation(&ACME, &ada);
    let message = world.say(&ACME, &ada, &conversation, "first", "hello").json();
    let message = json!({ "type": "message", "conversation_id": conversation, "message": message });
    let release = next_release(&world, 1);
    let frames = |events: &mut Events| {
        let told = told(&world.hear(events).unwrap());
        told.into_iter().map(|(_, frame)| frame).collect::<Vec<_>>()
    };
    assert_eq!(frames(&mut adas), [message, release.clone()]);
    assert_eq!(frames(&mut bobs), std::slice::from_ref(&release));
    assert_eq!(frames(&mut anybodys), [release]);
    for events in [&mut adas, &mut bobs, &mut anybodys, &mut theirs] {
        assert_eq!(world.hear(events).unwrap(), HEARTBEAT);
    }
}

#[test]
fn a_client_resumes_where_its_last_event_was() {
    let world = World::published();
    let (second, third) = (next_release(&world, 1), next_release(&world, 2));
    let resumed = |call: Call| {
        let mut events = opened(&world, call);
        let first = world.hear(&mut events).unwrap();
        told(&first).into_iter().map(|(_, frame)| frame).collect::<Vec<_>>()
    };
    let from = |id: &str| events(&format!("{URL}?since=1&cursor=3")).header("last-event-id", id);
    assert_eq!(resumed(from("1")), [second.clone(), third.clone()]);
    assert_eq!(resumed(from("2")), [third]);
    assert_eq!(resumed(from("3")), [] as [Json; 0]);
    assert_eq!(resumed(from("99"))[..2], [hello(3), second], "forgotten: greeted anew");
    let mut events = opened(&world, from("3"));
    assert_eq!(world.hear(&mut events).unwrap(), format!("retry: 2000\n\n{HEARTBEAT}"), "a word at once");
}

#[test]
fn a_silent_stream_beats_every_15_seconds_and_ends_within_5_minutes() {
    let world = World::published();
    let mut lives = vec![];
    for _ in 0..20 {
        let mut events = opened(&world, events(URL));
        let begun = world.now();
        world.hear(&mut events).unwrap();
        loop {
            let before = world.now();
            let Some(piece) = world.hear(&mut events) else { break };
            assert_eq!(piece, HEARTBEAT);
            assert!((1..=15_000).contains(&world.now().since(before)));
        }
        assert_eq!(world.hear(&mut events), None, "an ended stream stays ended");
        lives.push(world.now().since(begun));
    }
    assert!(lives.iter().all(|life| (240_000..=LONGEST_MILLIS).contains(life)), "{lives:?}");
    lives.dedup();
    assert!(lives.len() > 10, "spread: {lives:?}");
}

#[test]
fn a_stream_ends_with_the_session_that_it_was_asked_for_with() {
    let world = World::published();
    let browser = world.browser(&ACME);
    world.pass_secs(1800 - 40);
    let mut events = opened(&world, events(URL).bearer(&browser.session));
    let begun = world.now();
    while world.hear(&mut events).is_some() {}
    assert_eq!(world.now().since(begun), 40_000);
}

#[test]
fn a_stream_that_tells_without_a_pause_ends_before_its_calls_are_used_up() {
    let world = World::published();
    let browser = world.browser(&ACME);
    let conversation = world.conversation(&ACME, &browser);
    let mut events = opened(&world, events(URL).bearer(&browser.session));
    let mut pieces = 0;
    world.platform.set_fault(None);
    let mut calls = 0;
    loop {
        let key = format!("k{pieces}");
        if pieces < 400 {
            world.say(&ACME, &browser, &conversation, &key, "hello");
        } else {
            let message = livery_domain::embed::live::Frame::Hello { rev: 1 };
            let visitor = world.visitor_of(&browser);
            world
                .run(livery_platform::Hub::publish_to_visitor(
                    &world.platform.memory,
                    &ACME.scope(),
                    visitor,
                    &message,
                ))
                .unwrap();
        }
        let before = world.platform.calls();
        if world.hear(&mut events).is_none() {
            break;
        }
        calls += world.platform.calls() - before;
        pieces += 1;
    }
    assert_eq!((pieces, calls), (601, 600), "the first piece was heard with the head");
}

#[test]
fn a_hub_without_room_for_another_waiter_ends_the_stream_instead_of_being_asked_at_once() {
    let world = World::published();
    let mut events = opened(&world, events(URL));
    world.hear(&mut events).unwrap();
    world.platform.memory.set_patient(false);
    assert_eq!(world.hear(&mut events), None);
}

#[test]
fn who_may_not_listen_is_told_before_the_stream() {
    let world = World::published();
    let refused = |call: Call| {
        let (head, then) = world.listen(call);
        assert!(matches!(then, Then::Nothing));
        head
    };
    let theirs = world.browser(&GLOBEX).session;
    refused(events(URL).bearer(&theirs)).is(problem("unauthenticated"));
    refused(events(URL).bearer("a.b.c")).is(problem("unauthenticated"));
    refused(events("nosuch.livery.test/v1/live")).is(problem("not_found"));
    assert_eq!(refused(events(&format!("{URL}?since=x"))).status, 400);
    assert_eq!(refused(events(URL).header("last-event-id", "A")).status, 400);
    assert_eq!(refused(events(URL).method("POST")).status, 405);
    world.platform.memory.set_broken(true);
    refused(events(URL)).is(problem("unavailable"));
}

#[test]
fn a_hub_that_fails_amid_a_stream_ends_it_and_the_log_says_of_which_request() {
    let world = World::published();
    let mut events = opened(&world, events(URL));
    let head: Json = serde_json::from_str(world.platform.log_lines().last().unwrap()).unwrap();
    world.hear(&mut events).unwrap();
    world.platform.set_fault(Some(Fault::Before(0)));
    assert_eq!(world.hear(&mut events), None);
    let end: Json = serde_json::from_str(world.platform.log_lines().last().unwrap()).unwrap();
    let expected = json!({
        "level": "error", "message": "event stream broken off",
        "request_id": head["request_id"], "cause": "broken on purpose",
    });
    assert_eq!(end, expected);
}

#[test]
fn a_client_that_said_nothing_of_its_revision_loses_none_to_a_hub_that_forgets() {
    let world = World::published();
    let mut events = opened(&world, events(URL));
    world.hear(&mut events).unwrap();
    let (second, third) = (next_release(&world, 1), next_release(&world, 2));
    world.platform.memory.forget_recent_frames();
    let frames: Vec<_> =
        told(&world.hear(&mut events).unwrap()).into_iter().map(|(_, frame)| frame).collect();
    assert_eq!(frames, [hello(3), second, third]);
}
