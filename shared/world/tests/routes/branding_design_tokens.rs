//! `GET` and `POST /v1/branding/design-tokens`

use livery_world::{ACME, Call, World, answer, get, patch, post, problem};
use serde_json::{Value as Json, json};

const URL: &str = "acme.livery.test/v1/branding/design-tokens";

fn import(world: &World, etag: &str, file: Json) -> Call {
    post(URL).bearer(&world.access_token(&ACME)).header("if-match", etag).json(file)
}

fn file(primary: &str) -> Json {
    json!({ "color": { "primary": { "$type": "color", "$value": primary } }, "odd": { "$type": "cubicBezier", "$value": [0, 0, 1, 1] } })
}

#[test]
fn a_file_is_taken_into_the_draft_and_what_is_left_out_is_told() {
    let world = World::new();
    let taken = world.send(import(&world, "\"0\"", file("#aa0000")));
    let body = taken.json();
    assert_eq!(body["branding"]["tokens"]["color"]["light"]["primary"], "#aa0000", "{}", taken.whole());
    assert_eq!(body["mapped"], json!([{ "from": "color.primary", "to": "/tokens/color/light/primary" }]));
    assert_eq!(
        (&body["skipped"][0]["path"], body["skipped"].as_array().map(Vec::len)),
        (&json!("odd"), Some(1))
    );
    let whole = json!({ "branding": body["branding"], "mapped": body["mapped"], "skipped": body["skipped"] });
    taken.is(answer(200, whole).header("etag", "\"1\""));
    let draft = world.send(get("acme.livery.test/v1/branding").bearer(&world.access_token(&ACME)));
    draft.is(answer(200, body["branding"].clone()).header("etag", "\"1\""));
}

#[test]
fn what_is_exported_is_imported_again_without_a_change() {
    let world = World::new();
    let colour = json!({ "tokens": { "color": { "dark": { "primary": "#00aa00" } } } });
    world.patch_branding(&ACME, "\"0\"", colour);
    let draft = |world: &World| {
        world.send(get("acme.livery.test/v1/branding").bearer(&world.access_token(&ACME))).json()
    };
    let before = draft(&world);
    let exported = world.send(get(URL).bearer(&world.access_token(&ACME)));
    exported.is(answer(200, exported.json()).header("etag", "\"1\""));
    let taken = world.send(import(&world, "\"1\"", exported.json()));
    assert_eq!((taken.status, &taken.json()["skipped"]), (200, &json!([])), "{}", taken.whole());
    assert_eq!(draft(&world), before);
}

#[test]
fn a_writer_has_to_name_the_version_and_to_be_an_editor() {
    let world = World::new();
    world
        .send(post(URL).bearer(&world.access_token(&ACME)).json(file("#aa0000")))
        .is(problem("precondition_required"));
    world.send(import(&world, "\"7\"", file("#aa0000"))).is(problem("precondition_failed"));
    let viewer = post(URL).bearer(&world.viewer_token()).header("if-match", "\"0\"").json(file("#aa0000"));
    world.send(viewer).is(problem("forbidden"));
    assert_eq!(world.send(get(URL).bearer(&world.viewer_token())).header("etag"), "\"0\"");
}

#[test]
fn files_that_are_none_change_nothing() {
    let world = World::new();
    for file in [
        json!([]),
        json!("x"),
        json!(null),
        json!({ "color": { "primary": { "$type": "color", "$value": "{color.primary}" } } }),
    ] {
        let refused = world.send(import(&world, "\"0\"", file));
        assert_eq!(
            (refused.status, &refused.json()["code"]),
            (422, &json!("invalid_content")),
            "{}",
            refused.whole()
        );
    }
    assert_eq!(world.send(get(URL).bearer(&world.access_token(&ACME))).header("etag"), "\"0\"");
}

#[test]
fn a_token_that_is_not_what_it_claims_to_be_is_left_out() {
    let world = World::new();
    let taken = world.send(import(&world, "\"0\"", file("red;} body{display:none}")));
    assert_eq!((taken.status, &taken.json()["mapped"]), (200, &json!([])), "{}", taken.whole());
    assert_eq!(taken.json()["skipped"].as_array().map(Vec::len), Some(2));
    assert!(!taken.json()["branding"].to_string().contains("display:none"));
}

#[test]
fn other_methods_are_refused() {
    let world = World::new();
    world
        .send(patch(URL).bearer(&world.access_token(&ACME)))
        .is(problem("method_not_allowed").header("allow", "GET, HEAD, POST"));
}
