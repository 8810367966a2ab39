//! What holds for each route: bodies, methods, credentials, breakage.

use livery_world::{
    Call, answer, problem,
    routes::{For, ROUTES, Route, Side, nobody, two_sides},
};
use serde_json::json;

/// The route's good request without its body and content type.
fn bare(route: &Route, side: &Side) -> Call {
    route.own(side).without_body()
}

fn is_problem(answer: &livery_world::Answer) -> bool {
    answer.header("content-type") == "application/problem+json"
        && answer.json()["status"] == answer.status
        && answer.header("cache-control") == "no-store"
}

#[test]
fn without_credentials_there_is_one_401() {
    let (world, acme, _) = two_sides();
    let nobody = nobody();
    for route in ROUTES.iter().filter(|route| route.asks_for_credentials()) {
        world.send((route.call)(&acme, &nobody, &acme)).is(problem("unauthenticated"));
        world.send(route.own(&acme).without_header("authorization")).is(problem("unauthenticated"));
    }
}

#[test]
fn credentials_that_are_none_are_refused_also_where_none_are_needed() {
    let (world, acme, _) = two_sides();
    for route in ROUTES.iter().filter(|route| route.made_for == For::AnybodyOrVisitor) {
        assert_eq!(world.send(route.own(&acme).without_header("authorization")).status, 200);
        for value in ["Bearer a.b.c", "Bearer", "Bearer ", "Basic YTpi", ""] {
            let refused = route.own(&acme).without_header("authorization").header("authorization", value);
            world.send(refused).is(problem("unauthenticated"));
        }
    }
}

#[test]
fn a_member_is_no_visitor_and_a_visitor_no_member() {
    let (world, acme, _) = two_sides();
    let swapped = Side { access: acme.session.clone(), session: acme.access.clone(), ..nobody() };
    for route in ROUTES.iter().filter(|route| route.made_for != For::Anybody) {
        world.send((route.call)(&acme, &swapped, &acme)).is(problem("unauthenticated"));
    }
}

#[test]
fn an_unknown_host_is_one_404() {
    let (world, acme, _) = two_sides();
    let nowhere = Side { host: "nosuch.livery.test".into(), ..nobody() };
    let at_a_host = |route: &&Route| !route.is_hostless() && route.path != "/v1/embed/sessions";
    for route in ROUTES.iter().filter(at_a_host) {
        world.send((route.call)(&nowhere, &acme, &acme)).is(problem("not_found"));
    }
}

#[test]
fn what_is_no_json_is_told_so() {
    let (world, acme, _) = two_sides();
    for route in ROUTES.iter().filter(|route| route.takes_json()) {
        for body in ["", "{", "{]", "nul", "\u{feff}{}", "{'a':1}", "<a/>"] {
            let refused = world.send(bare(route, &acme).body("application/json", body));
            assert!(
                refused.status == 400 && is_problem(&refused),
                "{} {body:?}: {}",
                route.name(),
                refused.whole()
            );
        }
        let refused = world.send(bare(route, &acme).raw_body("application/json", &[0xff, 0xfe, 0x22]));
        assert!(refused.status == 400 && is_problem(&refused), "{}: {}", route.name(), refused.whole());
    }
}

#[test]
fn json_however_deep_is_refused_and_breaks_nothing() {
    let (world, acme, _) = two_sides();
    let arrays = "[".repeat(100_000);
    let closed = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let objects = format!("{}1{}", "{\"tokens\":".repeat(100_000), "}".repeat(100_000));
    let shallow = format!("{}1{}", "{\"tokens\":".repeat(120), "}".repeat(120));
    for route in ROUTES.iter().filter(|route| route.takes_json()) {
        for body in [&arrays, &closed, &objects, &shallow] {
            let refused = world.send(bare(route, &acme).body("application/json", body));
            assert!([400, 413, 422].contains(&refused.status) && is_problem(&refused), "{}", refused.whole());
            assert!(refused.body.len() < 10_000, "{}", refused.body.len());
            if route.path == "/v1/branding" && body.len() > 10_000 {
                assert_eq!(refused.status, 400, "{}", refused.whole());
            }
        }
    }
}

#[test]
fn another_content_type_is_refused() {
    let (world, acme, _) = two_sides();
    for route in ROUTES.iter().filter(|route| route.takes_json()) {
        for content_type in ["text/plain", "application/xml", "application/jsonx", "multipart/form-data", ""]
        {
            let refused = world.send(bare(route, &acme).body(content_type, "{}"));
            assert!(refused.status == 415 && is_problem(&refused), "{}: {}", route.name(), refused.whole());
        }
    }
}

