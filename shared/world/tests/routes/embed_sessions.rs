//! `/v1/embed/sessions`

use livery_world::{ACME, Answer, Call, GLOBEX, World, answer, get, options, post, problem};
use serde_json::{Value as Json, json};

const URL: &str = "acme.livery.test/v1/embed/sessions";

fn mint(origin: &str) -> Call {
    post(URL).header("origin", origin).json(json!({}))
}

/// What a browser lets the asking page read.
fn readable(origin: &str) -> [(&'static str, String); 3] {
    [
        ("access-control-allow-origin", origin.to_owned()),
        ("access-control-expose-headers", "retry-after".to_owned()),
        ("vary", "Origin".to_owned()),
    ]
}

fn refused_for(origin: &str) -> livery_world::Expected {
    let expected = problem("origin_not_allowed")
        .reason("origin_not_in_policy")
        .detail("Add the page's origin to the tenant's embed policy and publish.");
    readable(origin).iter().fold(expected, |expected, (name, value)| expected.header(name, value))
}

fn minted(answer: &Answer) -> Json {
    let body = answer.json();
    json!({
        "session_token": body["session_token"],
        "expires_in": 1800,
        "visitor_token": body["visitor_token"],
    })
}

#[test]
fn a_page_of_an_allowed_site_gets_a_session_that_it_can_read() {
    let world = World::published();
    let made = world.send(mint("https://shop.example"));
    made.is(answer(201, minted(&made))
        .header("access-control-allow-origin", "https://shop.example")
        .header("access-control-expose-headers", "retry-after")
        .header("vary", "Origin"));
    let session = made.json()["session_token"].as_str().unwrap().to_owned();
    let list = world.send(get("acme.livery.test/v1/conversations").bearer(&session));
    list.is(answer(200, json!({ "data": [] })));
}

#[test]
fn a_page_of_any_other_site_is_refused_and_can_read_why() {
    let world = World::published();
    for origin in [
        "https://other.example",
        "http://shop.example",
        "https://shop.example:8443",
        "https://evil-shop.example",
        "https://shop.example.evil.test",
        "https://sub.shop.example",
        "null",
        "*",
        "https://shop.example/",
        "chrome-extension://abc",
        "",
    ] {
        world.send(mint(origin)).is(refused_for(origin));
    }
}

#[test]
fn every_spelling_of_the_allowed_origin_is_allowed() {
    let world = World::published();
    for origin in ["https://SHOP.example", "https://shop.example:443"] {
        assert_eq!(world.send(mint(origin)).status, 201, "{origin}");
    }
}

#[test]
fn without_an_origin_or_with_two_there_is_no_session() {
    let world = World::published();
    let told = "Add the page's origin to the tenant's embed policy and publish.";
    world
        .send(post(URL).json(json!({})))
        .is(problem("origin_not_allowed").reason("origin_not_in_policy").detail(told));
    let twice = mint("https://shop.example").header("origin", "https://evil.test");
    assert_eq!(world.send(twice).status, 403);
}

#[test]
fn before_the_first_publish_nobody_embeds() {
    let world = World::new();
    let refused = world.send(mint("https://shop.example"));
    assert_eq!((refused.status, &refused.json()["code"]), (404, &json!("not_found")));
    assert_eq!(refused.header("access-control-allow-origin"), "https://shop.example");
}

#[test]
fn a_preflight_is_answered_for_any_page() {
    let world = World::new();
    let asked = options(URL)
        .header("origin", "https://anything.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type");
    world.send(asked).is(answer(204, json!(""))
        .without("content-type")
        .without("cache-control")
        .header("access-control-allow-methods", "POST")
        .header("access-control-allow-headers", "content-type")
        .header("access-control-max-age", "7200")
        .header("access-control-allow-origin", "https://anything.example")
        .header("access-control-expose-headers", "retry-after")
        .header("vary", "Origin"));
}

#[test]
fn a_session_never_lets_a_page_send_cookies() {
    let world = World::published();
    assert!(!world.send(mint("https://shop.example")).whole().contains("allow-credentials"));
}

#[test]
fn a_visitor_token_brings_the_same_visitor_back() {
    let world = World::published();
    let first = world.browser(&ACME);
    world.pass_secs(86_400 * 100);
    let again = world.browser_with(&ACME, json!({ "visitor_token": first.visitor_token }));
    assert_eq!(world.visitor_of(&first), world.visitor_of(&again));
    assert_ne!(world.visitor_of(&world.browser(&ACME)), world.visitor_of(&again));
}

#[test]
fn any_other_token_is_treated_as_none() {
    let world = World::published();
    let acme = world.browser(&ACME);
    let globex = world.browser(&GLOBEX);
    let forged = world.forged_session(&ACME, world.visitor_of(&acme));
    for token in [&globex.visitor_token, &acme.session, &world.access_token(&ACME), &forged, "", "a.b.c"] {
        let fresh = world.browser_with(&ACME, json!({ "visitor_token": token }));
        let visitor = world.visitor_of(&fresh);
        assert!(visitor != world.visitor_of(&acme) && visitor != world.visitor_of(&globex), "{token}");
    }
    world.pass_secs(86_400 * 181);
    let late = world.browser_with(&ACME, json!({ "visitor_token": acme.visitor_token }));
    let known = world.browser_with(&ACME, json!({ "visitor_token": late.visitor_token }));
    assert_eq!(world.visitor_of(&late), world.visitor_of(&known));
}

#[test]
fn a_session_is_used_from_the_embed_or_from_the_page_it_was_made_for() {
    let world = World::published();
    let browser = world.browser(&ACME);
    let list = |origin: &str| {
        world.send(get("acme.livery.test/v1/conversations").bearer(&browser.session).header("origin", origin))
    };
    for origin in ["https://shop.example", "http://acme.livery.test"] {
        assert_eq!(list(origin).status, 200, "{origin}");
    }
    for origin in ["https://other.example", "null", "https://acme.livery.test", "http://globex.livery.test"] {
        list(origin).is(problem("origin_not_allowed")
            .reason("session_of_another_origin")
            .detail("The session was made for a page of another origin."));
    }
}

#[test]
fn a_session_ends_after_half_an_hour() {
    let world = World::published();
    let browser = world.browser(&ACME);
    let list = |world: &World| world.send(get("acme.livery.test/v1/conversations").bearer(&browser.session));
    world.pass_secs(1799);
    assert_eq!(list(&world).status, 200);
    world.pass_secs(16);
    list(&world).is(problem("unauthenticated"));
}

#[test]
fn other_methods_and_bodies_are_refused_and_the_page_can_read_why() {
    let world = World::published();
    let origin = "https://shop.example";
    let with_cors = |expected: livery_world::Expected| {
        readable(origin).iter().fold(expected, |expected, (name, value)| expected.header(name, value))
    };
    world
        .send(get(URL).header("origin", origin))
        .is(with_cors(problem("method_not_allowed").header("allow", "OPTIONS, POST")));
    world
        .send(post(URL).header("origin", origin).body("text/plain", "{}"))
        .is(with_cors(problem("unsupported_media_type").detail("Send the body as application/json.")));
    let extra = world.send(post(URL).header("origin", origin).json(json!({ "visitor_id": "vis_1" })));
    assert_eq!((extra.status, extra.header("access-control-allow-origin")), (422, origin));
}
