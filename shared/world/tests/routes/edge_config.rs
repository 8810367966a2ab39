//! `GET /v1/edge/config`, `/widget.js`, `/healthz`

use livery_world::{ACME, GLOBEX, LOADER, World, answer, get, head, post, problem};
use serde_json::json;

#[test]
fn a_page_without_a_socket_asks_which_release_is_live() {
    let world = World::new();
    let release = world.publish(&ACME);
    let config = json!({ "rev": 1, "stylesheet": release["stylesheet"], "config": release["config"] });
    let shown = answer(200, config).header("cache-control", "no-cache").header("etag", "\"1\"");
    world.send(get("acme.livery.test/v1/edge/config")).is(shown);
    let unchanged = answer(304, json!("")).without("content-type").header("cache-control", "no-cache");
    world
        .send(get("acme.livery.test/v1/edge/config").header("if-none-match", "\"1\""))
        .is(unchanged.header("etag", "\"1\""));
    assert_eq!(
        world.send(get("acme.livery.test/v1/edge/config").header("if-none-match", "\"2\"")).status,
        200
    );
}

#[test]
fn a_publish_is_seen_within_two_seconds_by_an_isolate_that_knew_the_old_one() {
    let world = World::new();
    world.publish(&ACME);
    let rev = || world.send(get("acme.livery.test/v1/edge/config")).json()["rev"].clone();
    assert_eq!(rev(), 1);
    world.patch_branding(&ACME, "\"1\"", json!({ "powered_by": false }));
    world.publish(&ACME);
    assert_eq!(rev(), 1, "still fresh");
    world.platform.memory.pass_millis(2001);
    assert_eq!(rev(), 2);
}

#[test]
fn a_publisher_that_died_before_the_cache_is_mended_within_a_minute() {
    let world = World::new();
    world.publish(&ACME);
    let rev = || world.send(get("acme.livery.test/v1/edge/config")).json()["rev"].clone();
    assert_eq!(rev(), 1);
    world.patch_branding(&ACME, "\"1\"", json!({ "powered_by": false }));
    // SQL is the fourth call from the end: two files, the pointer and the hub follow it and fail.
    world.platform.set_fault(None);
    let dry = World::new();
    dry.publish(&ACME);
    dry.patch_branding(&ACME, "\"1\"", json!({ "powered_by": false }));
    dry.platform.set_fault(None);
    dry.publish(&ACME);
    world.platform.set_fault(Some(livery_world::Fault::FromOn(dry.platform.calls() - 4)));
    assert_eq!(world.publish(&ACME)["rev"], 2);
    world.platform.set_fault(None);
    world.pass_secs(3);
    assert_eq!(rev(), 1, "the cache's copy is still good");
    world.pass_secs(60);
    assert_eq!(rev(), 2);
}

#[test]
fn before_the_first_publish_there_is_none() {
    let world = World::new();
    world.send(get("acme.livery.test/v1/edge/config")).is(problem("not_found"));
    world.send(get("acme.livery.test/embed")).is(problem("not_found"));
    world.publish(&ACME);
    world.pass_secs(3);
    assert_eq!(world.send(get("acme.livery.test/v1/edge/config")).status, 200);
}

#[test]
fn the_loader_is_the_same_for_every_tenant_and_nobody_elses() {
    let world = World::new();
    let loader = |host: &str| world.send(get(&format!("{host}/widget.js")));
    let first = loader(ACME.host);
    let etag = first.header("etag").to_owned();
    first.is(answer(200, json!(String::from_utf8_lossy(LOADER)))
        .header("content-type", "text/javascript; charset=utf-8")
        .header("cache-control", "public, max-age=300, stale-while-revalidate=86400")
        .header("access-control-allow-origin", "*")
        .header("cross-origin-resource-policy", "cross-origin")
        .header("etag", &etag));
    assert_eq!(loader(GLOBEX.host).whole(), first.whole());
    loader("nosuch.livery.test").is(problem("not_found"));
    let again = world.send(get(&ACME.at("/widget.js")).header("if-none-match", &etag));
    assert_eq!((again.status, again.body.len()), (304, 0));
}

#[test]
fn health_is_told_on_any_host_without_asking_anybody() {
    let world = World::new();
    world.platform.memory.set_broken(true);
    for host in ["livery.test", "nosuch.livery.test", "127.0.0.1:8787", ""] {
        world.send(get(&format!("{host}/healthz"))).is(answer(200, json!({ "status": "ok" })));
    }
    world.send(head("livery.test/healthz")).is(answer(200, json!("")));
}

#[test]
fn paths_that_nobody_serves_are_404_and_writes_to_the_edge_405() {
    let world = World::published();
    for path in [
        "/",
        "/v1",
        "/v1/nothing",
        "//v1/live",
        "/widget.js/",
        "/b/",
        "/w/x",
        "/b/x.css",
        "/embed/x",
        "/..%2fembed",
    ] {
        world.send(get(&ACME.at(path))).is(problem("not_found"));
    }
    for path in ["/widget.js", "/embed", "/v1/edge/config", "/b/x.css"] {
        world.send(post(&ACME.at(path))).is(problem("method_not_allowed").header("allow", "GET, HEAD"));
    }
}
