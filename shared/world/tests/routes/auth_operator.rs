//! The platform's own people sign in at the platform's own host, to no tenant.

use livery_world::{ACME, Answer, Call, PASSWORD, World, answer, get, post, problem};
use serde_json::json;

fn text(answer: &Answer, name: &str) -> String {
    answer.json()[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", answer.whole())).to_owned()
}

fn login(email: &str) -> Call {
    post("livery.test/v1/auth/login").json(json!({ "email": email, "password": PASSWORD }))
}

/// A world in which acme's owner is one of the platform's own people too.
fn world() -> World {
    let world = World::new();
    let make = format!("INSERT INTO operators VALUES ('{}', 1)", ACME.owner);
    world.platform.memory.execute_batch(&make).unwrap();
    world
}

#[test]
fn an_operator_has_a_token_that_is_no_members_and_no_tenants() {
    let world = world();
    world.send(login("viewer@acme.test")).is(problem("invalid_credentials"));
    let signed = world.send(login(ACME.email));
    signed.is(answer(
        200,
        json!({
            "access_token": text(&signed, "access_token"), "token_type": "Bearer", "expires_in": 600,
            "refresh_token": text(&signed, "refresh_token"), "session_id": text(&signed, "session_id"),
            "session_expires_at": "2026-12-21T09:00:00Z",
            "device_token": text(&signed, "device_token"), "role": "operator",
        }),
    ));
    let access = text(&signed, "access_token");
    world.send(get("acme.livery.test/v1/tenant").bearer(&access)).is(problem("unauthenticated"));
    let sessions = get("livery.test/v1/auth/sessions").bearer(&access);
    let own = world.send(sessions.clone()).json();
    assert_eq!((&own["data"][0]["kind"], &own["data"][0]["tenant"]), (&json!("operator"), &json!(null)));
    world.send(get("acme.livery.test/v1/auth/sessions").bearer(&access)).is(problem("not_found"));
    // A session that is over, and a person who is no operator any more, are refused at once, for reading too.
    let refresh = || {
        post("livery.test/v1/auth/refresh").json(json!({ "refresh_token": text(&signed, "refresh_token") }))
    };
    assert_eq!(text(&world.send(refresh()), "role"), "operator");
    world.platform.memory.execute_batch("DELETE FROM operators").unwrap();
    world.send(sessions).is(problem("unauthenticated"));
    world.send(refresh()).is(problem("unauthenticated"));
}

#[test]
fn an_operator_signs_out_at_once() {
    let world = world();
    let access = text(&world.send(login(ACME.email)), "access_token");
    assert_eq!(world.send(post("livery.test/v1/auth/logout").bearer(&access)).status, 204);
    world.send(get("livery.test/v1/auth/sessions").bearer(&access)).is(problem("unauthenticated"));
}
