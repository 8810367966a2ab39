//! What a host costs: fresh, stale, unknown, flooded, broken.

use livery_world::{ACME, CUSTOM_DOMAIN, GLOBEX, NOW, World, get, problem};
use serde_json::json;

const URL: &str = "acme.livery.test/v1/edge/config";

fn cost(world: &World) -> (u64, u64) {
    (world.platform.memory.sql_trips(), world.platform.memory.cache_reads())
}

/// Trips to SQL and cache reads of one request.
fn cost_of(world: &World, url: &str, status: u16) -> (u64, u64) {
    let before = cost(world);
    let answer = world.send(get(url));
    assert_eq!(answer.status, status, "{}", answer.whole());
    let after = cost(world);
    (after.0 - before.0, after.1 - before.1)
}

#[test]
fn a_known_host_costs_nothing_while_it_is_fresh_and_no_sql_for_a_minute() {
    let mut world = World::new();
    world.publish(&ACME);
    world.forget_isolate();
    assert_eq!(cost_of(&world, URL, 200), (1, 2), "host from SQL, pointer from the cache");
    assert_eq!(cost_of(&world, URL, 200), (0, 0));
    world.platform.memory.pass_millis(2000);
    assert_eq!(cost_of(&world, URL, 200), (0, 0), "fresh to its last millisecond");
    world.platform.memory.pass_millis(1);
    assert_eq!(cost_of(&world, URL, 200), (0, 2), "both from the cache");
    world.forget_isolate();
    assert_eq!(cost_of(&world, URL, 200), (0, 2), "another isolate too");
    world.pass_secs(60);
    assert_eq!(cost_of(&world, URL, 200), (2, 2), "a minute old: both from SQL");
    world.pass_secs(3);
    assert_eq!(cost_of(&world, URL, 200), (0, 2), "and written through");
}

/// Cloudflare's cache may give an old copy for a minute after a new one was put.
#[test]
fn an_isolate_that_asked_sql_does_not_ask_again_because_the_cache_is_behind() {
    let world = World::published();
    cost_of(&world, URL, 200);
    let keys = ["host:acme.livery.test".to_owned(), format!("live:{}", ACME.id)];
    let old = keys.clone().map(|key| world.read_cache(&key).unwrap());
    let fall_behind = || {
        for (key, value) in keys.iter().zip(&old) {
            world.write_cache(key, value);
        }
    };
    world.pass_secs(61);
    assert_eq!(cost_of(&world, URL, 200), (2, 2), "a minute old: both from SQL");
    for _ in 0..19 {
        fall_behind();
        world.pass_secs(3);
        assert_eq!(cost_of(&world, URL, 200), (0, 2), "what it knows is newer than the cache's copies");
    }
    let rev = || world.send(get(URL)).json()["rev"].clone();
    assert_eq!(rev(), 1);
    world.patch_branding(&ACME, "\"1\"", json!({ "powered_by": false }));
    world.publish(&ACME);
    world.pass_secs(3);
    assert_eq!(rev(), 2, "a copy that is newer counts at once");
    fall_behind();
    world.pass_secs(3);
    assert_eq!(rev(), 2, "and is not forgotten for an older one");
    fall_behind();
    world.pass_secs(61);
    assert_eq!(cost_of(&world, URL, 200), (2, 2), "and after a minute SQL is asked");
}

#[test]
fn ten_thousand_pages_a_second_cost_one_look_up() {
    let world = World::published();
    let first = cost_of(&world, URL, 200);
    let before = cost(&world);
    for _ in 0..10_000 {
        assert_eq!(world.send(get(URL)).status, 200);
    }
    assert_eq!(cost(&world), before, "{first:?}");
}

#[test]
fn an_unknown_host_is_asked_for_once_in_ten_seconds() {
    let world = World::published();
    let url = "unknown.test/v1/edge/config";
    assert_eq!(cost_of(&world, url, 404), (1, 1));
    assert_eq!(cost_of(&world, url, 404), (0, 0));
    world.pass_secs(10);
    assert_eq!(cost_of(&world, url, 404), (0, 0));
    world.platform.memory.pass_millis(1);
    assert_eq!(cost_of(&world, url, 404), (1, 1));
}

#[test]
fn a_new_domain_appears_within_ten_seconds() {
    let world = World::published();
    assert_eq!(world.send(get("new.test/v1/edge/config")).status, 404);
    let sql = format!("INSERT INTO domains VALUES ('new.test', '{}', 'verified', {})", ACME.id, NOW.0);
    world.platform.memory.execute_batch(&sql).unwrap();
    world.pass_secs(11);
    assert_eq!(world.send(get("new.test/v1/edge/config")).status, 200);
}

#[test]
fn names_that_no_tenant_can_have_cost_nothing() {
    let world = World::published();
    for host in [
        "livery.test",
        "a.b.livery.test",
        "-x.livery.test",
        "UPPER_CASE.livery.test",
        "127.0.0.1",
        "a..b",
        "",
    ] {
        assert_eq!(cost_of(&world, &format!("{host}/v1/edge/config"), 404), (0, 0), "{host}");
    }
}

