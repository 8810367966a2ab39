//! Which tenant a request is for: host, headers, token.

use crate::tenant::untouched;
use livery_platform::Environment;
use livery_world::{
    ACME, CUSTOM_DOMAIN, GLOBEX, NOW, PASSWORD, World, answer, get, owner_of_acme, post, problem,
};
use serde_json::json;

fn add_domain(world: &World, host: &str, tenant: &str, status: &str) {
    let sql = format!("INSERT INTO domains VALUES ('{host}', '{tenant}', '{status}', {})", NOW.0);
    world.platform.memory.execute_batch(&sql).unwrap();
}

/// The tenant whose public face the host shows, by three routes that must agree.
fn tenant_of(world: &World, host: &str) -> Option<String> {
    let signed_in = |email: &str| {
        let body = json!({ "email": email, "password": PASSWORD });
        let signed_in = world.send(post(&format!("{host}/v1/auth/login")).json(body));
        (signed_in.status == 200).then(|| signed_in.json()["tenant"]["key"].as_str().unwrap().to_owned())
    };
    let entered = [ACME.email, GLOBEX.email].into_iter().find_map(signed_in);
    let config = world.send(get(&format!("{host}/v1/edge/config")));
    let document = world.send(get(&format!("{host}/embed")));
    assert_eq!(config.status == 200, entered.is_some(), "{host}: {}", config.whole());
    if let Some(key) = &entered {
        let name = if key == "acme" { "Acme" } else { "Globex" };
        assert!(document.text().contains(&format!("<title>{name}</title>")), "{host}: {}", document.whole());
    } else {
        assert_eq!((config.status, document.status), (404, 404), "{host}");
    }
    entered
}

#[test]
fn the_first_label_of_a_custom_domain_is_never_read_as_a_tenant_key() {
    let world = World::published();
    assert_eq!(tenant_of(&world, "globex.acme.test"), None, "nobody's domain");
    add_domain(&world, "globex.acme.test", ACME.id, "pending");
    world.pass_secs(60);
    assert_eq!(tenant_of(&world, "globex.acme.test"), None, "a domain without its proof");
    world.platform.memory.execute_batch("UPDATE domains SET status = 'verified'").unwrap();
    world.pass_secs(60);
    assert_eq!(tenant_of(&world, "globex.acme.test").as_deref(), Some("acme"), "acme's own domain");
    world.platform.memory.execute_batch("UPDATE domains SET status = 'removed'").unwrap();
    world.pass_secs(120);
    assert_eq!(tenant_of(&world, "globex.acme.test"), None, "a domain given up");
}

#[test]
fn every_spelling_of_a_host_is_the_same_tenant() {
    let world = World::published();
    add_domain(&world, "xn--bcher-kva.example", ACME.id, "verified");
    for host in [
        "acme.livery.test",
        "ACME.Livery.TEST",
        "acme.livery.test.",
        "acme.livery.test:8787",
        "Acme.livery.test.:443",
        CUSTOM_DOMAIN,
        "CHAT.ACME.TEST",
        "chat.acme.test.",
        "chat.acme.test:8443",
        "xn--bcher-kva.example",
        "XN--BCHER-KVA.example",
        "Xn--Bcher-Kva.Example.:80",
    ] {
        assert_eq!(tenant_of(&world, host).as_deref(), Some("acme"), "{host}");
    }
    assert_eq!(tenant_of(&world, "globex.livery.test").as_deref(), Some("globex"));
}

#[test]
fn what_is_no_tenants_host_is_one_and_the_same_404() {
    let world = World::published();
    add_domain(&world, "xn--bcher-kva.example", ACME.id, "verified");
    let me = |host: &str| get(&format!("{host}/v1/me")).bearer(&world.access_token(&ACME));
    let unknown = world.send(me("nosuch.livery.test"));
    unknown.is(problem("not_found"));
    for host in [
        "a.acme.livery.test",
        "acme.livery.test.attacker.test",
        "acmelivery.test",
        "acme.test",
        "acme",
        "test",
        "127.0.0.1",
        "127.0.0.1:8787",
        "[::1]:8787",
        "",
        ".",
        "acme.livery.test..",
        "acme..livery.test",
        "acme.livery.test:99999999",
        "user@acme.livery.test",
        "-acme.livery.test",
        "ac\u{441}me.livery.test",
        // A browser sends punycode: another spelling of a name on the wire belongs to no tenant.
        "b\u{fc}cher.example",
    ] {
        assert_eq!(world.send(me(host)).whole(), unknown.whole(), "{host:?}");
        let shown = world.send(get(&format!("{host}/v1/edge/config")));
        assert_eq!(shown.whole(), unknown.whole(), "{host:?}");
    }
}

