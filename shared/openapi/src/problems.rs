//! The refusals, as the document shows them: one response per status, with the codes that it can have.

use livery_domain::reason::Reason;
use livery_http::ProblemKind;
use serde_json::{Map, Value as Json, json};

pub const SCHEMA: &str = "#/components/schemas/Problem";

/// Name of the shared response with this status.
pub fn name(status: u16) -> String {
    format!("Problem{status}")
}

/// The schemas that every refusal is made of, by name.
pub fn schemas() -> [(&'static str, Json); 3] {
    [("Problem", problem()), ("FieldFault", field_fault()), ("Reason", reason())]
}

fn reason() -> Json {
    let mut description =
        "Why, where the code does not say it all. Reasons are stable, and more may come:\n".to_owned();
    for reason in Reason::ALL {
        description.push_str(&format!("\n- `{}`: {}", reason.as_str(), reason.about()));
    }
    let codes: Vec<_> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
    json!({ "type": "string", "description": description, "enum": codes })
}

fn field_fault() -> Json {
    json!({
        "type": "object",
        "required": ["pointer", "reason", "detail"],
        "properties": {
            "pointer": { "type": "string", "description": "RFC 6901 pointer into the body." },
            "reason": { "$ref": "#/components/schemas/Reason" },
            "detail": { "type": "string", "description": "For a person who reads it; it may change." },
            "rule": { "type": "string", "description": "For faults in a stylesheet: the rule that refuses." },
            "line": { "type": "integer", "minimum": 1 },
            "column": { "type": "integer", "minimum": 1 },
        },
    })
}

fn problem() -> Json {
    json!({
        "type": "object",
        "description": "RFC 9457. `code` and `reason` are stable: act on these.",
        "required": ["type", "title", "status", "code", "request_id"],
        "properties": {
            "type": { "type": "string", "description": "`/problems/{code}`: a page about the code, at every host." },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "code": { "enum": ProblemKind::ALL.iter().map(|kind| kind.facts().1).collect::<Vec<_>>() },
            "reason": { "$ref": "#/components/schemas/Reason" },
            "detail": { "type": "string", "description": "For a person who reads it; it may change." },
            "request_id": { "type": "string" },
            "errors": { "type": "array", "items": { "$ref": "#/components/schemas/FieldFault" } },
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
