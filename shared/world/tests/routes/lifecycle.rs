//! `PUT /v1/tenant/status`, and what each state means for whoever asks.

use livery_domain::{embed::live::Frame, tenancy::lifecycle::TenantStatus};
use livery_embed::live::Then;
use livery_world::{
    ACME, Answer, Browser, Call, Fault, GLOBEX, World, answer, get, head, patch, post, problem, put,
};
use serde_json::{Value as Json, json};

const STATUS: &str = "acme.livery.test/v1/tenant/status";
const CONFIG: &str = "acme.livery.test/v1/edge/config";

fn lead(world: &World, status: &str, reason: Json) -> Answer {
    let body = json!({ "status": status, "reason": reason });
    world.send(put(STATUS).bearer(&world.access_token(&ACME)).json(body))
}

/// As the platform's own people do it: the row, and nobody is told.
fn force(world: &World, status: TenantStatus) {
    let sql = format!("UPDATE tenants SET status = '{}' WHERE key = 'acme'", status.as_str());
    world.platform.memory.execute_batch(&sql).unwrap();
}

fn write(browser: &Browser) -> Call {
    post("acme.livery.test/v1/conversations").bearer(&browser.session).json(json!({}))
}

fn mint() -> Call {
    post("acme.livery.test/v1/embed/sessions").header("origin", ACME.shop).json(json!({}))
}

fn is_told(answer: &Answer, code: &str) {
    assert_eq!(answer.json()["code"], code, "{}", answer.whole());
}

#[test]
fn an_owner_puts_the_tenant_into_maintenance_and_out_of_it() {
    let world = World::published();
    lead(&world, "maintenance", json!("Moving house")).is(answer(
        200,
        json!({
            "status": "maintenance",
            "status_reason": "Moving house",
            "status_changed_at": "2026-11-21T09:00:00Z",
        }),
    ));
    world.pass_secs(5);
    lead(&world, "active", Json::Null).is(answer(
        200,
        json!({ "status": "active", "status_reason": null, "status_changed_at": "2026-11-21T09:00:05Z" }),
    ));
    let shown = world.send(get(&ACME.at("/v1/tenant")).bearer(&world.access_token(&ACME)));
    assert_eq!((shown.json()["status"].clone(), shown.header("etag")), (json!("active"), "\"3\""));
}

#[test]
fn nobody_but_an_owner_may_and_nobody_lifts_what_the_platform_imposed() {
    let world = World::published();
    let body = json!({ "status": "maintenance" });
    world.send(put(STATUS).bearer(&world.viewer_token()).json(body)).is(problem("forbidden"));
    lead(&world, "suspended", Json::Null).is(problem("conflict")
        .reason("status_not_reachable")
        .detail("The tenant is active, and from there only the platform leads it to suspended."));
    lead(&world, "nonsense", Json::Null).is(problem("invalid_content").reason("wrong_shape").detail(
        "unknown variant `nonsense`, expected one of `provisioning`, `active`, `suspended`, `maintenance`, `deactivated` at line 1 column 34",
    ));
    force(&world, TenantStatus::Suspended);
    lead(&world, "active", Json::Null).is(problem("tenant_suspended"));
    force(&world, TenantStatus::Deactivated);
    lead(&world, "active", Json::Null).is(problem("tenant_deactivated"));
}

#[test]
fn a_reason_is_bounded_and_plain() {
    let world = World::new();
    let told = "must be a text of at most 500 characters";
    for (reason, why) in [("x".repeat(501), "too_long"), ("a\0b".into(), "control_characters")] {
        lead(&world, "maintenance", json!(reason)).is(problem("invalid_content").fault("/reason", why, told));
    }
    let longest = "株".repeat(500);
    assert_eq!(lead(&world, "maintenance", json!(longest)).json()["status_reason"], json!(longest));
}

#[test]
fn a_suspension_stops_every_write_at_once_and_reading_goes_on() {
    let world = World::published();
    let browser = world.browser(&ACME);
    let conversation = world.conversation(&ACME, &browser);
    force(&world, TenantStatus::Suspended);
    world.send(write(&browser)).is(problem("tenant_suspended"));
    is_told(&world.say(&ACME, &browser, &conversation, "k", "hello"), "tenant_suspended");
    is_told(&world.send(mint()), "tenant_suspended");
    is_told(
        &world.send(get("acme.livery.test/v1/conversations").bearer(&browser.session)),
        "tenant_suspended",
    );
    let owner = world.access_token(&ACME);
    let brand = json!({ "texts": { "title": "New" } });
    let change = patch(&ACME.at("/v1/branding")).bearer(&owner).header("if-match", "\"1\"").json(brand);
    world.send(change).is(problem("tenant_suspended"));
    world.send(post(&ACME.at("/v1/branding/publish")).bearer(&owner)).is(problem("tenant_suspended"));
    for path in ["/v1/tenant", "/v1/branding", "/v1/usage", "/v1/releases"] {
        assert_eq!(world.send(get(&ACME.at(path)).bearer(&owner)).status, 200, "{path}");
    }
    force(&world, TenantStatus::Active);
    assert_eq!(world.say(&ACME, &browser, &conversation, "k", "hello").status, 201);
}

