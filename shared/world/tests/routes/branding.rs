//! `GET` and `PATCH /v1/branding`

use livery_domain::brand::theme::Theme;
use livery_world::{ACME, Call, GLOBEX, World, answer, delete, get, head, patch, problem};
use serde_json::{Value as Json, json};

const URL: &str = "acme.livery.test/v1/branding";

fn read(world: &World) -> Call {
    get(URL).bearer(&world.access_token(&ACME))
}

fn write(world: &World, etag: &str) -> Call {
    patch(URL).bearer(&world.access_token(&ACME)).header("if-match", etag)
}

/// The default theme with something changed.
fn theme_with(pointer: &str, value: Json) -> Json {
    let mut theme = Theme::default().to_value();
    *theme.pointer_mut(pointer).unwrap() = value;
    theme
}

#[test]
fn before_the_first_save_the_draft_is_the_default_brand_at_version_0() {
    let world = World::new();
    world.send(read(&world)).is(answer(200, Theme::default().to_value()).header("etag", "\"0\""));
    let heads = world.send(head(URL).bearer(&world.access_token(&ACME)));
    heads.is(answer(200, json!("")).header("etag", "\"0\""));
}

#[test]
fn a_merge_patch_changes_what_it_names_and_nothing_else() {
    let world = World::new();
    let patched = json!({ "texts": { "title": "Talk to Acme" } });
    let wanted = theme_with("/texts/title", json!("Talk to Acme"));
    world.send(write(&world, "\"0\"").json(patched)).is(answer(200, wanted.clone()).header("etag", "\"1\""));
    world.send(read(&world)).is(answer(200, wanted).header("etag", "\"1\""));
    let theirs = world.send(get("globex.livery.test/v1/branding").bearer(&world.access_token(&GLOBEX)));
    theirs.is(answer(200, Theme::default().to_value()).header("etag", "\"0\""));
}

#[test]
fn null_clears_an_optional_and_gives_a_token_its_default_again() {
    let world = World::new();
    let set = json!({
        "assets": { "logo": "https://cdn.acme.test/logo.png" },
        "tokens": { "color": { "light": { "primary": "#ff0000" } } },
        "custom_css": ".livery-send{color:red}",
    });
    let set = world.send(write(&world, "\"0\"").json(set));
    assert_eq!(set.json()["assets"]["logo"], "https://cdn.acme.test/logo.png");
    assert_eq!(set.json()["tokens"]["color"]["light"]["primary"], "#ff0000");
    let cleared = json!({
        "assets": { "logo": null },
        "tokens": { "color": { "light": { "primary": null } } },
        "custom_css": null,
    });
    world
        .send(write(&world, "\"1\"").json(cleared))
        .is(answer(200, Theme::default().to_value()).header("etag", "\"2\""));
}

#[test]
fn a_patch_is_taken_under_its_own_media_type_too() {
    let world = World::new();
    let body = json!({ "powered_by": false }).to_string();
    let patched = world.send(write(&world, "\"0\"").body("application/merge-patch+json", &body));
    patched.is(answer(200, theme_with("/powered_by", json!(false))).header("etag", "\"1\""));
    world
        .send(write(&world, "\"1\"").body("application/json-patch+json", &body))
        .is(problem("unsupported_media_type")
            .detail("Send the body as application/merge-patch+json or application/json."));
}

#[test]
fn a_writer_has_to_name_the_version_that_it_changes() {
    let world = World::new();
    let body = json!({ "powered_by": false });
    let unnamed = patch(URL).bearer(&world.access_token(&ACME)).json(body.clone());
    world.send(unnamed).is(problem("precondition_required"));
    for other in ["\"1\"", "0", "W/\"0\"", "\"7\", \"8\"", ""] {
        let refused = world.send(write(&world, other).json(body.clone()));
        refused.is(problem("precondition_failed"));
    }
    world.send(read(&world)).is(answer(200, Theme::default().to_value()).header("etag", "\"0\""));
    for named in ["\"7\", \"0\"", "*"] {
        let etag = world.send(write(&world, named).json(body.clone()));
        assert_eq!(etag.status, 200, "{named}: {}", etag.whole());
        world.platform.memory.execute_batch("DELETE FROM themes").unwrap();
    }
}

