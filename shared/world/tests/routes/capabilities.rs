//! `GET /v1/capabilities`

use livery_world::{ACME, World, answer, get, head};
use serde_json::json;

#[test]
fn a_runtime_says_which_transports_stand_the_best_first() {
    let world = World::new();
    let with_sockets = json!({ "runtime": "memory", "live": ["websocket", "sse", "poll"] });
    let without = json!({ "runtime": "memory", "live": ["sse", "poll"] });
    let url = ACME.at("/v1/capabilities");
    let cached = |body| answer(200, body).header("cache-control", "public, max-age=60");
    world.send(get(&url)).is(cached(with_sockets));
    world.send_without_sockets(get(&url)).is(cached(without));
}

#[test]
fn every_host_is_answered_alike_and_nobody_is_asked() {
    let world = World::published();
    let first = world.send(get(&ACME.at("/v1/capabilities")));
    let before = world.platform.memory.statements();
    for host in ["livery.test", "nosuch.livery.test", "localhost:8787", ""] {
        let url = format!("{host}/v1/capabilities");
        assert_eq!(world.send(get(&url)).whole(), first.whole(), "{host}");
        assert_eq!(world.send(head(&url)).body.len(), 0);
    }
    assert_eq!(world.platform.memory.statements(), before);
}
