//! `GET /v1/me`, `/v1/tenant`, `/v1/usage`

use crate::tenant::untouched;
use crate::world::{ACME, CUSTOM_DOMAIN, GLOBEX, VIEWER, World, answer, get, head, post, problem};
use serde_json::json;

#[test]
fn a_member_is_told_who_it_is() {
    let world = World::new();
    world
        .send(get("acme.livery.test/v1/me").bearer(&world.viewer_token()))
        .is(answer(200, json!({ "user_id": VIEWER, "tenant_id": ACME.id, "role": "viewer" })));
}

#[test]
fn a_member_is_told_its_tenant_on_each_of_its_hosts() {
    let world = World::new();
    for host in [ACME.host, CUSTOM_DOMAIN, "livery.test"] {
        world.send(get(&format!("{host}/v1/tenant")).bearer(&world.access_token(&ACME))).is(answer(
            200,
            untouched(&ACME),
        )
        .header("etag", "\"1\""));
    }
}

#[test]
fn usage_is_the_months_messages_against_the_plan() {
    let world = World::published();
    let usage = |world: &World, party| {
        let answer = world.send(get("livery.test/v1/usage").bearer(&world.access_token(party)));
        assert_eq!(answer.status, 200);
        answer
    };
    let period = json!({ "start": "2026-11-01T00:00:00Z", "end": "2026-12-01T00:00:00Z" });
    let browser = world.browser(&ACME);
    let conversation = world.conversation(&ACME, &browser);
    world.say(&ACME, &browser, &conversation, "k1", "hello");
    usage(&world, &ACME).is(answer(
        200,
        json!({ "period": period, "messages": { "used": 1, "limit": 10_000, "remaining": 9_999 } }),
    ));
    usage(&world, &GLOBEX).is(answer(
        200,
        json!({ "period": period, "messages": { "used": 0, "limit": 1000, "remaining": 1000 } }),
    ));
    world.pass_secs(crate::world::SECS_TO_DECEMBER);
    let december = usage(&world, &ACME).json();
    assert_eq!(
        (&december["period"]["start"], &december["messages"]["used"]),
        (&json!("2026-12-01T00:00:00Z"), &json!(0))
    );
}

#[test]
fn head_is_get_without_the_body() {
    let world = World::new();
    for path in ["/v1/me", "/v1/usage"] {
        world.send(head(&ACME.at(path)).bearer(&world.access_token(&ACME))).is(answer(200, json!("")));
    }
    world
        .send(head(&ACME.at("/v1/tenant")).bearer(&world.access_token(&ACME)))
        .is(answer(200, json!("")).header("etag", "\"1\""));
}

#[test]
fn these_are_only_read() {
    let world = World::new();
    for path in ["/v1/me", "/v1/tenant/stats", "/v1/usage"] {
        world
            .send(post(&ACME.at(path)).bearer(&world.access_token(&ACME)))
            .is(problem("method_not_allowed").header("allow", "GET, HEAD"));
    }
}