#[test]
fn a_flood_of_made_up_hosts_costs_no_more_than_the_burst_and_hurts_no_known_one() {
    let world = World::published();
    assert_eq!(world.send(get(URL)).status, 200);
    // That look-up's place in the burst is free again.
    world.pass_secs(1);
    let before = cost(&world);
    let mut refused = 0;
    for n in 0..10_000 {
        let host = if n % 2 == 0 { format!("flood{n}.livery.test") } else { format!("flood{n}.test") };
        let answer = world.send(get(&format!("{host}/v1/edge/config")));
        if answer.status == 503 {
            refused += 1;
            if refused == 1 {
                answer.is(problem("unavailable")
                    .reason("lookups_limited")
                    .detail("Too many unknown hosts are being asked for."));
            }
        } else {
            answer.is(problem("not_found"));
        }
    }
    assert_eq!((cost(&world).0 - before.0, refused), (32, 10_000 - 32), "the burst and no more");
    let known = cost_of(&world, URL, 200);
    assert_eq!(known, (0, 0));
    // Also when its entry has grown old in the middle of the flood.
    world.pass_secs(61);
    for n in 0..1000 {
        world.send(get(&format!("more{n}.test/v1/edge/config")));
    }
    assert_eq!(world.send(get(URL)).status, 200);
    assert_eq!(
        world.send(get(&format!("{CUSTOM_DOMAIN}/v1/edge/config"))).status,
        503,
        "a host not yet known waits"
    );
    world.pass_secs(1);
    assert_eq!(world.send(get(&format!("{CUSTOM_DOMAIN}/v1/edge/config"))).status, 200);
}

#[test]
fn with_everything_broken_a_stale_entry_is_still_served_for_an_hour() {
    let world = World::published();
    let stylesheet = world.publish(&ACME)["stylesheet"].as_str().unwrap().to_owned();
    let shown = world.send(get(URL)).whole();
    let document = world.send(get(&ACME.at("/embed"))).whole();
    let file = world.send(get(&ACME.at(&stylesheet))).whole();
    world.platform.memory.set_broken(true);
    for secs in [1, 59, 3500] {
        world.pass_secs(secs);
        assert_eq!(world.send(get(URL)).whole(), shown);
        assert_eq!(world.send(get(&ACME.at("/embed"))).whole(), document);
        assert_eq!(world.send(get(&ACME.at(&stylesheet))).whole(), file);
    }
    world.send(get(&GLOBEX.at("/v1/edge/config"))).is(problem("unavailable"));
    world.pass_secs(3600);
    world.send(get(URL)).is(problem("unavailable"));
    world.platform.memory.set_broken(false);
    assert_eq!(world.send(get(URL)).whole(), shown);
}

#[test]
fn a_host_that_could_not_be_told_is_not_remembered_as_unknown() {
    let world = World::published();
    world.platform.memory.set_broken(true);
    world.send(get(URL)).is(problem("unavailable"));
    world.platform.memory.set_broken(false);
    assert_eq!(world.send(get(URL)).status, 200);
}

#[test]
fn a_cache_that_does_not_answer_is_a_cache_that_does_not_know() {
    let mut world = World::new();
    world.publish(&ACME);
    for call in [0, 1, 2, 3, 4] {
        world.forget_isolate();
        world.platform.memory.forget_cache();
        let cache_calls = [0, 2, 3, 5];
        world.platform.set_fault(Some(livery_world::Fault::Before(call)));
        let answer = world.send(get(URL));
        world.platform.set_fault(None);
        // Calls of a cold request: cache, SQL, cache, cache, SQL, cache.
        let wanted = if cache_calls.contains(&call) { 200 } else { 503 };
        assert_eq!(answer.status, wanted, "call {call}: {}", answer.whole());
    }
}

#[test]
fn damaged_cache_entries_are_read_anew() {
    let mut world = World::new();
    world.publish(&ACME);
    let shown = world.send(get(URL)).whole();
    for damage in [&b""[..], b"{", b"null", b"[]", &[0xff, 0xfe], b"{\"rev\":\"x\"}"] {
        for key in ["host:acme.livery.test".to_owned(), format!("live:{}", ACME.id)] {
            assert!(world.read_cache(&key).is_some(), "the key is the one in use");
            world.write_cache(&key, damage);
            world.forget_isolate();
            assert_eq!(world.send(get(URL)).whole(), shown, "{key}: {damage:?}");
        }
    }
}

#[test]
fn a_cache_entry_from_the_future_or_the_past_is_not_believed() {
    let mut world = World::new();
    world.publish(&ACME);
    world.send(get(URL));
    let key = "host:acme.livery.test";
    for read_at in [NOW.0 + 10_000, NOW.0 - 60_001, i64::MAX, i64::MIN] {
        let globex = json!({ "id": GLOBEX.id, "key": "globex", "name": "Globex", "read_at": read_at });
        world.write_cache(key, globex.to_string().as_bytes());
        world.forget_isolate();
        assert!(world.send(get(&ACME.at("/embed"))).text().contains("<title>Acme</title>"), "{read_at}");
    }
}

#[test]
fn a_host_entry_with_damaged_ids_is_no_500() {
    let mut world = World::new();
    world.publish(&ACME);
    world.send(get(URL));
    let damaged = json!({ "id": "ten_1", "key": "acme", "name": "Acme", "read_at": NOW.0 });
    world.write_cache("host:acme.livery.test", damaged.to_string().as_bytes());
    world.forget_isolate();
    assert_eq!(world.send(get(URL)).status, 200, "read anew from SQL");
}

#[test]
fn a_clock_that_goes_back_serves_nothing_wrong() {
    let world = World::published();
    assert_eq!(world.send(get(URL)).status, 200);
    world.platform.memory.pass_millis(-3_600_000);
    assert_eq!(world.send(get(URL)).status, 200);
    world.send(get("unknown.test/v1/edge/config")).is(problem("not_found"));
}
