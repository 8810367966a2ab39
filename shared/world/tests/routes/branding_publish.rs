//! `POST /v1/branding/publish`

use livery_domain::{embed::live::Frame, hash::content_hash};
use livery_store::brand::releases;
use livery_world::{ACME, Call, GLOBEX, World, answer, get, patch, post, problem};
use serde_json::{Value as Json, json};

const URL: &str = "acme.livery.test/v1/branding/publish";

fn publish(world: &World) -> Call {
    post(URL).bearer(&world.access_token(&ACME))
}

fn live_rev(world: &World) -> Option<i64> {
    world.run(releases::live(&ACME.scope()).from(&world.platform)).unwrap().map(|live| live.rev)
}

#[test]
fn the_first_publish_makes_release_1_and_the_second_changes_nothing() {
    let world = World::new();
    let made = world.send(publish(&world));
    let release = |made: &Json| {
        json!({
            "rev": 1,
            "live": true,
            "stylesheet": made["stylesheet"],
            "config": made["config"],
            "published_by": ACME.owner,
            "published_at": "2026-11-21T09:00:00Z",
        })
    };
    made.is(answer(201, release(&made.json())));
    let path = made.json()["stylesheet"].as_str().unwrap().to_owned();
    assert!(path.starts_with("/b/") && path.ends_with(".css") && path.len() == 50, "{path}");
    world.pass_secs(3600);
    // Who asks again, and later, gets the release that is live: by whom and when it was made.
    world.send(publish(&world)).is(answer(200, release(&made.json())));
    assert_eq!(live_rev(&world), Some(1));
}

#[test]
fn what_is_published_is_what_visitors_get_named_by_its_content() {
    let world = World::new();
    let css = ".livery-send { color: red }";
    world.patch_branding(&ACME, "\"0\"", json!({ "texts": { "title": "Hi" }, "custom_css": css }));
    let release = world.publish(&ACME);
    let stylesheet = world.send(get(&ACME.at(release["stylesheet"].as_str().unwrap())));
    assert!(stylesheet.text().contains(".livery .livery-send{color:red}"), "{}", stylesheet.text());
    assert_eq!(release["stylesheet"], format!("/b/{}.css", content_hash(&stylesheet.body)));
    let config = world.send(get(&ACME.at(release["config"].as_str().unwrap())));
    assert_eq!(release["config"], format!("/w/{}.json", content_hash(&config.body)));
    let config = config.json();
    assert_eq!((&config["name"], &config["texts"]["title"]), (&json!("Acme"), &json!("Hi")));
    assert_eq!(config["custom_css"], Json::Null, "only what the compiler made of it is served");
}

#[test]
fn a_change_makes_the_next_release_and_going_back_makes_another() {
    let world = World::new();
    assert_eq!(world.publish(&ACME)["rev"], 1);
    world.patch_branding(&ACME, "\"1\"", json!({ "powered_by": false }));
    let second = world.publish(&ACME);
    assert_eq!((&second["rev"], &second["live"]), (&json!(2), &json!(true)));
    world.patch_branding(&ACME, "\"2\"", json!({ "powered_by": null }));
    assert_eq!(world.publish(&ACME)["rev"], 3);
}

#[test]
fn an_embed_policy_comes_into_force_with_a_publish_of_its_own() {
    let world = World::published();
    let put = livery_world::put(&ACME.at("/v1/embed-policy")).bearer(&world.access_token(&ACME));
    let put = put.header("if-match", "\"1\"").json(json!({ "origins": ["https://new.example"] }));
    assert_eq!(world.send(put).status, 200);
    let session = |origin: &str| {
        world.send(post(&ACME.at("/v1/embed/sessions")).header("origin", origin).json(json!({}))).status
    };
    assert_eq!((session(ACME.shop), session("https://new.example")), (201, 403));
    let release = world.publish(&ACME);
    assert_eq!(release["rev"], 2, "the same files, another policy");
    assert_eq!((session(ACME.shop), session("https://new.example")), (403, 201));
}

