//! `GET /b/{hash}.css`, `/w/{hash}.json` and the widget's own `/w/{hash}.js`, `/w/{hash}.css`

use livery_domain::hash::content_hash;
use livery_world::{ACME, BASE, CUSTOM_DOMAIN, EMBED, GLOBEX, LOADER, World, answer, get, head, problem};
use serde_json::{Value as Json, json};

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const MISSING: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn path(release: &Json, file: &str) -> String {
    release[file].as_str().unwrap().to_owned()
}

/// A world in which the two tenants' stylesheets differ.
fn two_brands() -> (World, Json, Json) {
    let world = World::new();
    world.patch_branding(&ACME, "\"0\"", json!({ "custom_css": ".livery-acme{color:red}" }));
    world.patch_branding(&GLOBEX, "\"0\"", json!({ "custom_css": ".livery-globex{color:red}" }));
    let (acme, globex) = (world.publish(&ACME), world.publish(&GLOBEX));
    (world, acme, globex)
}

#[test]
fn a_release_file_is_served_for_ever_under_its_hash() {
    let world = World::new();
    let release = world.publish(&ACME);
    for (file, media_type) in [("stylesheet", "text/css; charset=utf-8"), ("config", "application/json")] {
        let path = path(&release, file);
        let hash = &path[3..46];
        let shown = world.send(get(&ACME.at(&path)));
        let body = if file == "config" { shown.json() } else { json!(shown.text()) };
        let expected = |status, body| {
            answer(status, body)
                .header("content-type", media_type)
                .header("cache-control", IMMUTABLE)
                .header("access-control-allow-origin", "*")
                .header("cross-origin-resource-policy", "cross-origin")
                .header("etag", &format!("\"{hash}\""))
        };
        shown.is(expected(200, body));
        assert_eq!(content_hash(&shown.body), hash);
        world.send(head(&ACME.at(&path))).is(expected(200, json!("")));
        for tags in [format!("\"{hash}\""), format!("W/\"{hash}\""), format!("\"x\", \"{hash}\""), "*".into()]
        {
            let unchanged = world.send(get(&ACME.at(&path)).header("if-none-match", &tags));
            unchanged.is(expected(304, json!("")).without("content-type"));
        }
        assert_eq!(world.send(get(&ACME.at(&path)).header("if-none-match", "\"x\"")).status, 200);
        assert_eq!(world.send(get(&format!("{CUSTOM_DOMAIN}{path}"))).whole(), shown.whole());
    }
}

#[test]
fn an_old_release_keeps_its_files() {
    let world = World::new();
    let old = world.publish(&ACME);
    world.patch_branding(&ACME, "\"1\"", json!({ "custom_css": ".livery-new{color:red}" }));
    world.publish(&ACME);
    world.pass_secs(3);
    assert_eq!(world.send(get(&ACME.at(&path(&old, "stylesheet")))).status, 200);
}

#[test]
fn another_tenants_hash_is_as_missing_as_one_that_never_was() {
    let (world, acme, globex) = two_brands();
    let missing = world.send(get(&ACME.at(&format!("/b/{MISSING}.css"))));
    missing.is(problem("not_found"));
    for file in ["stylesheet", "config"] {
        assert_eq!(world.send(get(&ACME.at(&path(&globex, file)))).whole(), missing.whole());
        assert_eq!(world.send(get(&GLOBEX.at(&path(&acme, file)))).whole(), missing.whole());
        // Known to its own tenant, in the same isolate's memory: still not served for another tenant.
        assert_eq!(world.send(get(&GLOBEX.at(&path(&globex, file)))).status, 200);
        assert_eq!(world.send(get(&ACME.at(&path(&globex, file)))).whole(), missing.whole());
    }
}

#[test]
fn a_hash_under_the_wrong_kind_is_missing() {
    let world = World::new();
    let release = world.publish(&ACME);
    let (stylesheet, config) = (path(&release, "stylesheet"), path(&release, "config"));
    let swapped = [
        format!("/w/{}.json", &stylesheet[3..46]),
        format!("/b/{}.css", &config[3..46]),
        format!("/w/{}.css", &stylesheet[3..46]),
        format!("/w/{}.js", &config[3..46]),
    ];
    for path in &swapped {
        world.send(get(&ACME.at(path))).is(problem("not_found"));
    }
    // And asking wrongly does not hide the file from who asks rightly, nor does asking rightly show it to who does not.
    assert_eq!(world.send(get(&ACME.at(&stylesheet))).header("content-type"), "text/css; charset=utf-8");
    assert_eq!(world.send(get(&ACME.at(&config))).header("content-type"), "application/json");
    world.pass_secs(2);
    for path in &swapped {
        world.send(get(&ACME.at(path))).is(problem("not_found"));
    }
}

