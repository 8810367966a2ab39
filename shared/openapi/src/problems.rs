//! The refusals, as the document shows them: one response per status, with the codes that it can have.

use livery_http::ProblemKind;
use serde_json::{Map, Value as Json, json};

pub const SCHEMA: &str = "#/components/schemas/Problem";

/// Name of the shared response with this status.
pub fn name(status: u16) -> String {
    format!("Problem{status}")
}

pub fn schema() -> Json {
    let fault = json!({
        "type": "object",
        "required": ["pointer", "detail"],
        "properties": {
            "pointer": { "type": "string", "description": "RFC 6901 pointer into the body." },
            "detail": { "type": "string" },
            "rule": { "type": "string", "description": "For faults in a stylesheet: the rule that refuses." },
            "line": { "type": "integer", "minimum": 1 },
            "column": { "type": "integer", "minimum": 1 },
        },
    });
    json!({
        "type": "object",
        "description": "RFC 9457. `code` is stable: act on it.",
        "required": ["type", "title", "status", "code", "request_id"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "code": { "enum": ProblemKind::ALL.iter().map(|kind| kind.facts().1).collect::<Vec<_>>() },
            "detail": { "type": "string" },
            "request_id": { "type": "string" },
            "errors": { "type": "array", "items": fault },
        },
    })
}

/// A response per status.
pub fn responses() -> Map<String, Json> {
    let mut responses = Map::new();
    for kind in ProblemKind::ALL {
        let status = kind.facts().0.as_u16();
        let same: Vec<_> =
            ProblemKind::ALL.iter().filter(|other| other.facts().0.as_u16() == status).collect();
        let codes: Vec<_> = same.iter().map(|kind| kind.facts().1).collect();
        let told: Vec<_> =
            same.iter().map(|kind| format!("`{}`: {}.", kind.facts().1, kind.facts().2)).collect();
        let schema = json!({ "allOf": [
            { "$ref": SCHEMA },
            { "properties": { "status": { "const": status }, "code": { "enum": codes } } },
        ] });
        responses.insert(
            name(status),
            json!({
                "description": told.join(" "),
                "headers": { "x-request-id": { "$ref": "#/components/headers/RequestId" } },
                "content": { "application/problem+json": { "schema": schema } },
            }),
        );
    }
    responses
}
