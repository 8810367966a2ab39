//! `GET /v1/live`, without a socket

use crate::world::{ACME, Call, GLOBEX, World, answer, get, post, problem};
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
    get(URL).header("sec-websocket-protocol", &format!("livery.v1, bearer.{token}"))
}

#[test]
fn a_page_that_was_away_is_given_each_release_once_and_in_order() {
    let world = World::new();
    let first = world.publish(&ACME);
    world.patch_branding(&ACME, "\"1\"", json!({ "powered_by": false }));
    let second = world.publish(&ACME);
    let hello = json!({ "type": "hello", "rev": 2 });
    for (query, frames) in [
        ("", json!([hello])),
        ("?since=0", json!([hello, pointer(&first, "release"), pointer(&second, "release")])),
        ("?since=1", json!([hello, pointer(&second, "release")])),
        ("?since=2", json!([hello])),
        ("?since=9007199254740991", json!([hello])),
    ] {
        world.send(get(&format!("{URL}{query}"))).is(answer(200, json!({ "data": frames })));
    }
}

#[test]
fn before_the_first_publish_there_is_only_the_hello() {
    World::new()
        .send(get(&format!("{URL}?since=0")))
        .is(answer(200, json!({ "data": [{ "type": "hello", "rev": 0 }] })));
}

#[test]
fn a_hub_that_missed_a_publish_hears_of_it_from_the_next_page() {
    let world = World::new();
    // The publisher dies after SQL: neither cache nor hub is told.
    world.platform.set_fault(None);
    world.publish(&ACME);
    let calls = world.platform.calls();
    let other = World::new();
    other.platform.set_fault(Some(crate::world::Fault::FromOn(calls - 4)));
    let release = other.publish(&ACME);
    other.platform.set_fault(None);
    assert_eq!(other.platform.memory.frames_sent(&ACME.scope()).len(), 0);
    let frames = json!([{ "type": "hello", "rev": 1 }, pointer(&release, "release")]);
    other.send(get(&format!("{URL}?since=0"))).is(answer(200, json!({ "data": frames })));
}

#[test]
fn one_tenants_releases_are_not_anothers() {
    let world = World::new();
    world.publish(&GLOBEX);
    let heard = world.send(get(&format!("{URL}?since=0")));
    heard.is(answer(200, json!({ "data": [{ "type": "hello", "rev": 0 }] })));
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
        world
            .send(get(&format!("{URL}?since={since}")))
            .is(problem("malformed_request").detail("`since` is a whole number from 0 to 9007199254740991."));
    }
}

#[test]
fn unknown_hosts_other_methods_and_deeper_paths_are_refused() {
    let world = World::published();
    world.send(get("nosuch.livery.test/v1/live")).is(problem("not_found"));
    world.send(post(URL)).is(problem("method_not_allowed").header("allow", "GET"));
    world.send(get(&format!("{URL}/x"))).is(problem("not_found"));
    world.send(get(URL).header("x-tenant-key", "globex")).is(problem("not_found"));
}

#[test]
fn a_hub_that_does_not_answer_is_a_503() {
    let world = World::published();
    world.platform.memory.set_broken(true);
    world.send(get(URL)).is(problem("unavailable"));
}
