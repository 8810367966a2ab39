//! `GET /embed`

use livery_domain::hash::content_hash;
use livery_world::{ACME, CUSTOM_DOMAIN, GLOBEX, World, answer, get, head, put};
use serde_json::json;

#[test]
fn the_document_names_the_live_release_and_may_be_framed_by_the_policys_sites_only() {
    let world = World::new();
    let release = world.publish(&ACME);
    let shown = world.send(get("acme.livery.test/embed"));
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' https: data:; \
                  connect-src 'self' ws://acme.livery.test; base-uri 'none'; form-action 'none'; \
                  frame-ancestors https://shop.example";
    let etag = format!("\"{}\"", content_hash(&shown.body));
    shown.is(answer(200, json!(shown.text()))
        .header("content-type", "text/html; charset=utf-8")
        .header("cache-control", "public, max-age=30")
        .header("cross-origin-resource-policy", "cross-origin")
        .header("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        .header("content-security-policy", policy)
        .header("etag", &etag));
    let html = shown.text();
    assert!(
        html.contains(&format!("id=\"livery-brand\" href=\"{}\"", release["stylesheet"].as_str().unwrap()))
    );
    assert!(html.contains("\"rev\":1") && html.contains("<title>Acme</title>"), "{html}");
    let unchanged = world.send(get("acme.livery.test/embed").header("if-none-match", &etag));
    assert_eq!((unchanged.status, unchanged.body.len()), (304, 0));
    assert_eq!(unchanged.header("content-security-policy"), policy);
    let heads = world.send(head("acme.livery.test/embed"));
    assert_eq!((heads.status, heads.body.len(), heads.header("etag")), (200, 0, etag.as_str()));
}

#[test]
fn over_tls_sockets_are_allowed_over_tls_and_to_this_host_only() {
    let world = World::published();
    for host in [ACME.host, CUSTOM_DOMAIN] {
        let shown = world.send(get(&format!("{host}/embed")).secure());
        let policy = shown.header("content-security-policy");
        assert!(policy.contains(&format!("connect-src 'self' wss://{host};")), "{policy}");
    }
}

#[test]
fn a_policy_without_sites_lets_nobody_frame() {
    let world = World::new();
    let none = put("acme.livery.test/v1/embed-policy").bearer(&world.access_token(&ACME));
    world.send(none.header("if-match", "\"1\"").json(json!({ "origins": [] })));
    world.publish(&ACME);
    let shown = world.send(get("acme.livery.test/embed"));
    assert!(shown.header("content-security-policy").ends_with("; frame-ancestors 'none'"));
}

#[test]
fn the_next_release_makes_the_next_document() {
    let world = World::published();
    let first = world.send(get("acme.livery.test/embed")).header("etag").to_owned();
    world.patch_branding(&ACME, "\"1\"", json!({ "texts": { "title": "Changed" } }));
    world.publish(&ACME);
    world.pass_secs(3);
    let second = world.send(get("acme.livery.test/embed"));
    assert_ne!(second.header("etag"), first);
    assert!(second.text().contains("Changed"));
}

#[test]
fn what_a_tenant_writes_stays_text_in_the_document() {
    let world = World::new();
    world.patch_branding(
        &ACME,
        "\"0\"",
        json!({ "texts": { "title": "</script><script>alert(1)</script><!--" } }),
    );
    world
        .platform
        .memory
        .execute_batch("UPDATE tenants SET name = '</title><script>alert(2)</script>'")
        .unwrap();
    world.publish(&ACME);
    let html = world.send(get("acme.livery.test/embed")).text();
    assert!(!html.contains("alert(1)</script>") && !html.contains("<script>alert"), "{html}");
    assert!(!html.contains("<!--"), "{html}");
}

#[test]
fn each_tenant_has_its_own() {
    let world = World::published();
    let acme = world.send(get(&ACME.at("/embed")));
    let globex = world.send(get(&GLOBEX.at("/embed")));
    assert!(globex.text().contains("<title>Globex</title>"));
    assert!(globex.header("content-security-policy").ends_with("frame-ancestors https://other.example"));
    assert_ne!(acme.header("etag"), globex.header("etag"));
    assert_eq!(world.send(get(&format!("{CUSTOM_DOMAIN}/embed"))).text(), acme.text());
}