#[test]
fn of_two_editors_the_second_is_told_and_overwrites_nothing() {
    let world = World::new();
    world.patch_branding(&ACME, "\"0\"", json!({ "texts": { "title": "Base" } }));
    let first = world.send(write(&world, "\"1\"").json(json!({ "texts": { "title": "First" } })));
    assert_eq!((first.status, first.header("etag")), (200, "\"2\""));
    world
        .send(write(&world, "\"1\"").json(json!({ "texts": { "subtitle": "Second" } })))
        .is(problem("precondition_failed"));
    world
        .send(read(&world))
        .is(answer(200, theme_with("/texts/title", json!("First"))).header("etag", "\"2\""));
}

#[test]
fn unsafe_custom_css_is_refused_with_its_place_and_nothing_is_changed() {
    let world = World::new();
    let css = ".livery-send { color: red }\n.livery-x { background: url(https://evil.test/x) }";
    let refused = world.send(write(&world, "\"0\"").json(json!({
        "texts": { "title": "Changed" },
        "custom_css": css,
    })));
    let document = refused.json();
    assert_eq!(
        (refused.status, &document["code"]),
        (422, &json!("unsafe_stylesheet")),
        "{}",
        refused.whole()
    );
    let fault = &document["errors"][0];
    assert_eq!(fault["pointer"], "/custom_css");
    assert_eq!((&fault["line"], &fault["column"]), (&json!(2), &json!(25)), "{fault}");
    assert!(fault["rule"].as_str().is_some_and(|rule| !rule.is_empty()), "{fault}");
    assert!(fault["detail"].as_str().is_some_and(|reason| !reason.is_empty()), "{fault}");
    assert_eq!(document["errors"].as_array().map(Vec::len), Some(1));
    world.send(read(&world)).is(answer(200, Theme::default().to_value()).header("etag", "\"0\""));
}

#[test]
fn whatever_is_unsafe_in_custom_css_is_named_by_a_rule() {
    let world = World::new();
    for css in [
        "@import \"https://evil.test/x.css\";",
        ".a { background: url(javascript:alert(1)) }",
        ".a { background: url(//evil.test/x) }",
        "html { display: none }",
        "} .b { color: red",
        "@font-face { font-family: x; src: url(https://evil.test/x.woff2) }",
        ".a { color: red",
        "</style><script>alert(1)</script>",
        ".a { position: fixed; z-index: 2147483647 }",
    ] {
        let refused = world.send(write(&world, "\"0\"").json(json!({ "custom_css": css })));
        if refused.status == 200 {
            // Scoped and harmless: it may not reach beyond `.livery`.
            assert!(!css.contains("evil") && !css.contains("script"), "{css}");
            world.platform.memory.execute_batch("DELETE FROM themes").unwrap();
            continue;
        }
        assert_eq!(refused.json()["code"], "unsafe_stylesheet", "{css}: {}", refused.whole());
        for fault in refused.json()["errors"].as_array().unwrap() {
            assert!(
                fault["line"].as_u64() >= Some(1) && fault["column"].as_u64() >= Some(1),
                "{css}: {fault}"
            );
        }
    }
}

#[test]
fn tokens_that_are_not_what_they_claim_to_be_are_refused_at_their_pointer() {
    let world = World::new();
    let body = json!({ "tokens": { "color": { "light": { "primary": "red;} body{display:none" } } } });
    let refused = world.send(write(&world, "\"0\"").json(body));
    assert_eq!(refused.status, 422, "{}", refused.whole());
    assert_eq!(refused.json()["errors"][0]["pointer"], "/tokens/color/light/primary");
    world.send(read(&world)).is(answer(200, Theme::default().to_value()).header("etag", "\"0\""));
}