#[test]
fn a_tenant_header_narrows_and_never_grants() {
    let world = World::published();
    let token = world.access_token(&ACME);
    let at = |host: &str| get(&format!("{host}/v1/me")).bearer(&token);
    let unknown = world.send(at("nosuch.livery.test")).whole();
    let acme = world.send(at(ACME.host).header("x-tenant-key", "acme").header("x-tenant-id", ACME.id));
    acme.is(answer(200, owner_of_acme()));
    for host in [ACME.host, CUSTOM_DOMAIN, "livery.test", GLOBEX.host, "nosuch.livery.test"] {
        for (name, value) in [
            ("x-tenant-key", "globex"),
            ("x-tenant-key", "nosuch"),
            ("x-tenant-key", ""),
            ("x-tenant-id", GLOBEX.id),
            ("x-tenant-id", "ten_019aa52f0e80700080000000000000ff"),
            ("x-tenant-id", "2"),
        ] {
            let refused = world.send(at(host).header(name, value));
            assert_eq!(refused.whole(), unknown, "{name}: {value} at {host}");
        }
        // One that agrees does not cover one that does not.
        let both = at(host).header("x-tenant-key", "acme").header("x-tenant-key", "globex");
        assert_eq!(world.send(both).whole(), unknown, "{host}");
    }
}

#[test]
fn a_tenant_header_without_a_token_opens_nothing() {
    let world = World::published();
    let bare = world.send(get("acme.livery.test/v1/me"));
    bare.is(problem("unauthenticated"));
    for host in [ACME.host, "livery.test", "nosuch.livery.test"] {
        let claimed =
            get(&format!("{host}/v1/me")).header("x-tenant-key", "acme").header("x-tenant-id", ACME.id);
        assert_eq!(world.send(claimed).whole(), bare.whole(), "{host}");
    }
}

#[test]
fn at_the_edge_a_tenant_header_changes_nothing() {
    // Its answers are kept by caches under the URL alone, so a header may not matter.
    let world = World::published();
    for path in ["/embed", "/v1/edge/config", "/widget.js"] {
        let plain = world.send(get(&ACME.at(path)));
        assert_eq!(plain.status, 200);
        let claimed = get(&ACME.at(path)).header("x-tenant-key", "globex").header("x-tenant-id", GLOBEX.id);
        assert_eq!(world.send(claimed).whole(), plain.whole(), "{path}");
    }
}

#[test]
fn at_the_platforms_own_host_the_token_says_which_tenant() {
    let world = World::new();
    for party in [&ACME, &GLOBEX] {
        let tenant = world.send(get("livery.test/v1/tenant").bearer(&world.access_token(party)));
        tenant.is(answer(200, untouched(party)).header("etag", "\"1\""));
    }
}

#[test]
fn a_tenant_in_the_query_is_read_in_development_at_the_platforms_host_only() {
    let production = World::published();
    assert_eq!(production.send(get("livery.test/v1/edge/config?tenant=acme")).status, 404);
    let globex = production.send(get("globex.livery.test/v1/edge/config"));
    let claimed = production.send(get("globex.livery.test/v1/edge/config?tenant=acme"));
    assert_eq!(claimed.whole(), globex.whole());

    let mut development = World::in_environment(Environment::Development);
    development.publish(&ACME);
    development.forget_isolate();
    assert_eq!(development.send(get("livery.test/v1/edge/config?tenant=acme")).status, 200);
    assert_eq!(development.send(get("livery.test/v1/edge/config?tenant=nosuch")).status, 404);
    assert_eq!(development.send(get("livery.test/v1/edge/config")).status, 404);
    let body = json!({ "email": ACME.email, "password": PASSWORD });
    assert_eq!(development.send(post("livery.test/v1/auth/login?tenant=acme").json(body)).status, 200);
    // A token is for its tenant, whatever the query says.
    let me = get("livery.test/v1/me?tenant=globex").bearer(&development.access_token(&ACME));
    assert_eq!(development.send(me).json()["tenant_id"], ACME.id);
}

