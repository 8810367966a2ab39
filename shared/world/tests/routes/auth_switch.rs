//! `POST /v1/auth/switch`, and the ticket by which a console does the same.

use livery_world::{ACME, Answer, GLOBEX, PASSWORD, World, answer, get, post, problem};
use serde_json::json;

fn text(answer: &Answer, name: &str) -> String {
    answer.json()[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", answer.whole())).to_owned()
}

fn signed_in(world: &World) -> String {
    let call = post("acme.livery.test/v1/auth/login");
    text(&world.send(call.json(json!({ "email": ACME.email, "password": PASSWORD }))), "access_token")
}

fn switch(world: &World, access: &str, tenant: &str) -> Answer {
    let call = post("acme.livery.test/v1/auth/switch").bearer(access);
    world.send(call.json(json!({ "tenant_id": tenant })))
}

#[test]
fn whoever_is_in_two_tenants_goes_from_one_to_the_other_and_stays_in_the_first() {
    let world = World::new();
    let here = signed_in(&world);
    let nobodys = switch(&world, &here, "ten_019aa52f0e80700080000000000000ff");
    nobodys.is(problem("not_found"));
    for other in [GLOBEX.id, "x"] {
        assert_eq!(switch(&world, &here, other).whole(), nobodys.whole());
    }
    let join = format!(
        "INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES ('{}', '{}', 'viewer', 1)",
        GLOBEX.id, ACME.owner
    );
    world.platform.memory.execute_batch(&join).unwrap();
    let there = switch(&world, &here, GLOBEX.id);
    there.is(answer(
        200,
        json!({
            "access_token": text(&there, "access_token"), "token_type": "Bearer", "expires_in": 600,
            "refresh_token": text(&there, "refresh_token"), "session_id": text(&there, "session_id"),
            "session_expires_at": "2026-12-21T09:00:00Z",
            "tenant": { "id": GLOBEX.id, "key": "globex", "name": "Globex" }, "role": "viewer",
        }),
    ));
    let me =
        |host: &str, access: &str| world.send(get(&format!("{host}/v1/auth/sessions")).bearer(access)).status;
    let over_there = text(&there, "access_token");
    assert_eq!((me("globex.livery.test", &over_there), me("acme.livery.test", &over_there)), (200, 404));
    // The old session goes on, for writing too.
    let out = post("acme.livery.test/v1/auth/logout").bearer(&here);
    assert_eq!(world.send(out).status, 204);
    // And the new one does not hang on it.
    let out = post("globex.livery.test/v1/auth/logout").bearer(&over_there);
    assert_eq!(world.send(out).status, 204);
    let suspended = format!("UPDATE tenants SET status = 'deactivated' WHERE id = '{}'", GLOBEX.id);
    world.platform.memory.execute_batch(&suspended).unwrap();
    switch(&world, &signed_in(&world), GLOBEX.id).is(problem("tenant_deactivated"));
    let outcomes = world.send(get("acme.livery.test/v1/auth/sign-ins").bearer(&signed_in(&world))).json();
    assert!(outcomes["data"].as_array().unwrap().iter().any(|line| line["outcome"] == "switched"));
}
