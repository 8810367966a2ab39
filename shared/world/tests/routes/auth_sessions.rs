//! `/v1/auth/logout`, `/v1/auth/logout-everywhere`, `/v1/auth/sessions`, `/v1/auth/sign-ins`

use livery_world::{
    ACME, Answer, Expected, GLOBEX, PASSWORD, Party, World, answer, delete, get, post, problem, put,
};
use serde_json::{Value as Json, json};

fn sign_in_from(world: &World, party: &Party, address: &str, agent: &str) -> Answer {
    let call = post(&party.at("/v1/auth/login")).from_address(address).header("user-agent", agent);
    let answer = world.send(call.json(json!({ "email": ACME.email, "password": PASSWORD })));
    assert_eq!(answer.status, 200, "{}", answer.whole());
    answer
}

fn text(answer: &Answer, name: &str) -> String {
    answer.json()[name].as_str().unwrap().to_owned()
}

/// Makes acme's owner a viewer of globex too.
fn in_both(world: &World) {
    let join = format!(
        "INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES ('{}', '{}', 'viewer', 1)",
        GLOBEX.id, ACME.owner
    );
    world.platform.memory.execute_batch(&join).unwrap();
}

fn writes(world: &World, party: &Party, access: &str) -> u16 {
    let call = post(&party.at("/v1/auth/logout-everywhere")).bearer(access);
    world.send(call.json(json!({ "except_this": 1 }))).status
}

fn done() -> Expected {
    answer(204, json!("")).without("content-type")
}

#[test]
fn a_person_sees_all_sessions_in_every_tenant_and_which_one_asks() {
    let world = World::new();
    in_both(&world);
    let at_acme = sign_in_from(&world, &ACME, "192.0.2.7", "Firefox");
    world.pass_secs(60);
    let at_globex = sign_in_from(&world, &GLOBEX, "2001:db8::7", &"x".repeat(300));
    let seen = world.send(get("acme.livery.test/v1/auth/sessions").bearer(&text(&at_acme, "access_token")));
    seen.is(answer(
        200,
        json!({ "data": [
            {
                "id": text(&at_globex, "session_id"), "kind": "api", "current": false,
                "tenant": { "id": GLOBEX.id, "key": "globex", "name": "Globex" },
                "address": "2001:db8::7", "user_agent": "x".repeat(256),
                "created_at": "2026-11-21T09:01:00Z", "seen_at": "2026-11-21T09:01:00Z",
                "expires_at": "2026-12-21T09:01:00Z",
            },
            {
                "id": text(&at_acme, "session_id"), "kind": "api", "current": true,
                "tenant": { "id": ACME.id, "key": "acme", "name": "Acme" },
                "address": "192.0.2.7", "user_agent": "Firefox",
                "created_at": "2026-11-21T09:00:00Z", "seen_at": "2026-11-21T09:00:00Z",
                "expires_at": "2026-12-21T09:00:00Z",
            },
            {
                "id": ACME.session, "kind": "api", "current": false,
                "tenant": { "id": ACME.id, "key": "acme", "name": "Acme" },
                "address": null, "user_agent": null,
                "created_at": "2026-11-21T09:00:00Z", "seen_at": "2026-11-21T09:00:00Z",
                "expires_at": "2026-12-21T09:00:00Z",
            },
        ] }),
    ));
}

#[test]
fn a_session_in_use_is_marked_at_most_once_a_minute() {
    let world = World::new();
    let signed = sign_in_from(&world, &ACME, "192.0.2.7", "Firefox");
    let mut token = text(&signed, "refresh_token");
    let mut refresh = |secs: i64, address: &str| -> Json {
        world.pass_secs(secs);
        let call = post("acme.livery.test/v1/auth/refresh").from_address(address);
        let next = world.send(call.json(json!({ "refresh_token": token })));
        token = text(&next, "refresh_token");
        let all = get("acme.livery.test/v1/auth/sessions").bearer(&text(&next, "access_token"));
        let all = world.send(all).json();
        let mine = all["data"].as_array().unwrap().iter().find(|one| one["current"] == true).unwrap().clone();
        json!([mine["seen_at"], mine["address"]])
    };
    assert_eq!(refresh(59, "192.0.2.8"), json!(["2026-11-21T09:00:00Z", "192.0.2.7"]));
    assert_eq!(refresh(1, "192.0.2.8"), json!(["2026-11-21T09:01:00Z", "192.0.2.8"]));
}

#[test]
fn who_signs_out_is_out_at_once_and_elsewhere_not() {
    let world = World::new();
    let here = text(&sign_in_from(&world, &ACME, "192.0.2.7", "a"), "access_token");
    let there = text(&sign_in_from(&world, &ACME, "192.0.2.8", "b"), "access_token");
    world.send(post("acme.livery.test/v1/auth/logout").bearer(&here)).is(done());
    world.send(post("acme.livery.test/v1/auth/logout").bearer(&here)).is(problem("unauthenticated"));
    let write =
        put("acme.livery.test/v1/embed-policy").header("if-match", "*").json(json!({ "origins": [] }));
    world.send(write.clone().bearer(&here)).is(problem("unauthenticated"));
    assert_eq!(world.send(write.bearer(&there)).status, 200);
}