#[test]
fn expired_forged_and_misplaced_tokens_are_one_and_the_same_401() {
    let world = World::published();
    let me = |authorization: &str| get("acme.livery.test/v1/me").header("authorization", authorization);
    let none = world.send(get("acme.livery.test/v1/me"));
    none.is(problem("unauthenticated"));
    let browser = world.browser(&ACME);
    let access = world.access_token(&ACME);
    for authorization in [
        format!("Bearer {}", world.forged_token(&ACME)),
        format!("Bearer {}x", access),
        format!("Bearer {}", browser.session),
        format!("Bearer {}", browser.visitor_token),
        format!("Basic {access}"),
        access.clone(),
        "Bearer".into(),
        "Bearer ".into(),
        "Bearer a.b.c".into(),
        format!("Bearer {}", "x".repeat(100_000)),
    ] {
        assert_eq!(world.send(me(&authorization)).whole(), none.whole(), "{:.60}", authorization);
    }
    let twice = me(&format!("Bearer {access}")).header("authorization", &format!("Bearer {access}"));
    assert_eq!(world.send(twice).whole(), none.whole(), "sent twice");
    assert_eq!(world.send(me(&format!("bearer {access}"))).status, 200);
    world.pass_secs(15 * 60 + 10);
    assert_eq!(world.send(me(&format!("Bearer {access}"))).whole(), none.whole(), "expired");
}

#[test]
fn another_tenants_token_finds_nobody_at_this_host() {
    let world = World::new();
    for host in [ACME.host, CUSTOM_DOMAIN] {
        let theirs = get(&format!("{host}/v1/me")).bearer(&world.access_token(&GLOBEX));
        world.send(theirs).is(problem("not_found"));
    }
}

#[test]
fn a_member_who_was_removed_reads_until_the_token_ends_and_writes_no_more() {
    let world = World::new();
    let token = world.access_token(&ACME);
    world
        .platform
        .memory
        .execute_batch(&format!("DELETE FROM memberships WHERE user_id = '{}'", ACME.owner))
        .unwrap();
    assert_eq!(world.send(get("acme.livery.test/v1/me").bearer(&token)).status, 200);
    world.send(post("acme.livery.test/v1/branding/publish").bearer(&token)).is(problem("unauthenticated"));
}

#[test]
fn ids_that_can_be_counted_up_name_nothing() {
    let world = World::published();
    let browser = world.browser(&ACME);
    let conversation = world.conversation(&ACME, &browser);
    assert!(conversation.starts_with("cnv_") && conversation.len() == 36, "{conversation}");
    for id in
        ["1", "0", "-1", "cnv_1", "%20", "cnv_00000000000000000000000000000001", &conversation.to_uppercase()]
    {
        let call = get(&ACME.at(&format!("/v1/conversations/{id}/messages"))).bearer(&browser.session);
        world.send(call).is(problem("not_found"));
    }
}

#[test]
fn whose_the_host_is_and_what_is_read_take_one_trip_to_sql() {
    let world = World::published();
    let token = world.access_token(&ACME);
    for path in ["/v1/embed-policy", "/v1/flags", "/v1/branding"] {
        let before = world.platform.calls();
        let own = world.send(get(&format!("{}{path}", ACME.host)).bearer(&token));
        assert_eq!((own.status, world.platform.calls() - before), (200, 1), "{path}");
        // Data of the token's own tenant is never in the answer at another one's host.
        world.send(get(&format!("{}{path}", GLOBEX.host)).bearer(&token)).is(problem("not_found"));
    }
}