#[test]
fn in_maintenance_a_visitor_reads_and_is_told_when_to_write_again() {
    let world = World::published();
    let browser = world.browser(&ACME);
    let conversation = world.conversation(&ACME, &browser);
    lead(&world, "maintenance", Json::Null);
    world.send(write(&browser)).is(problem("tenant_maintenance").header("retry-after", "30"));
    is_told(&world.say(&ACME, &browser, &conversation, "k", "hello"), "tenant_maintenance");
    assert_eq!(world.send(mint()).status, 201, "the widget shows what was said");
    assert_eq!(world.messages(&ACME, &browser, &conversation).len(), 0);
    world.pass_secs(3);
    for path in ["/embed", "/v1/edge/config", "/widget.js", "/v1/live"] {
        assert_eq!(world.send(get(&ACME.at(path))).status, 200, "{path}");
    }
    let theirs = patch(&ACME.at("/v1/branding")).bearer(&world.access_token(&ACME)).header("if-match", "*");
    assert_eq!(world.send(theirs.json(json!({ "texts": { "title": "New" } }))).status, 200);
}

#[test]
fn a_tenant_that_is_given_up_answers_visitors_as_one_that_never_was() {
    let world = World::published();
    let stylesheet = world.publish(&ACME)["stylesheet"].as_str().unwrap().to_owned();
    let browser = world.browser(&ACME);
    assert_eq!(lead(&world, "deactivated", json!("We moved")).status, 200);
    world.pass_secs(3);
    let nowhere = |path: &str| world.send(get(&format!("nosuch.livery.test{path}"))).whole();
    for path in ["/embed", "/v1/edge/config", "/widget.js", "/v1/live", stylesheet.as_str()] {
        assert_eq!(world.send(get(&ACME.at(path))).whole(), nowhere(path), "{path}");
    }
    world.send(write(&browser)).is(problem("not_found"));
    is_told(&world.send(mint()), "not_found");
    let reads = |token: &str| world.send(get(&ACME.at("/v1/tenant")).bearer(token));
    assert_eq!(reads(&world.access_token(&ACME)).json()["status"], "deactivated");
    reads(&world.viewer_token()).is(problem("tenant_deactivated"));
}

#[test]
fn while_it_is_set_up_the_team_works_and_visitors_find_nothing() {
    let world = World::published();
    force(&world, TenantStatus::Provisioning);
    world.pass_secs(61);
    world.send(get(CONFIG)).is(problem("not_found"));
    is_told(&world.send(mint()), "not_found");
    world.publish(&ACME);
    assert_eq!(lead(&world, "active", Json::Null).status, 200);
    world.pass_secs(3);
    assert_eq!(world.send(get(CONFIG)).status, 200);
}

#[test]
fn the_edge_hears_of_a_change_by_the_cache_within_two_seconds() {
    let world = World::published();
    let stylesheet = world.publish(&ACME)["stylesheet"].as_str().unwrap().to_owned();
    assert_eq!(world.send(get(CONFIG)).status, 200);
    lead(&world, "deactivated", Json::Null);
    assert_eq!(world.send(get(CONFIG)).status, 200, "an isolate's own memory");
    world.platform.memory.pass_millis(2_001);
    let before = world.platform.memory.statements();
    world.send(get(CONFIG)).is(problem("not_found"));
    assert_eq!(world.platform.memory.statements(), before, "by the cache alone");
    world.send(get(&ACME.at(&stylesheet))).is(problem("not_found"));
    assert_eq!(world.send(get(&GLOBEX.at("/v1/edge/config"))).status, 200);
}

#[test]
fn a_suspension_that_no_cache_was_told_of_is_felt_after_a_minute_and_two_seconds() {
    let world = World::published();
    let stylesheet = world.publish(&ACME)["stylesheet"].as_str().unwrap().to_owned();
    world.pass_secs(3);
    assert_eq!(world.send(get(CONFIG)).status, 200);
    force(&world, TenantStatus::Suspended);
    world.platform.memory.pass_millis(62_001);
    world.send(get(CONFIG)).is(problem("tenant_suspended"));
    world.send(get(&ACME.at("/embed"))).is(problem("tenant_suspended"));
    // The loader says why there is no widget, and what is named by its hash stays what it is.
    for path in ["/widget.js", stylesheet.as_str()] {
        assert_eq!(world.send(get(&ACME.at(path))).status, 200, "{path}");
    }
    force(&world, TenantStatus::Active);
    world.platform.memory.pass_millis(62_001);
    assert_eq!(world.send(get(CONFIG)).status, 200);
}

