//! What holds on every page: headers, languages, files, forged forms, problems.

use crate::world::{World, get, post};

#[test]
fn a_page_loads_nothing_from_elsewhere_and_is_kept_by_nobody() {
    let page = World::new().send(get("livery.test/sign-in"));
    let policy = page.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(page.header("cache-control"), "no-store");
    // Its form leads to a tenant's host, which is told the origin and no more; any other page tells nobody anything.
    assert_eq!(page.header("referrer-policy"), "strict-origin");
    let inner = World::new().send(get("acme.livery.test/admin/sign-in"));
    assert_eq!(inner.header("referrer-policy"), "same-origin");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert!(!page.html.contains(" style=") && !page.html.contains(" onclick="), "{}", page.html);
}

#[test]
fn style_and_script_are_named_by_their_hash_and_kept_for_ever() {
    let world = World::new();
    let page = world.send(get("livery.test/sign-in"));
    for (before, kind) in [
        ("href=\"/admin/assets/", "text/css; charset=utf-8"),
        ("src=\"/admin/assets/", "text/javascript; charset=utf-8"),
    ] {
        let name = page.html.split(before).nth(1).unwrap().split('"').next().unwrap();
        let file = world.send(get(&format!("acme.livery.test/admin/assets/{name}")));
        assert_eq!((file.status, file.header("content-type")), (200, kind));
        assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
        assert!(file.html.len() > 1000);
    }
    assert_eq!(world.send(get("livery.test/admin/assets/console.css")).status, 404);
}

#[test]
fn a_page_speaks_the_chosen_language_else_the_browsers() {
    let world = World::new();
    let japanese = || get("livery.test/sign-in").header("accept-language", "ja-JP,ja;q=0.9,en;q=0.8");
    world.send(japanese()).shows("<html lang=\"ja\">").shows("サインイン");
    world.send(get("livery.test/sign-in").header("accept-language", "de")).shows("<html lang=\"en\">");
    let chosen = world.send(post("livery.test/admin/language", &[("language", "en"), ("to", "/sign-in")]));
    chosen.leads_to("/sign-in");
    let cookie = chosen.header("set-cookie");
    assert!(
        cookie.starts_with("__Host-livery-language=en; HttpOnly; SameSite=Lax; Secure; Path=/"),
        "{cookie}"
    );
    let cookie = cookie.split(';').next().unwrap();
    world.send(japanese().header("cookie", cookie)).shows("<html lang=\"en\">");
}

#[test]
fn after_choosing_a_language_nobody_is_led_away() {
    let world = World::new();
    for to in ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)"] {
        world.send(post("livery.test/admin/language", &[("language", "ja"), ("to", to)])).leads_to("/");
    }
}

#[test]
fn a_form_of_another_page_is_refused() {
    let world = World::new();
    let fields = [("language", "ja"), ("to", "/sign-in")];
    let form = || post("livery.test/admin/language", &fields);
    for forged in [
        form().header("sec-fetch-site", "cross-site").header("origin", "https://evil.test"),
        form().header("sec-fetch-site", "same-site").header("origin", "https://acme.livery.test"),
        form().header("sec-fetch-site", "none"),
        form().without("sec-fetch-site").header("origin", "https://evil.test"),
        form().without("sec-fetch-site").header("origin", "null"),
        form().without("sec-fetch-site").header("origin", "http://livery.test"),
        form().header("origin", "https://evil.test"),
    ] {
        let page = world.send(forged);
        assert_eq!(page.status, 403);
        page.shows("This form was not sent from our page");
        assert_eq!(page.header("set-cookie"), "");
    }
    assert_eq!(world.send(form().without("sec-fetch-site")).status, 303);
}

#[test]
fn a_problem_is_a_page_with_the_id_that_the_log_has() {
    let world = World::new();
    let page = world.send(get("livery.test/admin/nothing/here").header("accept-language", "ja"));
    assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"));
    page.shows("ページが見つかりません").shows(page.header("x-request-id"));
    assert!(world.log_lines()[0].contains("\"problem\":\"not_found\""), "{:?}", world.log_lines());
}

#[test]
fn a_body_over_the_bound_is_refused() {
    let world = World::new();
    let send = |length: usize| {
        let filler = "x".repeat(length - "subdomain=a&x=".len());
        world.send(post("livery.test/sign-in", &[("subdomain", "a"), ("x", &filler)])).status
    };
    assert_eq!(send(livery_console::MAX_BODY_BYTES), 422);
    assert_eq!(send(livery_console::MAX_BODY_BYTES + 1), 413);
    let many: Vec<_> = (0..101).map(|_| ("a", "b")).collect();
    assert_eq!(world.send(post("livery.test/sign-in", &many)).status, 400);
}

#[test]
fn what_is_no_form_is_refused() {
    let world = World::new();
    let call = post("livery.test/sign-in", &[]).header("content-type", "application/json");
    assert_eq!(world.send(call).status, 415);
    assert_eq!(world.send(get("livery.test/sign-in").method("DELETE")).header("allow"), "GET, HEAD, POST");
}
