//! The document against the committed file, and its own names. Its examples: `tests/schema/openapi.test.mjs`.

#![allow(clippy::expect_used)]

use livery_http::route::{At, Caller};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// Each operation with its method and path.
fn operations(document: &Json) -> Vec<(String, &Json)> {
    let paths = document["paths"].as_object().expect("paths");
    let all = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().expect("methods");
        methods.iter().map(move |(method, operation)| (format!("{method} {path}"), operation))
    });
    all.collect()
}

#[test]
fn the_committed_file_is_what_the_code_gives() {
    let committed =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/openapi.json"));
    assert!(
        committed.is_ok_and(|text| text == livery_openapi::text()),
        "schema/openapi.json is not what the code gives: cargo run -p livery-openapi"
    );
}

#[test]
fn the_tables_of_the_documents_are_what_the_code_gives() {
    let mut rows = 0;
    for document in livery_openapi::DOCUMENTS {
        let path = format!("{}/../../{document}", env!("CARGO_MANIFEST_DIR"));
        let committed = std::fs::read_to_string(path).expect(document);
        let wanted = livery_openapi::with_tables(&committed).expect("end markers");
        assert!(committed == wanted, "{document} is not what the code gives: cargo run -p livery-openapi");
        let is_listed = |method: &str, path: &str| committed.contains(&format!("\n| `{method} {path}` | "));
        rows += livery_openapi::described().iter().filter(|one| is_listed(one.0.as_str(), one.1)).count();
    }
    assert_eq!(rows, livery_openapi::described().len(), "an operation is in no table, or in two");
}

/// Pages of a console have no operation: they answer HTML to browsers.
#[test]
fn every_route_is_described_once_and_is_in_the_document() {
    let document = livery_openapi::document();
    let described = livery_openapi::described();
    let routes: Vec<_> = livery_world::all_routes();
    for route in &routes {
        let name = format!("{} {}", route.method.as_str(), route.pattern);
        assert_ne!(route.caller, Caller::Console, "{name} is a console's, and stands among the API's");
        let same: Vec<_> =
            described.iter().filter(|one| one.0 == route.method && one.1 == route.pattern).collect();
        assert_eq!(same.len(), 1, "{name} is described {} times", same.len());
        for (_, _, id, caller, at_platform) in same {
            assert_eq!((*caller, *at_platform), (route.caller, route.at == At::Platform), "{name}");
            let operation = &document["paths"][route.pattern][route.method.as_str().to_ascii_lowercase()];
            assert_eq!(operation["operationId"].as_str(), Some(id.as_str()), "{name}");
            if route.caller == Caller::AnybodyOrVisitor {
                assert_eq!(operation["security"], serde_json::json!([]), "{name} asks for credentials");
            }
        }
    }
    assert_eq!(described.len(), routes.len(), "an operation without a route");
    assert_eq!(operations(&document).len(), routes.len(), "the document has other operations");
}

#[test]
fn names_are_unique_and_no_schema_got_a_number_for_a_clash() {
    let document = livery_openapi::document();
    let mut ids = BTreeSet::new();
    for (name, operation) in operations(&document) {
        let id = operation["operationId"].as_str().expect("an id");
        assert!(ids.insert(id), "{name}: {id} is there twice");
    }
    for schema in document["components"]["schemas"].as_object().expect("schemas").keys() {
        assert!(!schema.ends_with(|last: char| last.is_ascii_digit()), "{schema}: two types have this name");
    }
}

#[test]
fn every_path_parameter_is_described() {
    let document = livery_openapi::document();
    for (name, operation) in operations(&document) {
        let path = name.split(' ').nth(1).expect("a path");
        let wanted: BTreeSet<_> = path.split(['{', '}']).skip(1).step_by(2).collect();
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let told: BTreeSet<_> =
            parameters.filter(|one| one["in"] == "path").filter_map(|one| one["name"].as_str()).collect();
        assert_eq!(told, wanted, "{name}");
    }
}
