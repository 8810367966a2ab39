//! The document against the committed file, and its own names. Its examples: `tests/schema/openapi.test.mjs`.

#![allow(clippy::expect_used)]

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