#[test]
fn a_publish_does_not_open_what_was_closed_meanwhile() {
    let world = World::published();
    force(&world, TenantStatus::Maintenance);
    world.patch_branding(&ACME, "\"1\"", json!({ "texts": { "title": "New" } }));
    world.publish(&ACME);
    let cached = world.read_cache(&format!("live:{}", ACME.id)).unwrap();
    let cached: Json = serde_json::from_slice(&cached).unwrap();
    assert_eq!((&cached["status"], &cached["release"]["rev"]), (&json!("maintenance"), &json!(2)));
}

#[test]
fn open_pages_are_told_when_visitors_are_shut_out_and_only_then() {
    let world = World::published();
    let told = |world: &World| {
        let frames = world.platform.memory.frames_sent(&ACME.scope());
        frames.iter().filter(|(_, frame)| *frame == Frame::Suspended).count()
    };
    lead(&world, "maintenance", Json::Null);
    assert_eq!(told(&world), 0);
    lead(&world, "deactivated", Json::Null);
    assert_eq!(told(&world), 1);
    assert!(!world.platform.memory.frames_sent(&GLOBEX.scope()).contains(&(None, Frame::Suspended)));
}

#[test]
fn an_event_stream_ends_with_the_tenant_and_a_poll_hears_of_it() {
    let world = World::published();
    let live = || get("acme.livery.test/v1/live");
    let (_, then) = world.listen(live().header("accept", "text/event-stream"));
    let Then::Events(mut events) = then else { panic!("no events") };
    world.hear(&mut events).unwrap();
    let cursor = world.send(live()).json()["cursor"].as_str().unwrap().to_owned();
    lead(&world, "deactivated", Json::Null);
    let last = world.hear(&mut events).unwrap();
    assert!(last.ends_with("data: {\"type\":\"suspended\"}\n\n"), "{last}");
    assert_eq!(world.hear(&mut events), None);
    force(&world, TenantStatus::Active);
    let heard = world.send(get(&format!("acme.livery.test/v1/live?cursor={cursor}"))).json();
    assert_eq!(heard["data"], json!([{ "type": "suspended" }]));
}

#[test]
fn whoever_comes_to_listen_later_is_refused_in_the_way_of_its_transport() {
    let world = World::published();
    let browser = world.browser(&ACME);
    force(&world, TenantStatus::Suspended);
    let live = || get("acme.livery.test/v1/live");
    for call in [
        live(),
        head("acme.livery.test/v1/live"),
        live().header("accept", "text/event-stream"),
        live().bearer(&browser.session),
    ] {
        let refused = world.send(call);
        assert_eq!(refused.status, 403, "{}", refused.whole());
    }
    let protocols = format!("livery.v1, bearer.{}", browser.session);
    let socket = || live().header("connection", "Upgrade").header("upgrade", "websocket");
    for call in [socket(), socket().header("sec-websocket-protocol", &protocols)] {
        let (head, then) = world.listen(call);
        assert!(head.status == 101 && matches!(then, Then::RefusedSocket { code: 4003, .. }));
    }
}

#[test]
fn a_change_that_meets_a_fault_is_made_or_not_and_the_same_request_again_completes_it() {
    let dry = World::published();
    dry.platform.set_fault(None);
    lead(&dry, "deactivated", Json::Null);
    let calls = dry.platform.calls();
    for fault in (0..calls).flat_map(|at| [Fault::Before(at), Fault::After(at), Fault::FromOn(at)]) {
        let world = World::published();
        let owner = world.access_token(&ACME);
        world.platform.set_fault(Some(fault));
        let told = lead(&world, "deactivated", Json::Null);
        world.platform.set_fault(None);
        assert!([200, 503].contains(&told.status), "{fault:?}: {}", told.whole());
        let status = world.send(get(&ACME.at("/v1/tenant")).bearer(&owner)).json()["status"].clone();
        assert!(told.status != 200 || status == "deactivated", "{fault:?}");
        assert_eq!(lead(&world, "deactivated", Json::Null).status, 200, "{fault:?}");
        let told = world.platform.memory.frames_sent(&ACME.scope());
        assert!(told.contains(&(None, Frame::Suspended)), "{fault:?}");
    }
}

#[test]
fn asking_for_what_is_so_tells_everybody_again() {
    let world = World::published();
    lead(&world, "maintenance", json!("a"));
    let key = format!("live:{}", ACME.id);
    world.write_cache(&key, b"{}");
    lead(&world, "maintenance", Json::Null).is(answer(
        200,
        json!({ "status": "maintenance", "status_reason": "a", "status_changed_at": "2026-11-21T09:00:00Z" }),
    ));
    let cached: Json = serde_json::from_slice(&world.read_cache(&key).unwrap()).unwrap();
    assert_eq!(cached["status"], "maintenance");
    assert_eq!(lead(&world, "maintenance", json!("b")).json()["status_reason"], "b");
}
