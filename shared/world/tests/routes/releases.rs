//! `GET /v1/releases`

use livery_world::{ACME, Answer, GLOBEX, World, answer, get, post, problem};
use serde_json::{Value as Json, json};

fn list(world: &World, query: &str) -> Answer {
    world.send(get(&ACME.at(&format!("/v1/releases{query}"))).bearer(&world.access_token(&ACME)))
}

/// A tenant with so many releases; gives them as publishing showed them, newest first, all but the first not live.
fn with_releases(count: usize) -> (World, Vec<Json>) {
    let world = World::new();
    let mut releases = vec![];
    for n in 0..count {
        let title = json!({ "texts": { "title": format!("Number {n}") } });
        world.patch_branding(&ACME, &format!("\"{n}\""), title);
        world.pass_secs(1);
        releases.insert(0, world.publish(&ACME));
    }
    for old in releases.iter_mut().skip(1) {
        old["live"] = json!(false);
    }
    (world, releases)
}

fn revs(answer: &Answer) -> Vec<i64> {
    answer.json()["data"].as_array().unwrap().iter().map(|release| release["rev"].as_i64().unwrap()).collect()
}

#[test]
fn without_a_release_the_list_is_empty() {
    list(&World::new(), "").is(answer(200, json!({ "data": [], "next_cursor": null })));
}

#[test]
fn releases_are_listed_newest_first_and_one_is_live() {
    let (world, releases) = with_releases(3);
    list(&world, "").is(answer(200, json!({ "data": releases, "next_cursor": null })));
}

#[test]
fn pages_follow_their_cursor_to_the_end_without_gap_or_repeat() {
    let (world, _) = with_releases(5);
    let first = list(&world, "?limit=2");
    assert_eq!((revs(&first), first.json()["next_cursor"].clone()), (vec![5, 4], json!("r4")));
    assert_eq!(first.header("link"), "</v1/releases?limit=2&cursor=r4>; rel=\"next\"");
    // A release made meanwhile moves nothing.
    world.patch_branding(&ACME, "\"5\"", json!({ "powered_by": false }));
    world.publish(&ACME);
    let second = list(&world, "?limit=2&cursor=r4");
    assert_eq!(revs(&second), [3, 2]);
    let last = list(&world, "?limit=2&cursor=r2");
    assert_eq!((revs(&last), last.json()["next_cursor"].clone()), (vec![1], Json::Null));
    assert!(!last.whole().contains("link:"));
    assert_eq!(revs(&list(&world, "?limit=3&cursor=r4")), [3, 2, 1], "a full last page has no next");
    assert_eq!(list(&world, "?limit=3&cursor=r4").json()["next_cursor"], Json::Null);
}

#[test]
fn a_limit_or_cursor_that_is_not_ours_is_refused() {
    let world = World::new();
    for limit in ["0", "101", "-1", "x", "", "1e3", "99999999999999999999"] {
        list(&world, &format!("?limit={limit}")).is(problem("malformed_request")
            .reason("out_of_range")
            .detail("`limit` is a whole number from 1 to 100."));
    }
    for cursor in ["4", "r", "x4", "rr4", "r99999999999999999999", "r4%20OR%201=1", ""] {
        list(&world, &format!("?cursor={cursor}"))
            .is(problem("malformed_request").reason("invalid_cursor").detail("`cursor` is not one of ours."));
    }
}

#[test]
fn a_cursor_at_the_edge_of_numbers_is_an_empty_page_or_a_whole_one() {
    let (world, _) = with_releases(1);
    assert_eq!(revs(&list(&world, "?cursor=r0")), Vec::<i64>::new());
    assert_eq!(revs(&list(&world, "?cursor=r-9223372036854775808")), Vec::<i64>::new());
    assert_eq!(revs(&list(&world, "?cursor=r9223372036854775807")), [1]);
}

#[test]
fn another_tenants_releases_are_not_listed() {
    let (world, _) = with_releases(2);
    let theirs = world.send(get(&GLOBEX.at("/v1/releases")).bearer(&world.access_token(&GLOBEX)));
    theirs.is(answer(200, json!({ "data": [], "next_cursor": null })));
}

#[test]
fn a_viewer_may_read_the_list_and_nobody_may_post_to_it() {
    let world = World::new();
    assert_eq!(world.send(get(&ACME.at("/v1/releases")).bearer(&world.viewer_token())).status, 200);
    world
        .send(post(&ACME.at("/v1/releases")).bearer(&world.access_token(&ACME)))
        .is(problem("method_not_allowed").header("allow", "GET, HEAD"));
}
