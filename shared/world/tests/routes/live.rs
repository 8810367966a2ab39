//! `GET /v1/live`, without a socket

use livery_world::{ACME, Browser, Call, Expected, GLOBEX, World, answer, get, head, post, problem};
use serde_json::{Value as Json, json};

const URL: &str = "acme.livery.test/v1/live";

fn pointer(release: &Json, kind: &str) -> Json {
    json!({
        "type": kind,
        "rev": release["rev"],
        "stylesheet": release["stylesheet"],
        "config": release["config"],
    })
}

fn with_token(token: &str) -> Call {
    get(URL).bearer(token)
}

/// What a poll answers: the memory's cursor is the number of frames told so far.
fn frames(frames: Json, told: usize) -> Expected {
    answer(200, json!({ "data": frames, "cursor": told.to_string() }))
}

#[test]
fn a_page_that_was_away_is_given_each_release_once_and_in_order() {
    let world = World::new();
    let first = world.publish(&ACME);
    world.patch_branding(&ACME, "\"1\"", json!({ "powered_by": false }));
    let second = world.publish(&ACME);
    let hello = json!({ "type": "hello", "rev": 2 });
    for (query, data) in [
        ("", json!([hello])),
        ("?since=0", json!([hello, pointer(&first, "release"), pointer(&second, "release")])),
        ("?since=1", json!([hello, pointer(&second, "release")])),
        ("?since=2", json!([hello])),
        ("?since=9007199254740991", json!([hello])),
    ] {
        world.send(get(&format!("{URL}{query}"))).is(frames(data, 2));
    }
}

#[test]
fn before_the_first_publish_there_is_only_the_hello() {
    World::new().send(get(&format!("{URL}?since=0"))).is(frames(json!([{ "type": "hello", "rev": 0 }]), 0));
}

#[test]
fn a_hub_that_missed_a_publish_hears_of_it_from_the_next_page() {
    let world = World::new();
    // The publisher dies after SQL: neither cache nor hub is told.
    world.platform.set_fault(None);
    world.publish(&ACME);
    let calls = world.platform.calls();
    let other = World::new();
    other.platform.set_fault(Some(livery_world::Fault::FromOn(calls - 5)));
    let release = other.publish(&ACME);
    other.platform.set_fault(None);
    assert_eq!(other.platform.memory.frames_sent(&ACME.scope()).len(), 0);
    let data = json!([{ "type": "hello", "rev": 1 }, pointer(&release, "release")]);
    other.send(get(&format!("{URL}?since=0"))).is(frames(data, 1));
}

#[test]
fn one_tenants_releases_are_not_anothers() {
    let world = World::new();
    world.publish(&GLOBEX);
    let heard = world.send(get(&format!("{URL}?since=0")));
    heard.is(frames(json!([{ "type": "hello", "rev": 0 }]), 0));
}

#[test]
fn a_session_of_this_tenant_may_listen_and_any_other_token_may_not() {
    let world = World::published();
    let browser = world.browser(&ACME);
    assert_eq!(world.send(with_token(&browser.session)).status, 200);
    let theirs = world.browser(&GLOBEX).session;
    let forged = world.forged_session(&ACME, world.visitor_of(&browser));
    let refused = problem("unauthenticated");
    let first = world.send(with_token("a.b.c"));
    first.is(refused);
    // A subprotocol is for sockets: without one it says nothing, and nobody's messages are heard.
    let as_subprotocol = format!("livery.v1, bearer.{}", browser.session);
    let unheard = world.send(get(URL).header("sec-websocket-protocol", &as_subprotocol));
    assert_eq!(unheard.whole(), world.send(get(URL)).whole());
    for token in [theirs, forged, world.access_token(&ACME), browser.visitor_token.clone(), String::new()] {
        assert_eq!(world.send(with_token(&token)).whole(), first.whole());
    }
    world.pass_secs(1815);
    assert_eq!(world.send(with_token(&browser.session)).whole(), first.whole(), "expired");
}

#[test]
fn a_session_listens_from_its_own_page_only() {
    let world = World::published();
    let browser = world.browser(&ACME);
    let from = |origin: &str| world.send(with_token(&browser.session).header("origin", origin)).status;
    assert_eq!((from("https://shop.example"), from("http://acme.livery.test")), (200, 200));
    assert_eq!((from("https://evil.test"), from("null")), (403, 403));
}

#[test]
fn a_revision_that_is_none_is_refused() {
    let world = World::published();
    for since in ["-1", "x", "", "9007199254740992", "1;DROP"] {
        world.send(get(&format!("{URL}?since={since}"))).is(problem("malformed_request")
            .reason("out_of_range")
            .detail("`since` is a whole number from 0 to 9007199254740991."));
    }
}