#[test]
fn a_length_beyond_its_bound_is_refused_in_any_unit_and_one_within_it_is_kept() {
    let world = World::new();
    for (group, name, value, most) in [
        ("layout", "launcher_size", "100000px", "100px"),
        ("layout", "launcher_size", "101px", "100px"),
        ("layout", "launcher_size", "7rem", "100px"),
        ("layout", "launcher_size", "3cm", "100px"),
        ("layout", "launcher_size", "calc(90px + 1in)", "100px"),
        ("layout", "offset", "61px", "60px"),
        ("layout", "width", "601px", "600px"),
        ("layout", "height", "1e9px", "900px"),
        ("typography", "font_size_base", "33px", "32px"),
        ("typography", "letter_spacing", "-1em", "8px"),
        ("typography", "line_height", "1000", "4"),
        ("spacing", "xl", "65px", "64px"),
        ("radius", "full", "10000px", "9999px"),
    ] {
        let body = json!({ "tokens": { group: { name: value } } });
        world.send(write(&world, "\"0\"").json(body)).is(problem("unsafe_stylesheet").fault(
            &format!("/tokens/{group}/{name}"),
            "out_of_range",
            &format!("is more than {most}, the most that is taken"),
        ));
    }
    let within = json!({ "launcher_size": "100px", "offset": "60px", "width": "37.5rem", "height": "90vh" });
    let saved = world.send(write(&world, "\"0\"").json(json!({ "tokens": { "layout": within } })));
    assert_eq!(saved.status, 200, "{}", saved.whole());
}

#[test]
fn every_fault_of_a_patch_is_told_at_once() {
    let world = World::new();
    let body = json!({ "powered_by": "yes", "theme_mode": null, "texts": { "title": 7 }, "colour": "red" });
    let refused = world.send(write(&world, "\"0\"").json(body));
    assert_eq!((refused.status, &refused.json()["code"]), (422, &json!("invalid_content")));
    let pointers: Vec<_> =
        refused.json()["errors"].as_array().unwrap().iter().map(|fault| fault["pointer"].clone()).collect();
    assert_eq!(pointers, ["/colour", "/powered_by", "/texts/title"]);
}

#[test]
fn a_patch_that_is_no_object_and_assets_that_are_no_urls_are_refused() {
    let world = World::new();
    for body in [json!([]), json!(null), json!("x"), json!(1)] {
        let refused = world.send(write(&world, "\"0\"").json(body));
        refused.is(problem("invalid_content").fault(
            "",
            "wrong_type",
            "must be an object: a JSON merge patch of the theme",
        ));
    }
    for url in
        ["http://cdn.acme.test/x", "javascript:alert(1)", "//cdn.acme.test/x", "https://a.test/\"><script>"]
    {
        let refused = world.send(write(&world, "\"0\"").json(json!({ "assets": { "logo": url } })));
        refused.is(problem("invalid_content").fault(
            "/assets/logo",
            "invalid_value",
            "must be null, an https:// URL or the path /a/{hash} of an uploaded asset",
        ));
    }
}

#[test]
fn a_viewer_reads_the_draft_and_does_not_change_it() {
    let world = World::new();
    let token = world.viewer_token();
    world.send(get(URL).bearer(&token)).is(answer(200, Theme::default().to_value()).header("etag", "\"0\""));
    let write = patch(URL).bearer(&token).header("if-match", "\"0\"").json(json!({ "powered_by": false }));
    world.send(write).is(problem("forbidden"));
}

#[test]
fn a_role_is_taken_from_the_database_when_something_is_written() {
    let world = World::new();
    let sql = format!("UPDATE memberships SET role = 'viewer' WHERE user_id = '{}'", ACME.owner);
    world.platform.memory.execute_batch(&sql).unwrap();
    // The token still says owner.
    world.send(write(&world, "\"0\"").json(json!({ "powered_by": false }))).is(problem("forbidden"));
}

#[test]
fn custom_css_within_its_bound_is_kept_and_beyond_it_is_refused() {
    let world = World::new();
    let css = |bytes: usize| {
        let rule = ".livery-a{color:red}\n";
        let mut css = rule.repeat(200);
        css.push_str("/*");
        css.push_str(&"x".repeat(bytes - css.len() - 2));
        css.push_str("*/");
        css
    };
    let kept = world.send(write(&world, "\"0\"").json(json!({ "custom_css": css(256 * 1024) })));
    assert_eq!(kept.status, 200, "{:.300}", kept.whole());
    let refused = world.send(write(&world, "\"1\"").json(json!({ "custom_css": css(256 * 1024 + 1) })));
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["errors"][0]["pointer"], "/custom_css");
    assert!(refused.body.len() < 2000, "the answer does not send the sheet back");
}

#[test]
fn another_method_is_told_what_is_allowed() {
    let world = World::new();
    let token = world.access_token(&ACME);
    world
        .send(delete(URL).bearer(&token))
        .is(problem("method_not_allowed").header("allow", "GET, HEAD, PATCH"));
}