#[test]
fn unknown_fields_are_refused() {
    let (world, acme, _) = two_sides();
    // A design-token file may hold anything: what is not known of it is listed as skipped.
    let ours = |route: &&Route| route.takes_json() && route.path != "/v1/branding/design-tokens";
    for route in ROUTES.iter().filter(ours) {
        let refused = world.send(bare(route, &acme).json(json!({ "tenant_id": "ten_1", "is_admin": true })));
        assert!(refused.status == 422 && is_problem(&refused), "{}: {}", route.name(), refused.whole());
    }
}

#[test]
fn a_body_too_large_is_refused_before_anybody_is_asked() {
    let (world, acme, _) = two_sides();
    let body = "x".repeat(2 * 1024 * 1024);
    for route in ROUTES {
        let before = world.platform.memory.statements();
        let refused = world.send(bare(route, &acme).body("application/json", &body));
        refused.is(problem("payload_too_large"));
        assert_eq!(world.platform.memory.statements(), before, "{}", route.name());
    }
}

#[test]
fn a_method_that_a_path_does_not_know_is_a_405_that_says_which_it_knows() {
    let (world, acme, _) = two_sides();
    for route in ROUTES {
        for method in ["DELETE", "TRACE", "PROPFIND", "CONNECT", "get"] {
            if ROUTES.iter().any(|known| known.path == route.path && known.method == method) {
                continue;
            }
            let refused = world.send(bare(route, &acme).method(method));
            assert_eq!(refused.status, 405, "{method} {}: {}", route.path, refused.whole());
            let allowed: Vec<_> = refused.header("allow").split(", ").collect();
            // A preflight aside, which no client asks for by itself, the row's own method is among them.
            assert!(allowed.contains(&route.method), "{method} {}: {allowed:?}", route.path);
            refused.is(problem("method_not_allowed").headers_of(
                &refused,
                &["allow", "access-control-allow-origin", "access-control-expose-headers", "vary"],
            ));
        }
    }
}

#[test]
fn head_is_get_without_the_body() {
    let (world, acme, _) = two_sides();
    for route in ROUTES.iter().filter(|route| route.method == "GET") {
        let whole = world.send(route.own(&acme));
        let head = world.send(route.own(&acme).method("HEAD"));
        assert_eq!(head.head(), whole.head(), "{}", route.name());
        assert_eq!(head.body.len(), 0);
    }
}

#[test]
fn a_path_goes_on_where_a_slash_follows() {
    let (world, acme, _) = two_sides();
    for route in ROUTES.iter().filter(|route| !route.has_object()) {
        let refused =
            world.send(Call::of("GET", &format!("{}{}/", acme.host, route.path)).bearer(&acme.access));
        refused.is(problem("not_found"));
    }
}

#[test]
fn with_the_platform_broken_every_route_is_a_503_problem_and_the_log_says_why() {
    for route in ROUTES {
        let (mut world, acme, _) = two_sides();
        world.forget_isolate();
        world.platform.memory.set_broken(true);
        let answer = world.send(route.own(&acme));
        if route.is_hostless() || route.method == "OPTIONS" {
            assert!(answer.status < 300, "{}", answer.whole());
            continue;
        }
        let expected = problem("unavailable")
            .headers_of(&answer, &["access-control-allow-origin", "access-control-expose-headers", "vary"]);
        answer.is(expected);
        let line = world.platform.log_lines().pop().unwrap();
        assert!(line.contains("\"level\":\"error\"") && line.contains("broken on purpose"), "{line}");
        assert!(!answer.text().contains("broken on purpose"), "the cause is for the log");
    }
}

#[test]
fn every_answer_over_tls_asks_for_tls_ever_after() {
    let (world, acme, _) = two_sides();
    for route in ROUTES {
        let secure = world.send(route.own(&acme).secure());
        assert_eq!(secure.header("strict-transport-security"), "max-age=63072000; includeSubDomains");
        assert_eq!(
            (secure.header("x-content-type-options"), secure.header("referrer-policy")),
            ("nosniff", "no-referrer")
        );
    }
}

#[test]
fn a_service_without_keys_says_that_it_is_not_configured() {
    let (world, acme, _) = two_sides();
    let world = world.without_keys();
    for route in ROUTES.iter().filter(|route| route.asks_for_credentials()) {
        let refused = world.send(route.own(&acme));
        assert_eq!(
            (refused.status, &refused.json()["code"]),
            (503, &json!("not_configured")),
            "{}",
            route.name()
        );
    }
    world.send(Call::of("GET", "livery.test/healthz")).is(answer(200, json!({ "status": "ok" })));
}