#[test]
fn what_is_no_hash_is_missing_and_costs_nothing() {
    let world = World::published();
    let before = (world.platform.memory.statements(), world.platform.memory.cache_reads());
    for name in [
        "x.css",
        ".css",
        "..%2f..%2fetc.css",
        &format!("{MISSING}A.css"),
        &format!("{}.css", "a/".repeat(20)),
        MISSING,
    ] {
        world.send(get(&ACME.at(&format!("/b/{name}")))).is(problem("not_found"));
    }
    assert_eq!((world.platform.memory.statements(), world.platform.memory.cache_reads()), before);
}

#[test]
fn the_widgets_own_files_are_the_same_for_every_tenant() {
    let world = World::published();
    for (body, extension, media_type) in [
        (EMBED, "js", "text/javascript; charset=utf-8"),
        (LOADER, "js", "text/javascript; charset=utf-8"),
        (BASE, "css", "text/css; charset=utf-8"),
    ] {
        let hash = content_hash(body);
        for host in [ACME.host, GLOBEX.host] {
            world.send(get(&format!("{host}/w/{hash}.{extension}"))).is(answer(
                200,
                json!(String::from_utf8_lossy(body)),
            )
            .header("content-type", media_type)
            .header("cache-control", IMMUTABLE)
            .header("access-control-allow-origin", "*")
            .header("cross-origin-resource-policy", "cross-origin")
            .header("etag", &format!("\"{hash}\"")));
        }
    }
    world.send(get(&ACME.at(&format!("/w/{}.css", content_hash(EMBED))))).is(problem("not_found"));
    world.send(get(&ACME.at(&format!("/w/{MISSING}.js")))).is(problem("not_found"));
}

#[test]
fn poisoned_bytes_in_the_cache_are_never_served_under_a_hash() {
    let mut world = World::new();
    let release = world.publish(&ACME);
    let (stylesheet, config) = (path(&release, "stylesheet"), path(&release, "config"));
    let honest = world.send(get(&ACME.at(&stylesheet))).text();
    for (kind, path) in [("stylesheet", &stylesheet), ("config", &config)] {
        let key = format!("file:{}:{kind}:{}", ACME.id, &path[3..46]);
        assert!(world.read_cache(&key).is_some(), "the key is the one in use");
        world.write_cache(&key, b"body{background:url(https://evil.test)}");
    }
    world.forget_isolate();
    assert_eq!(world.send(get(&ACME.at(&stylesheet))).text(), honest);
    assert!(!world.send(get(&ACME.at(&config))).text().contains("evil"));
    assert!(!world.send(get(&ACME.at("/embed"))).text().contains("evil"));
    // Read through, the cache is mended too.
    let key = format!("file:{}:stylesheet:{}", ACME.id, &stylesheet[3..46]);
    assert_eq!(world.read_cache(&key).as_deref(), Some(honest.as_bytes()));
}

#[test]
fn a_cache_that_forgot_everything_is_read_through_and_filled_again() {
    let mut world = World::new();
    let release = world.publish(&ACME);
    let url = ACME.at(&path(&release, "stylesheet"));
    let honest = world.send(get(&url)).whole();
    world.platform.memory.forget_cache();
    world.forget_isolate();
    assert_eq!(world.send(get(&url)).whole(), honest);
    world.forget_isolate();
    let before = world.platform.memory.statements();
    assert_eq!(world.send(get(&url)).whole(), honest);
    assert_eq!(world.platform.memory.statements(), before, "the cache has all of it again");
}

#[test]
fn a_push_never_outruns_its_bytes() {
    // A page hears of a release and asks an isolate that knew the hash as absent.
    let world = World::published();
    world.patch_branding(&ACME, "\"1\"", json!({ "custom_css": ".livery-new{color:red}" }));
    let dry = World::published();
    dry.patch_branding(&ACME, "\"1\"", json!({ "custom_css": ".livery-new{color:red}" }));
    let coming = path(&dry.publish(&ACME), "stylesheet");
    world.send(get(&ACME.at(&coming))).is(problem("not_found"));
    assert_eq!(path(&world.publish(&ACME), "stylesheet"), coming);
    world.platform.memory.pass_millis(1001);
    assert_eq!(world.send(get(&ACME.at(&coming))).status, 200);
}

#[test]
fn a_flood_of_made_up_hashes_costs_the_database_no_more_than_the_burst() {
    let world = World::published();
    world.send(get(&ACME.at("/v1/edge/config")));
    let before = world.platform.memory.statements();
    for n in 0..10_000 {
        let hash = content_hash(format!("made up {n}").as_bytes());
        let refused = world.send(get(&ACME.at(&format!("/b/{hash}.css"))));
        assert!([404, 503].contains(&refused.status), "{}", refused.whole());
    }
    assert!(
        world.platform.memory.statements() - before <= 32,
        "{}",
        world.platform.memory.statements() - before
    );
}