#[test]
fn unknown_hosts_other_methods_and_deeper_paths_are_refused() {
    let world = World::published();
    world.send(get("nosuch.livery.test/v1/live")).is(problem("not_found"));
    world.send(post(URL)).is(problem("method_not_allowed").header("allow", "GET, HEAD"));
    world.send(get(&format!("{URL}/x"))).is(problem("not_found"));
    world.send(get(URL).header("x-tenant-key", "globex")).is(problem("not_found"));
}

#[test]
fn a_hub_that_does_not_answer_is_a_503() {
    let world = World::published();
    world.platform.memory.set_broken(true);
    world.send(get(URL)).is(problem("unavailable"));
}

/// A conversation of the browser's visitor with a first message in it.
fn said(world: &World, browser: &Browser, text: &str) -> Json {
    let conversation = world.conversation(&ACME, browser);
    let message = world.say(&ACME, browser, &conversation, text, text).json();
    json!({ "type": "message", "conversation_id": conversation, "message": message })
}

#[test]
fn what_comes_after_a_cursor_is_heard_once_and_by_those_whom_it_is_for() {
    let world = World::published();
    let (ada, bob) = (world.browser(&ACME), world.browser(&ACME));
    let message = said(&world, &ada, "hello");
    world.patch_branding(&ACME, "\"1\"", json!({ "powered_by": false }));
    let release = pointer(&world.publish(&ACME), "release");
    let after = |cursor: usize| get(&format!("{URL}?since=1&cursor={cursor}"));
    world.send(after(1).bearer(&ada.session)).is(frames(json!([message, release]), 3));
    for call in [after(1), after(1).bearer(&bob.session)] {
        world.send(call).is(frames(json!([release]), 3));
    }
    world.send(after(3).bearer(&ada.session)).is(frames(json!([]), 3));
    // Of the other tenant's hub nothing is known under this number.
    let theirs = get(&GLOBEX.at("/v1/live?since=1&cursor=3"));
    world.send(theirs).is(frames(json!([{ "type": "hello", "rev": 1 }]), 1));
}

#[test]
fn a_poll_is_held_back_as_long_as_it_asks_and_only_where_there_is_nothing_to_tell() {
    let world = World::published();
    let held = |query: &str| {
        let before = world.now();
        assert_eq!(world.send(get(&format!("{URL}?{query}"))).status, 200, "{query}");
        world.now().since(before)
    };
    assert_eq!(held("cursor=1&wait=25"), 25_000);
    assert_eq!(held("cursor=1&wait=1"), 1_000);
    assert_eq!(held("cursor=1"), 0, "no wait is asked for");
    assert_eq!(held("wait=25"), 0, "greeted at once");
    assert_eq!(held("cursor=0&wait=25"), 0, "a frame is there");
    assert_eq!(held("cursor=99&wait=25"), 0, "a cursor that the hub forgot");
    let before = world.now();
    assert_eq!(world.send(head(&format!("{URL}?cursor=1&wait=25"))).status, 200);
    assert_eq!(world.now(), before, "HEAD never waits");
}

#[test]
fn a_wait_that_is_none_is_refused() {
    let world = World::published();
    for wait in ["26", "-1", "x", "", "1.5"] {
        let detail = "`wait` is a whole number from 0 to 25.";
        world
            .send(get(&format!("{URL}?wait={wait}")))
            .is(problem("malformed_request").reason("out_of_range").detail(detail));
    }
}

#[test]
fn a_cursor_that_no_hub_makes_is_refused_and_one_that_is_forgotten_is_not() {
    let world = World::published();
    let detail = "`cursor` and `Last-Event-ID` are given back as an earlier answer had them.";
    let refused = || problem("malformed_request").reason("invalid_cursor").detail(detail);
    let (longest, too_long) = ("9".repeat(56), "9".repeat(57));
    for cursor in ["", "A", "1%202", "1%0a", "%27;--", too_long.as_str()] {
        world.send(get(&format!("{URL}?cursor={cursor}"))).is(refused());
    }
    for cursor in ["", "A", "1 2", too_long.as_str()] {
        world.send(get(URL).header("last-event-id", cursor)).is(refused());
    }
    for cursor in [longest.as_str(), "99", "nobody.1"] {
        let greeted = frames(json!([{ "type": "hello", "rev": 1 }]), 1);
        world.send(get(&format!("{URL}?cursor={cursor}&since=1"))).is(greeted);
    }
}
