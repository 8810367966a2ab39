//! A port that fails at any one call, or from any one call on: a problem document, never a panic, never half a change.

use livery_domain::embed::live::Frame;
use livery_platform::{Database, Statement, Value};
use livery_store::brand::releases;
use livery_world::{
    ACME, Answer, Browser, Call, Fault, World, get, post,
    routes::{ROUTES, two_sides},
};
use serde_json::json;

/// Every fault that a request with so many port calls can meet.
fn faults(calls: u64) -> impl Iterator<Item = Fault> {
    (0..calls).flat_map(|at| [Fault::Before(at), Fault::After(at), Fault::FromOn(at)])
}

/// Port calls of a request that meets no fault.
fn calls_of(world: &World, call: Call) -> u64 {
    world.platform.set_fault(None);
    world.send(call);
    world.platform.calls()
}

fn is_unavailable(answer: &Answer) -> bool {
    answer.status == 503
        && answer.header("content-type") == "application/problem+json"
        && answer.header("retry-after") == "1"
        && answer.json()["code"] == "unavailable"
}

fn count(world: &World, sql: &'static str) -> i64 {
    let rows = world.run(world.platform.query(Statement::platform(sql, vec![Value::from(ACME.id)]))).unwrap();
    rows[0].integer(0).unwrap()
}

#[test]
fn every_route_meets_every_fault_with_its_answer_or_a_503() {
    let mut met = 0;
    for route in ROUTES {
        let (mut world, acme, _) = two_sides();
        world.forget_isolate();
        let calls = calls_of(&world, route.own(&acme));
        for fault in faults(calls) {
            let (mut world, acme, _) = two_sides();
            world.forget_isolate();
            world.platform.set_fault(Some(fault));
            let answer = world.send(route.own(&acme));
            assert!(
                answer.status < 300 || is_unavailable(&answer),
                "{} {fault:?}: {}",
                route.name(),
                answer.whole()
            );
            world.platform.set_fault(None);
            let again = world.send(route.own(&acme));
            // What was done already can't be done again where doing it twice is no good.
            let done = match route.method {
                "POST" if route.path.contains("/auth/password") => [410, 422].contains(&again.status),
                "POST" if route.path.contains("/logout") => again.status == 401,
                "DELETE" => [404, 410].contains(&again.status),
                "POST" => [409, 410, 429].contains(&again.status),
                _ => false,
            };
            assert!(again.status < 300 || done, "{} after {fault:?}: {}", route.name(), again.whole());
            met += 1;
        }
    }
    assert!(met > 150, "only {met} faults were met");
}

/// A world whose first release is live and whose draft has changed since.
fn about_to_publish() -> World {
    let world = World::published();
    world.patch_branding(&ACME, "\"1\"", json!({ "custom_css": ".livery-new{color:red}" }));
    world
}

fn publish(world: &World) -> Call {
    post(&ACME.at("/v1/branding/publish")).bearer(&world.access_token(&ACME))
}

#[test]
fn a_publish_that_meets_a_fault_leaves_the_old_release_or_the_new_one() {
    const RELEASES: &str = "SELECT COUNT(*) FROM releases WHERE tenant_id = ?1";
    const ARTIFACTS: &str = "SELECT COUNT(*) FROM artifacts WHERE tenant_id = ?1";
    let dry = about_to_publish();
    let old_files = count(&dry, ARTIFACTS);
    let calls = calls_of(&dry, publish(&dry));
    let new_files = count(&dry, ARTIFACTS);
    assert!(new_files > old_files);
    let (mut olds, mut news) = (0, 0);
    for fault in faults(calls) {
        let mut world = about_to_publish();
        world.platform.set_fault(Some(fault));
        let answer = world.send(publish(&world));
        world.platform.set_fault(None);
        assert!(answer.status == 201 || is_unavailable(&answer), "{fault:?}: {}", answer.whole());
        let live = world.run(releases::live(&ACME.scope()).from(&world.platform)).unwrap().unwrap();
        match live.rev {
            1 => {
                olds += 1;
                assert_ne!(answer.status, 201, "{fault:?}: told of a release that is not live");
                assert_eq!((count(&world, RELEASES), count(&world, ARTIFACTS)), (1, old_files), "{fault:?}");
            }
            2 => {
                news += 1;
                assert_eq!((count(&world, RELEASES), count(&world, ARTIFACTS)), (2, new_files), "{fault:?}");
            }
            rev => panic!("{fault:?}: release {rev} is live"),
        }
        // Whatever a page is told of by now, it can read.
        for (_, frame) in world.platform.memory.frames_sent(&ACME.scope()) {
            let Frame::Release(pointer) = frame else { continue };
            assert!(pointer.rev <= live.rev, "{fault:?}: told of release {}", pointer.rev);
            world.forget_isolate();
            assert_eq!(world.send(get(&ACME.at(&pointer.stylesheet))).status, 200, "{fault:?}");
        }
        let again = world.send(publish(&world));
        assert_eq!(
            (again.status, again.json()["rev"].clone()),
            (if live.rev == 2 { 200 } else { 201 }, json!(2)),
            "{fault:?}"
        );
        assert_eq!((count(&world, RELEASES), count(&world, ARTIFACTS)), (2, new_files), "{fault:?}");
        let told: Vec<_> = world.platform.memory.frames_sent(&ACME.scope());
        assert_eq!(told.len(), 2, "{fault:?}: each release told once: {told:?}");
        world.pass_secs(3);
        let seen = world.send(get(&ACME.at("/v1/edge/config")));
        assert_eq!(seen.json()["rev"], 2, "{fault:?}");
    }
    assert!(olds > 5 && news > 5, "{olds} old, {news} new");
}

