//! `GET` and `PUT /v1/embed-policy`

use livery_world::{ACME, Call, GLOBEX, World, answer, delete, get, problem, put};
use serde_json::{Value as Json, json};

const URL: &str = "acme.livery.test/v1/embed-policy";

fn replace(world: &World, etag: &str, origins: Json) -> Call {
    put(URL).bearer(&world.access_token(&ACME)).header("if-match", etag).json(json!({ "origins": origins }))
}

#[test]
fn the_policy_is_shown_with_its_version() {
    let world = World::new();
    world.send(get(URL).bearer(&world.access_token(&ACME))).is(answer(
        200,
        json!({ "origins": ["https://shop.example"] }),
    )
    .header("etag", "\"1\""));
}

#[test]
fn a_tenant_without_a_policy_lets_nobody_embed_and_can_make_one() {
    let world = World::new();
    world.platform.memory.execute_batch("DELETE FROM embed_policies").unwrap();
    let shown = world.send(get(URL).bearer(&world.access_token(&ACME)));
    shown.is(answer(200, json!({ "origins": [] })).header("etag", "\"0\""));
    let made = world.send(replace(&world, "\"0\"", json!(["https://a.example"])));
    made.is(answer(200, json!({ "origins": ["https://a.example"] })).header("etag", "\"1\""));
}

#[test]
fn origins_are_kept_in_one_spelling_and_once() {
    let world = World::new();
    let sent = json!([
        "https://Shop.Example:443",
        "https://shop.example",
        "http://localhost:*",
        "https://*.eu.example"
    ]);
    let kept = json!(["https://shop.example", "http://localhost:*", "https://*.eu.example"]);
    world
        .send(replace(&world, "\"1\"", sent))
        .is(answer(200, json!({ "origins": kept })).header("etag", "\"2\""));
}

#[test]
fn every_origin_that_is_none_is_named() {
    let world = World::new();
    let told = "Write https://host, https://*.host or https://host:port.";
    let sent =
        json!(["https://a.example", "*", "https://x;script-src *", 7, "null", "https://a.example/path"]);
    let faults: Vec<_> = (1..6)
        .map(|at| json!({ "pointer": format!("/origins/{at}"), "reason": "not_an_origin", "detail": told }))
        .collect();
    world.send(replace(&world, "\"1\"", sent)).is(problem("invalid_content").faults(json!(faults)));
    assert_eq!(world.send(get(URL).bearer(&world.access_token(&ACME))).header("etag"), "\"1\"");
}

#[test]
fn fifty_origins_are_kept_and_one_more_is_refused() {
    let world = World::new();
    let origins =
        |count: usize| json!((0..count).map(|n| format!("https://s{n}.example")).collect::<Vec<_>>());
    assert_eq!(world.send(replace(&world, "\"1\"", origins(50))).status, 200);
    world.send(replace(&world, "\"2\"", origins(51))).is(problem("invalid_content").fault(
        "/origins",
        "too_many",
        "At most 50 origins.",
    ));
}

#[test]
fn a_writer_has_to_name_the_version_that_it_replaces() {
    let world = World::new();
    let unnamed = put(URL).bearer(&world.access_token(&ACME)).json(json!({ "origins": [] }));
    world.send(unnamed).is(problem("precondition_required"));
    world.send(replace(&world, "\"0\"", json!([]))).is(problem("precondition_failed"));
    world
        .send(replace(&world, "\"1\"", json!([])))
        .is(answer(200, json!({ "origins": [] })).header("etag", "\"2\""));
    world.send(replace(&world, "\"1\"", json!(["https://late.example"]))).is(problem("precondition_failed"));
}

#[test]
fn a_viewer_reads_it_and_does_not_change_it() {
    let world = World::new();
    assert_eq!(world.send(get(URL).bearer(&world.viewer_token())).status, 200);
    let write =
        put(URL).bearer(&world.viewer_token()).header("if-match", "\"1\"").json(json!({ "origins": [] }));
    world.send(write).is(problem("forbidden"));
}

#[test]
fn one_tenants_policy_is_not_anothers() {
    let world = World::new();
    assert_eq!(world.send(replace(&world, "\"1\"", json!(["https://a.example"]))).status, 200);
    let theirs = world.send(get("globex.livery.test/v1/embed-policy").bearer(&world.access_token(&GLOBEX)));
    theirs.is(answer(200, json!({ "origins": ["https://other.example"] })).header("etag", "\"1\""));
}

#[test]
fn unknown_fields_and_other_methods_are_refused() {
    let world = World::new();
    let token = world.access_token(&ACME);
    let extra = put(URL)
        .bearer(&token)
        .header("if-match", "\"1\"")
        .json(json!({ "origins": [], "tenant": "globex" }));
    let refused = world.send(extra);
    assert_eq!(
        (refused.status, &refused.json()["code"]),
        (422, &json!("invalid_content")),
        "{}",
        refused.whole()
    );
    world
        .send(delete(URL).bearer(&token))
        .is(problem("method_not_allowed").header("allow", "GET, HEAD, PUT"));
}