#[test]
fn publishing_the_default_brand_keeps_it_as_the_draft() {
    let world = World::new();
    world.publish(&ACME);
    let draft = world.send(get("acme.livery.test/v1/branding").bearer(&world.access_token(&ACME)));
    assert_eq!(draft.header("etag"), "\"1\"");
}

#[test]
fn if_match_names_the_draft_that_is_meant_where_it_is_sent() {
    let world = World::new();
    world.patch_branding(&ACME, "\"0\"", json!({ "powered_by": false }));
    world.send(publish(&world).header("if-match", "\"0\"")).is(problem("precondition_failed"));
    assert_eq!(live_rev(&world), None);
    assert_eq!(world.send(publish(&world).header("if-match", "\"1\"")).status, 201);
}

#[test]
fn every_open_page_of_the_tenant_is_told_once_and_nobody_elses() {
    let world = World::new();
    let release = world.publish(&ACME);
    world.publish(&ACME);
    let told = world.platform.memory.frames_sent(&ACME.scope());
    assert_eq!(told.len(), 1, "{told:?}");
    let (None, Frame::Release(pointer)) = &told[0] else { panic!("{told:?}") };
    assert_eq!(pointer.rev, 1);
    assert_eq!(
        json!([pointer.stylesheet, pointer.config]),
        json!([release["stylesheet"], release["config"]])
    );
    assert_eq!(world.platform.memory.frames_sent(&GLOBEX.scope()), []);
}

#[test]
fn a_viewer_does_not_publish() {
    let world = World::new();
    world.send(post(URL).bearer(&world.viewer_token())).is(problem("forbidden"));
    assert_eq!(live_rev(&world), None);
}

#[test]
fn publishing_again_spreads_a_release_that_the_cache_has_forgotten() {
    let world = World::new();
    let release = world.publish(&ACME);
    world.platform.memory.forget_cache();
    world.publish(&ACME);
    let before = world.platform.memory.statements();
    assert_eq!(world.send(get(&ACME.at(release["stylesheet"].as_str().unwrap()))).status, 200);
    // Host and nothing else: pointer and file come from the cache.
    assert_eq!(world.platform.memory.statements() - before, 1);
}

#[test]
fn only_post_publishes() {
    let world = World::new();
    world
        .send(get(URL).bearer(&world.access_token(&ACME)))
        .is(problem("method_not_allowed").header("allow", "POST"));
}

#[test]
fn a_draft_saved_before_lengths_had_bounds_is_read_and_neither_published_nor_changed_until_it_is_within_them()
{
    let world = World::new();
    world.patch_branding(&ACME, "\"0\"", json!({ "texts": { "title": "Hi" } }));
    let older = "UPDATE themes SET draft = replace(draft, '\"60px\"', '\"100000px\"')";
    world.platform.memory.execute_batch(older).unwrap();
    let draft = world.send(get("acme.livery.test/v1/branding").bearer(&world.access_token(&ACME)));
    assert_eq!((draft.status, &draft.json()["tokens"]["layout"]["launcher_size"]), (200, &json!("100000px")));
    let change = |patched: Json| {
        let call = patch("acme.livery.test/v1/branding").bearer(&world.access_token(&ACME));
        world.send(call.header("if-match", "\"1\"").json(patched))
    };
    for refused in [world.send(publish(&world)), change(json!({ "texts": { "title": "Ho" } }))] {
        refused.is(problem("unsafe_stylesheet").fault(
            "/tokens/layout/launcher_size",
            "out_of_range",
            "is more than 100px, the most that is taken",
        ));
    }
    assert_eq!(change(json!({ "tokens": { "layout": { "launcher_size": null } } })).status, 200);
    assert_eq!(world.send(publish(&world)).status, 201);
}
