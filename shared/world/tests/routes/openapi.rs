//! The committed OpenAPI document against the routes.

use livery_world::{World, get, routes::ROUTES};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// `GET /v1/members/{}` for every operation of the document.
fn documented(document: &Json) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let pieces: Vec<_> = path.split(['{', '}']).enumerate().collect();
        let path: String = pieces.iter().map(|(at, piece)| if at % 2 == 0 { *piece } else { "{}" }).collect();
        for method in item.as_object().unwrap().keys() {
            found.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    found
}

#[test]
fn every_route_is_in_the_document_and_everything_in_it_is_a_route() {
    let world = World::new();
    let answer = world.send(get("livery.test/openapi.json"));
    assert_eq!(answer.status, 200);
    let documented = documented(&answer.json());
    let routes: BTreeSet<_> = ROUTES.iter().map(|route| route.name()).collect();
    let undocumented: Vec<_> = routes.difference(&documented).collect();
    let gone: Vec<_> = documented.difference(&routes).collect();
    assert!(
        undocumented.is_empty() && gone.is_empty(),
        "undocumented: {undocumented:#?}\nno routes: {gone:#?}"
    );
}