/// A plan that has room for one message, and a visitor about to send it.
fn about_to_say() -> (World, Browser, String) {
    let world = World::published();
    world.platform.memory.execute_batch("UPDATE plans SET messages_monthly = 1").unwrap();
    let browser = world.browser(&ACME);
    let conversation = world.conversation(&ACME, &browser);
    (world, browser, conversation)
}

#[test]
fn a_message_that_meets_a_fault_is_stored_and_counted_once_by_its_retry() {
    let (dry, browser, conversation) = about_to_say();
    dry.platform.set_fault(None);
    dry.say(&ACME, &browser, &conversation, "k1", "hello");
    let calls = dry.platform.calls();
    let (mut refused, mut stored_unheard) = (0, 0);
    for fault in faults(calls) {
        let (world, browser, conversation) = about_to_say();
        world.platform.set_fault(Some(fault));
        let first = world.say(&ACME, &browser, &conversation, "k1", "hello");
        world.platform.set_fault(None);
        assert!(first.status == 201 || is_unavailable(&first), "{fault:?}: {}", first.whole());
        let between = world.messages(&ACME, &browser, &conversation);
        assert!(between.len() <= 1 && (first.status != 201 || between.len() == 1), "{fault:?}: {between:?}");
        assert!(world.used(&ACME) >= between.len() as u64, "{fault:?}: a message that is not counted");
        refused += u32::from(first.status == 503);
        stored_unheard += u32::from(first.status == 503 && between.len() == 1);
        let retry = world.say(&ACME, &browser, &conversation, "k1", "hello");
        // The only unit of the month is this message's, however often it is sent.
        assert_eq!(retry.status, if between.is_empty() { 201 } else { 200 }, "{fault:?}: {}", retry.whole());
        let stored = world.messages(&ACME, &browser, &conversation);
        assert_eq!((stored.len(), &stored[0]["seq"], world.used(&ACME)), (1, &json!(1), 1), "{fault:?}");
        assert_eq!(stored[0], retry.json(), "{fault:?}");
        let other = world.say(&ACME, &browser, &conversation, "k2", "more");
        assert_eq!(other.status, 429, "{fault:?}: {}", other.whole());
    }
    assert!(refused > 10 && stored_unheard >= 1, "{refused} refused, {stored_unheard} stored and not told");
}

#[test]
fn a_draft_or_policy_that_meets_a_fault_is_the_old_one_or_the_new_one() {
    for (path, method) in [("/v1/branding", "PATCH"), ("/v1/embed-policy", "PUT")] {
        let route = ROUTES.iter().find(|route| (route.path, route.method) == (path, method)).unwrap();
        let read = |world: &World| world.send(get(&ACME.at(path)).bearer(&world.access_token(&ACME))).whole();
        let (dry, acme, _) = two_sides();
        let old = read(&dry);
        let calls = calls_of(&dry, route.own(&acme));
        let new = read(&dry);
        assert_ne!(old, new);
        for fault in faults(calls) {
            let (world, acme, _) = two_sides();
            world.platform.set_fault(Some(fault));
            let answer = world.send(route.own(&acme));
            world.platform.set_fault(None);
            let now = read(&world);
            assert!(now == old || now == new, "{fault:?}: {now}");
            assert!(answer.status == 503 || now == new, "{fault:?}: said to be saved");
        }
    }
}
