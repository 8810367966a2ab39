//! `GET /v1/flags`, and the gate that flags are.

use livery_world::{ACME, GLOBEX, World, answer, get, patch, post, problem, put};
use serde_json::{Value as Json, json};

fn flag(key: &str, r#type: &str, value: Json, source: &str) -> Json {
    json!({ "key": key, "type": r#type, "value": value, "source": source })
}

fn support_level(value: &str, source: &str) -> Json {
    let mut flag = flag("support_level", "string", json!(value), source);
    flag["allowed"] = json!(["community", "email", "priority"]);
    flag
}

/// Sets what acme has against its plan; the value is JSON text.
fn override_flag(world: &World, key: &str, value: &str) {
    let sql = format!("INSERT INTO flag_overrides VALUES ('{}', '{key}', '{value}', 0)", ACME.id);
    world.platform.memory.execute_batch(&sql).unwrap();
}

#[test]
fn every_flag_is_shown_with_its_type_and_where_its_value_came_from() {
    let world = World::new();
    override_flag(&world, "api_keys_max", "25");
    // Of the wrong type, out of bounds, unknown: none of them counts.
    override_flag(&world, "custom_roles", "\"yes\"");
    override_flag(&world, "audit_days", "0");
    override_flag(&world, "nothing", "true");
    let sql = "UPDATE plans SET flags = '{\"remove_powered_by\":true,\"custom_roles\":1,\"audit_days\":90}' WHERE key = 'pro'";
    world.platform.memory.execute_batch(sql).unwrap();
    let shown = world.send(get(&ACME.at("/v1/flags")).bearer(&world.viewer_token()));
    shown.is(answer(
        200,
        json!({ "data": [
            flag("remove_powered_by", "boolean", json!(true), "plan"),
            flag("custom_roles", "boolean", json!(false), "default"),
            flag("api_keys_max", "number", json!(25), "override"),
            flag("audit_days", "number", json!(90), "plan"),
            support_level("community", "default"),
        ] }),
    ));
}

#[test]
fn each_tenant_has_the_flags_of_its_own_plan() {
    let world = World::new();
    override_flag(&world, "support_level", "\"priority\"");
    let shown = world.send(get(&GLOBEX.at("/v1/flags")).bearer(&world.access_token(&GLOBEX)));
    shown.is(answer(
        200,
        json!({ "data": [
            flag("remove_powered_by", "boolean", json!(false), "plan"),
            flag("custom_roles", "boolean", json!(false), "plan"),
            flag("api_keys_max", "number", json!(2), "plan"),
            flag("audit_days", "number", json!(30), "plan"),
            support_level("community", "plan"),
        ] }),
    ));
}

#[test]
fn a_plan_whose_flags_cannot_be_read_has_the_defaults() {
    for broken in ["[]", "not json", "null", ""] {
        let world = World::new();
        let sql = format!("UPDATE plans SET flags = '{broken}'");
        world.platform.memory.execute_batch(&sql).unwrap();
        let shown = world.send(get(&ACME.at("/v1/flags")).bearer(&world.access_token(&ACME)));
        assert_eq!(shown.json()["data"][2], flag("api_keys_max", "number", json!(2), "default"), "{broken}");
    }
}

#[test]
fn flags_are_only_read_here() {
    let world = World::new();
    let call = put(&ACME.at("/v1/flags")).bearer(&world.access_token(&ACME)).json(json!({}));
    world.send(call).is(problem("method_not_allowed").header("allow", "GET, HEAD"));
}

#[test]
fn powered_by_is_removed_only_where_the_plan_has_it() {
    let world = World::new();
    let write = |etag: &str, body: Json| {
        let call = patch(&GLOBEX.at("/v1/branding")).bearer(&world.access_token(&GLOBEX));
        world.send(call.header("if-match", etag).json(body))
    };
    write("\"0\"", json!({ "powered_by": false })).is(problem("feature_not_in_plan").detail(
        "It takes `remove_powered_by`, which the plan does not have. GET /v1/flags shows what it has.",
    ));
    assert_eq!(write("\"0\"", json!({ "powered_by": true })).status, 200);
    assert_eq!(write("\"1\"", json!({ "texts": { "title": "Globex" } })).status, 200);
}

#[test]
fn a_tenant_that_lost_the_feature_publishes_with_powered_by_and_works_on() {
    let world = World::new();
    let token = world.access_token(&ACME);
    world.patch_branding(&ACME, "\"0\"", json!({ "powered_by": false }));
    let shown = |release: &Json| {
        world.send(get(&ACME.at(release["config"].as_str().unwrap()))).json()["powered_by"].clone()
    };
    assert_eq!(shown(&world.publish(&ACME)), json!(false));

    override_flag(&world, "remove_powered_by", "false");
    assert_eq!(world.patch_branding(&ACME, "\"1\"", json!({ "texts": { "title": "Hi" } })), "\"2\"");
    assert_eq!(shown(&world.publish(&ACME)), json!(true));
    // Published already: nothing would change.
    assert_eq!(world.send(post(&ACME.at("/v1/branding/publish")).bearer(&token)).status, 200);
    // Once it is given up, it takes the feature to have it again.
    world.patch_branding(&ACME, "\"2\"", json!({ "powered_by": true }));
    let again = patch(&ACME.at("/v1/branding")).bearer(&token).header("if-match", "\"3\"");
    world.send(again.json(json!({ "powered_by": false }))).is(problem("feature_not_in_plan").detail(
        "It takes `remove_powered_by`, which the plan does not have. GET /v1/flags shows what it has.",
    ));
}
