//! A database whose schema is older than the code: told in words, and mended without a new deployment.

use livery_world::{
    problem,
    routes::{ROUTES, two_sides},
};

#[test]
fn a_route_on_an_older_schema_says_what_to_run_and_works_once_that_was_done() {
    for route in ROUTES {
        let (mut world, acme, _) = two_sides();
        world.forget_isolate();
        world.platform.memory.forget_cache();
        world.platform.set_schema(Some(1));
        let answer = world.send(route.own(&acme));
        if route.is_hostless() || route.method == "OPTIONS" {
            assert!(answer.status < 300, "{}", answer.whole());
            continue;
        }
        let refused = problem("schema_outdated")
            .detail("the database is at 1, this version needs 3: run ./scripts/migrate")
            .headers_of(&answer, &["access-control-allow-origin", "access-control-expose-headers", "vary"]);
        answer.is(refused);
        let line = world.platform.log_lines().pop().unwrap();
        assert!(
            line.contains("\"level\":\"error\"") && line.contains("\"problem\":\"schema_outdated\""),
            "{line}"
        );
        assert!(line.contains("the schema is at 1 and 3 is needed"), "{line}");

        world.platform.set_schema(None);
        let mended = world.send(route.own(&acme));
        assert!(mended.status < 300, "{}: {}", route.name(), mended.whole());
    }
}

#[test]
fn pages_go_on_from_memory_while_the_schema_is_too_old() {
    let (world, acme, _) = two_sides();
    let page = ROUTES.iter().find(|route| route.path == "/embed").unwrap();
    assert_eq!(world.send(page.own(&acme)).status, 200);
    world.platform.set_schema(Some(1));
    world.platform.memory.pass_millis(30_000);
    assert_eq!(world.send(page.own(&acme)).status, 200);
}
