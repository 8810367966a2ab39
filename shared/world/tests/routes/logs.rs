//! One line per request, and nothing in it that belongs to a person.

use livery_world::{
    ACME, PASSWORD, World, get, post, put,
    routes::{ROUTES, two_sides},
};
use serde_json::{Value as Json, json};

const KEYS: [&str; 9] =
    ["cause", "duration_ms", "level", "message", "method", "path", "problem", "request_id", "status"];

#[test]
fn a_line_tells_what_was_asked_and_answered() {
    let world = World::published();
    let answer = world.send(get("acme.livery.test/v1/me?since=1"));
    let line: Json = serde_json::from_str(&world.platform.log_lines().pop().unwrap()).unwrap();
    let id = answer.json()["request_id"].clone();
    assert_eq!(
        line,
        json!({
            "level": "info",
            "message": "request answered",
            "method": "GET",
            "path": "/v1/me",
            "status": 401,
            "duration_ms": 0,
            "request_id": id,
            "problem": "unauthenticated",
        })
    );
}

#[test]
fn every_request_is_one_line_with_known_fields() {
    let (world, acme, _) = two_sides();
    for route in ROUTES {
        let before = world.platform.log_lines().len();
        world.send(route.own(&acme));
        let lines = world.platform.log_lines();
        assert_eq!(lines.len(), before + 1, "{}", route.name());
        let line: Json = serde_json::from_str(lines.last().unwrap()).unwrap();
        let unknown = line.as_object().unwrap().keys().find(|key| !KEYS.contains(&key.as_str()));
        assert_eq!(unknown, None, "{line}");
    }
}

#[test]
fn no_line_holds_an_address_a_token_a_text_or_a_query() {
    let (world, acme, globex) = two_sides();
    let browser = world.browser(&ACME);
    let conversation = world.conversation(&ACME, &browser);
    let messages = ACME.at(&format!("/v1/conversations/{conversation}/messages"));
    let login = |email: &str| {
        post(&ACME.at("/v1/auth/login?email=private@acme.test"))
            .json(json!({ "email": email, "password": PASSWORD }))
    };
    let session = || post(&ACME.at("/v1/embed/sessions")).header("origin", ACME.shop);
    let calls = || {
        let mut calls: Vec<_> = ROUTES
            .iter()
            .flat_map(|route| [route.own(&acme), (route.call)(&acme, &globex, &globex)])
            .collect();
        calls.extend([
            login(ACME.email),
            login("private@nowhere.test"),
            login("not an address private@"),
            session().json(json!({ "visitor_token": browser.visitor_token })),
            session().json(json!({ "visitor_token": "private-token" })),
            session().json(json!({ "private-field": "private-value" })),
            post(&messages)
                .bearer(&browser.session)
                .header("idempotency-key", "private-key")
                .json(json!({ "text": "private text" })),
            post(&messages)
                .bearer(&browser.session)
                .header("idempotency-key", "private-key")
                .json(json!({ "text": "private other" })),
            post(&messages).bearer(&browser.session).body("application/json", "{\"text\": private broken"),
            get(&format!("{messages}?after=private-query")).bearer(&browser.session),
            get(&ACME.at("/v1/live?since=private-query&token=private-token")),
            get(&ACME.at("/v1/live"))
                .header("sec-websocket-protocol", &format!("livery.v1, bearer.{}", browser.session)),
            put(&ACME.at("/v1/embed-policy"))
                .bearer(&acme.access)
                .header("if-match", "\"1\"")
                .json(json!({ "origins": ["private origin"] })),
            get(&ACME.at("/v1/me")).bearer("private-token").header("cookie", "private=cookie"),
        ]);
        calls
    };
    for broken in [false, true] {
        world.platform.memory.set_broken(broken);
        for call in calls() {
            world.send(call.from_address("203.0.113.9"));
        }
    }
    let all = world.platform.log_lines().join("\n");
    let tokens = [
        &browser.session,
        &browser.visitor_token,
        &acme.access,
        &acme.session,
        &globex.access,
        &globex.session,
    ];
    let secrets = [
        "private",
        "@",
        "%40",
        "203.0.113.9",
        PASSWORD,
        "secret",
        "hello",
        "eyJ",
        "?",
        "shop.example",
        "bearer",
        "Bearer",
    ];
    for secret in tokens.iter().map(|token| token.as_str()).chain(secrets) {
        assert!(
            !all.contains(secret),
            "{secret} in {}",
            all.lines().find(|line| line.contains(secret)).unwrap()
        );
    }
}

#[test]
fn line_breaks_in_a_path_stay_in_their_line() {
    let world = World::published();
    world.send(get(&ACME.at("/x%0a%22level%22:%22error%22")));
    let line = world.platform.log_lines().pop().unwrap();
    assert!(!line.contains('\n'), "{line}");
    assert_eq!(serde_json::from_str::<Json>(&line).unwrap()["level"], "info");
}
