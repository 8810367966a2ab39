use crate::{
    operation::{Operation, object},
    schema::Capabilities,
};
use livery_edge as edge;
use livery_operations::openapi;
use serde_json::json;

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::of(edge::PlatformRoute::CheckHealth).answers_like(
            200,
            "It does.",
            "application/json",
            object(json!({ "status": { "const": "ok" } })),
            Some(json!({ "status": "ok" })),
        ),
        Operation::of(edge::PlatformRoute::GetCapabilities).answers::<Capabilities>(
            200,
            "The transports of the live channel, the best first.",
            json!({ "runtime": "workers", "live": ["websocket", "sse", "poll"] }),
        ),
        Operation::of(openapi::Route::GetOpenapi).answers_like(
            200,
            "OpenAPI 3.1.",
            "application/json",
            json!({ "type": "object", "required": ["openapi", "paths"] }),
            None,
        ),
    ]
}
