//! `PUT /tenants/{id}/settings`, `GET /tenants/{id}/stats`, `GET /tenants/domain/{domain}`, `GET /api/v1/tenant`,
//! `GET /api/v1/tenant/users/count`, `GET /api/white-label/current/info`

use crate::tenant::untouched;
use livery_domain::brand::theme::Theme;
use livery_world::{ACME, CUSTOM_DOMAIN, Call, GLOBEX, NOW, World, answer, get, problem};
use serde_json::{Value as Json, json};

fn put(world: &World, id: &str, body: Json) -> Call {
    Call::of("PUT", &ACME.at(&format!("/tenants/{id}/settings")))
        .bearer(&world.access_token(&ACME))
        .json(body)
}

#[test]
fn settings_are_saved_without_a_version_and_what_is_not_named_stays() {
    let world = World::new();
    let mut wanted = untouched(&ACME);
    wanted["settings"]["timezone"] = json!("Asia/Tokyo");
    world
        .send(put(&world, ACME.id, json!({ "timezone": "asia/tokyo" })))
        .is(answer(200, wanted.clone()).header("etag", "\"2\""));
    wanted["settings"]["support_email"] = json!("help@acme.test");
    world.send(put(&world, ACME.id, json!({ "support_email": "help@acme.test" }))).is(answer(
        200,
        wanted.clone(),
    )
    .header("etag", "\"3\""));
    wanted["settings"]["timezone"] = Json::Null;
    world
        .send(put(&world, ACME.id, json!({ "timezone": null })))
        .is(answer(200, wanted.clone()).header("etag", "\"4\""));
    world
        .send(get(&ACME.at("/api/v1/tenant")).bearer(&world.viewer_token()))
        .is(answer(200, wanted).header("etag", "\"4\""));
}

#[test]
fn who_knows_the_version_may_name_it() {
    let world = World::new();
    let body = json!({ "description": "Rockets" });
    world
        .send(put(&world, ACME.id, body.clone()).header("if-match", "\"2\""))
        .is(problem("precondition_failed"));
    let saved = world.send(put(&world, ACME.id, body).header("if-match", "\"1\""));
    assert_eq!((saved.status, saved.header("etag")), (200, "\"2\""));
}

#[test]
fn faults_point_into_the_settings_that_were_sent() {
    let world = World::new();
    world.send(put(&world, ACME.id, json!({ "timezone": "Mars/Olympus", "max_users": "5" }))).is(problem(
        "invalid_content",
    )
    .faults(json!([
        { "pointer": "/max_users", "reason": "unknown_field", "detail": "no such setting" },
        {
            "pointer": "/timezone",
            "reason": "not_one_of", "detail": "must be a name of the IANA time zone database, for example `Asia/Tokyo`",
        },
    ])));
    for body in [json!(null), json!([]), json!("x")] {
        assert_eq!(world.send(put(&world, ACME.id, body)).status, 422);
    }
    let shown = world.send(get(&ACME.at("/api/v1/tenant")).bearer(&world.viewer_token()));
    shown.is(answer(200, untouched(&ACME)).header("etag", "\"1\""));
}

#[test]
fn the_older_names_take_the_same_permissions() {
    let world = World::new();
    world
        .send(put(&world, ACME.id, json!({})).without_header("authorization").bearer(&world.viewer_token()))
        .is(problem("forbidden"));
    let count = get(&ACME.at("/api/v1/tenant/users/count"));
    world.send(count.bearer(&world.viewer_token())).is(problem("forbidden"));
}

#[test]
fn figures_are_those_of_the_newer_name_and_of_no_other_tenant() {
    let world = World::published();
    let ask = |path: &str| world.send(get(&ACME.at(path)).bearer(&world.access_token(&ACME)));
    let stats = ask(&format!("/tenants/{}/stats", ACME.id));
    assert_eq!((stats.status, stats.whole()), (200, ask("/v1/tenant/stats").whole()));
    for id in [GLOBEX.id, "ten_019aa52f0e807000800000000000dead", "acme", ""] {
        ask(&format!("/tenants/{id}/stats")).is(problem("not_found"));
        world.send(put(&world, id, json!({ "description": "Evil" }))).is(problem("not_found"));
    }
}

#[test]
fn people_are_counted_against_the_seats_and_invitations_hold_theirs() {
    let world = World::new();
    let sql = format!(
        "INSERT INTO invitations (id, tenant_id, email, role, token_hash, status, sent_count, sent_at, expires_at, created_at)
         VALUES ('inv_1', '{}', '1@x.test', 'viewer', 'h1', 'pending', 1, {now}, {later}, {now})",
        ACME.id,
        now = NOW.0,
        later = NOW.plus_secs(60).0,
    );
    world.platform.memory.execute_batch(&sql).unwrap();
    let count = || world.send(get(&ACME.at("/api/v1/tenant/users/count")).bearer(&world.access_token(&ACME)));
    count().is(answer(200, json!({ "current": 2, "invited": 1, "max": 25, "remaining": 22 })));
    // A plan with less room than there are people leaves none.
    world.platform.memory.execute_batch("UPDATE plans SET seats = 1").unwrap();
    count().is(answer(200, json!({ "current": 2, "invited": 1, "max": 1, "remaining": 0 })));
    world.platform.memory.execute_batch("UPDATE plans SET seats = NULL").unwrap();
    count().is(answer(200, json!({ "current": 2, "invited": 1, "max": null, "remaining": null })));
}

