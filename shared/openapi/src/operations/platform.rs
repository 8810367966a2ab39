use crate::operation::{Operation, object};
use livery_api::schema::Capabilities;
use serde_json::json;

pub const TAG: &str = "Platform";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::new("get", "/healthz", "check_health", TAG, "Whether the edge runs").answers_like(
            200,
            "It does.",
            "application/json",
            object(json!({ "status": { "const": "ok" } })),
            Some(json!({ "status": "ok" })),
        ),
        Operation::new("get", "/v1/capabilities", "show_capabilities", TAG, "What this runtime can do")
            .answers::<Capabilities>(
            200,
            "The transports of the live channel, the best first.",
            json!({ "runtime": "workers", "live": ["websocket", "sse", "poll"] }),
        ),
        Operation::new("get", "/openapi.json", "show_openapi", TAG, "This document").answers_like(
            200,
            "OpenAPI 3.1.",
            "application/json",
            json!({ "type": "object", "required": ["openapi", "paths"] }),
            None,
        ),
    ]
}
