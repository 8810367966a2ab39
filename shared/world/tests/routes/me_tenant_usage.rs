//! `GET /v1/me`, `/v1/tenant`, `/v1/usage`

use crate::tenant::untouched;
use livery_store::operations::audit;
use livery_world::{ACME, CUSTOM_DOMAIN, GLOBEX, VIEWER, World, answer, get, head, patch, post, problem};
use serde_json::{Value as Json, json};

#[test]
fn a_member_is_told_who_it_is() {
    let world = World::new();
    world
        .send(get("acme.livery.test/v1/me").bearer(&world.viewer_token()))
        .is(answer(200, viewer("Acme Viewer", json!(null))));
}

fn viewer(name: &str, locale: Json) -> Json {
    json!({
        "user_id": VIEWER, "tenant_id": ACME.id, "role": "viewer", "name": name,
        "email": "viewer@acme.test", "locale": locale,
        "permissions": ["tenant.read", "usage.read", "flags.read", "brand.read"],
    })
}

#[test]
fn a_person_changes_its_name_and_language_and_the_log_keeps_neither() {
    let world = World::new();
    let change =
        |body: Json| world.send(patch("acme.livery.test/v1/me").bearer(&world.viewer_token()).json(body));
    change(json!({ "name": " Vera ", "locale": "ja" })).is(answer(200, viewer("Vera", json!("ja"))));
    change(json!({ "name": "Vera" })).is(answer(200, viewer("Vera", json!("ja"))));
    change(json!({ "locale": null })).is(answer(200, viewer("Vera", json!(null))));
    change(json!({ "name": " " })).is(problem("invalid_content").fault(
        "/name",
        "invalid_name",
        "A name has 1 to 100 characters on one line.",
    ));
    assert_eq!(
        (change(json!({ "locale": "xx" })).status, change(json!({ "email": "a@b" })).status),
        (422, 422)
    );
    let log = world.run(audit::following(&world.platform, &ACME.scope(), 0, 10)).unwrap();
    let told: Vec<_> = log.iter().map(|entry| (entry.action.as_str(), entry.after.as_deref())).collect();
    assert_eq!(
        told,
        [
            ("profile.changed", Some("{\"fields\":[\"name\",\"locale\"]}")),
            ("profile.changed", Some("{\"fields\":[\"locale\"]}")),
        ]
    );
}

#[test]
fn a_person_sees_every_tenant_that_it_is_in_and_may_look_into() {
    let world = World::new();
    let sql = format!(
        "INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES ('{}', '{VIEWER}', 'admin', 0)",
        GLOBEX.id
    );
    world.platform.memory.execute_batch(&sql).unwrap();
    let list = || world.send(get("acme.livery.test/v1/tenants").bearer(&world.viewer_token()));
    let one = |party: &livery_world::Party, role: &str, joined: &str, current: bool| {
        json!({
            "id": party.id, "key": party.key, "name": party.name, "status": "active",
            "host": format!("{}.livery.test", party.key), "role": role, "custom_role": null,
            "joined_at": joined, "current": current,
        })
    };
    let acme = one(&ACME, "viewer", "2026-11-21T09:00:00Z", true);
    let globex = one(&GLOBEX, "admin", "1970-01-01T00:00:00Z", false);
    list().is(answer(200, json!({ "data": [acme, globex], "next_cursor": null })));
    let first = world.send(get("acme.livery.test/v1/tenants?limit=1").bearer(&world.viewer_token())).json();
    assert_eq!(first["next_cursor"], ACME.id);
    let sql = format!("UPDATE tenants SET status = 'deactivated' WHERE id = '{}'", GLOBEX.id);
    world.platform.memory.execute_batch(&sql).unwrap();
    list().is(answer(200, json!({ "data": [acme], "next_cursor": null })));
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
    world.pass_secs(livery_world::SECS_TO_DECEMBER);
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
    for path in ["/v1/tenants", "/v1/tenant/stats", "/v1/usage"] {
        world
            .send(post(&ACME.at(path)).bearer(&world.access_token(&ACME)))
            .is(problem("method_not_allowed").header("allow", "GET, HEAD"));
    }
}

#[test]
fn a_list_is_not_read_as_the_members_of_an_object_in_their_order() {
    let world = World::new();
    // serde reads a list as the members in their order, and refuses other values by the name of a Rust type.
    for body in [
        json!([null, null]),
        json!(["a@b.test", "password", null]),
        json!([]),
        json!(1),
        json!("x"),
        json!(null),
    ] {
        let (token, path) = (world.access_token(&ACME), ACME.at("/v1/auth/login"));
        for call in [patch(&ACME.at("/v1/me")).bearer(&token), post(&path)] {
            world.send(call.json(body.clone())).is(problem("invalid_content")
                .reason("wrong_type")
                .detail("The body has to be a JSON object."));
        }
    }
}