#[test]
fn signing_out_everywhere_ends_all_of_them_in_every_tenant_or_all_others() {
    let world = World::new();
    in_both(&world);
    let here = text(&sign_in_from(&world, &ACME, "192.0.2.7", "a"), "access_token");
    let there = text(&sign_in_from(&world, &GLOBEX, "192.0.2.8", "b"), "access_token");
    let everywhere =
        |body: Json| world.send(post("acme.livery.test/v1/auth/logout-everywhere").bearer(&here).json(body));
    // The one that the world begins with, and the one there.
    everywhere(json!({ "except_this": true })).is(answer(200, json!({ "ended": 2 })));
    assert_eq!((writes(&world, &ACME, &here), writes(&world, &GLOBEX, &there)), (422, 401));
    everywhere(json!({})).is(answer(200, json!({ "ended": 1 })));
    assert_eq!(writes(&world, &ACME, &here), 401);
    // Other people go on.
    let policy = put("globex.livery.test/v1/embed-policy").bearer(&world.access_token(&GLOBEX));
    let policy = policy.header("if-match", "*").json(json!({ "origins": [] }));
    assert_eq!(world.send(policy).status, 200);
}

#[test]
fn one_session_is_ended_from_another_and_only_by_its_own_person() {
    let world = World::new();
    let here = text(&sign_in_from(&world, &ACME, "192.0.2.7", "a"), "access_token");
    let there = sign_in_from(&world, &ACME, "192.0.2.8", "b");
    let end = |id: &str, access: &str| {
        world.send(delete(&format!("acme.livery.test/v1/auth/sessions/{id}")).bearer(access))
    };
    let viewers = end(&text(&there, "session_id"), &world.viewer_token());
    viewers.is(problem("not_found"));
    for nobodys in ["ses_019aa52f0e807000800000000000dead", "x", GLOBEX.session] {
        assert_eq!(end(nobodys, &here).whole(), viewers.whole(), "{nobodys}");
    }
    end(&text(&there, "session_id"), &here).is(done());
    assert_eq!(writes(&world, &ACME, &text(&there, "access_token")), 401);
    end(&text(&there, "session_id"), &here).is(problem("not_found"));
    assert_eq!(writes(&world, &ACME, &here), 422);
}

#[test]
fn the_history_says_what_was_tried_and_from_where() {
    let world = World::new();
    let wrong =
        post("acme.livery.test/v1/auth/login").from_address("198.51.100.9").header("user-agent", "curl");
    let wrong = wrong.json(json!({ "email": ACME.email, "password": "wrong" }));
    world.send(wrong).is(problem("invalid_credentials"));
    world.pass_secs(1);
    // The address is tried at a tenant where its person is no member.
    let elsewhere =
        post("globex.livery.test/v1/auth/login").json(json!({ "email": ACME.email, "password": PASSWORD }));
    world.send(elsewhere).is(problem("invalid_credentials"));
    world.pass_secs(1);
    let access = text(&sign_in_from(&world, &ACME, "192.0.2.7", "Firefox"), "access_token");
    let page = |query: &str| {
        let url = format!("acme.livery.test/v1/auth/sign-ins{query}");
        world.send(get(&url).bearer(&access))
    };
    let first = page("?limit=2");
    let lines = first.json()["data"].as_array().unwrap().clone();
    let id = |line: &Json| line["id"].as_str().unwrap().to_owned();
    first.is(answer(
        200,
        json!({
            "data": [
                {
                    "id": id(&lines[0]), "outcome": "signed_in", "tenant_id": ACME.id, "address": "192.0.2.7",
                    "user_agent": "Firefox", "at": "2026-11-21T09:00:02Z",
                },
                {
                    "id": id(&lines[1]), "outcome": "refused", "tenant_id": GLOBEX.id, "address": "192.0.2.1",
                    "user_agent": null, "at": "2026-11-21T09:00:01Z",
                },
            ],
            "next_cursor": id(&lines[1]),
        }),
    )
    .header("link", &format!("</v1/auth/sign-ins?limit=2&cursor={}>; rel=\"next\"", id(&lines[1]))));
    let second = page(&format!("?limit=2&cursor={}", id(&lines[1]))).json();
    assert_eq!(second["data"][0]["address"], "198.51.100.9");
    assert_eq!((second["data"].as_array().unwrap().len(), &second["next_cursor"]), (1, &Json::Null));
    assert_eq!(page("?cursor=x").status, 400);
}

#[test]
fn a_person_has_at_most_a_hundred_live_sessions() {
    let world = World::new();
    for _ in 0..120 {
        world.pass_secs(1);
        world.another_session(&ACME);
    }
    world.pass_secs(1);
    let newest = sign_in_from(&world, &ACME, "192.0.2.7", "a");
    let access = text(&newest, "access_token");
    let all = world.send(get("acme.livery.test/v1/auth/sessions").bearer(&access)).json();
    let all = all["data"].as_array().unwrap();
    assert_eq!(all.len(), 100);
    assert!(all.iter().any(|one| one["current"] == true));
    let live = "UPDATE sessions SET ended_why = 'x' WHERE ended_at IS NULL AND id = (SELECT id FROM sessions
        WHERE ended_at IS NULL ORDER BY seen_at LIMIT 1)";
    world.platform.memory.execute_batch(live).unwrap();
    assert_eq!(writes(&world, &ACME, &world.access_token(&ACME)), 401, "the oldest is over");
}