#[test]
fn a_domain_tells_whose_it_is_and_no_more() {
    let world = World::published();
    let ask = |domain: &str| world.send(get(&format!("livery.test/tenants/domain/{domain}")));
    let acme = json!({ "id": ACME.id, "key": ACME.key, "name": ACME.name, "status": "active" });
    for domain in [ACME.host, CUSTOM_DOMAIN, "ACME.livery.test", "acme.livery.test."] {
        ask(domain).is(answer(200, acme.clone()));
    }
    let deeper = format!("www.{CUSTOM_DOMAIN}");
    for domain in
        ["nosuch.livery.test", "acme", "x.acme.livery.test", &deeper, "livery.test", "10.0.0.1", "a%20b", ""]
    {
        ask(domain).is(problem("not_found"));
    }
    world.send(get(&GLOBEX.at(&format!("/tenants/domain/{}", ACME.host)))).is(problem("not_found"));
}

#[test]
fn a_tenant_that_is_not_active_is_as_unknown_as_none() {
    for status in ["provisioning", "suspended", "maintenance", "deactivated"] {
        let world = World::published();
        world.platform.memory.execute_batch(&format!("UPDATE tenants SET status = '{status}'")).unwrap();
        world.pass_secs(63);
        let url = format!("livery.test/tenants/domain/{}", ACME.host);
        world.send(get(&url)).is(problem("not_found"));
    }
}

#[test]
fn unknown_domains_cost_a_bounded_number_of_looks() {
    let world = World::published();
    let before = world.platform.memory.statements();
    let mut refused = 0;
    for n in 0..2_000 {
        let asked = world.send(get(&format!("livery.test/tenants/domain/shop-{n}.example")));
        refused += usize::from(asked.status == 503);
        assert!([404, 503].contains(&asked.status), "{}", asked.whole());
    }
    let looks = world.platform.memory.statements() - before;
    assert!(refused > 0 && looks < 2_000, "{looks} looks, {refused} refused");
}

fn info_of(title: &str, rev: i64, stylesheet: &Json) -> Json {
    let theme = Theme::default().to_value();
    let mut texts = theme["texts"].clone();
    texts["title"] = json!(title);
    json!({
        "brand_name": ACME.name,
        "domain": ACME.host,
        "rev": rev,
        "stylesheet": stylesheet,
        "texts": texts,
        "theme": { "mode": "auto", "colors": theme["tokens"]["color"] },
        "assets": { "logo": null, "favicon": null },
        "powered_by": true,
    })
}

#[test]
fn the_brand_at_a_host_is_that_of_its_live_release() {
    let world = World::new();
    let url = ACME.at("/api/white-label/current/info");
    world.send(get(&url)).is(problem("not_found"));
    world.patch_branding(&ACME, "\"0\"", json!({ "texts": { "title": "One" } }));
    let first = world.publish(&ACME);
    world.pass_secs(3);
    // A draft is nobody's business.
    world.patch_branding(&ACME, "\"1\"", json!({ "texts": { "title": "Two" } }));
    let shown = world.send(get(&url));
    let etag = shown.header("etag").to_owned();
    let expected = |body| answer(200, body).header("cache-control", "no-cache");
    shown.is(expected(info_of("One", 1, &first["stylesheet"])).header("etag", &etag));
    assert_eq!(world.send(get(&url).header("if-none-match", &etag)).status, 304);
    let before = world.platform.memory.statements();
    world.send(get(&url));
    assert_eq!(world.platform.memory.statements(), before, "the isolate remembers");
    let second = world.publish(&ACME);
    world.pass_secs(3);
    let shown = world.send(get(&url));
    let newer = shown.header("etag").to_owned();
    assert_ne!(newer, etag);
    shown.is(expected(info_of("Two", 2, &second["stylesheet"])).header("etag", &newer));
    assert_eq!(
        world.send(get(&format!("{CUSTOM_DOMAIN}/api/white-label/current/info"))).json()["domain"],
        CUSTOM_DOMAIN
    );
}

#[test]
fn a_suspended_brand_is_not_shown() {
    let world = World::published();
    world.platform.memory.execute_batch("UPDATE tenants SET status = 'suspended'").unwrap();
    world.pass_secs(63);
    world.send(get(&ACME.at("/api/white-label/current/info"))).is(problem("tenant_suspended"));
}
