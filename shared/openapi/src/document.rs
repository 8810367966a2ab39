//! The document put together.

use crate::{
    operation::{Content, Operation},
    operations, problems,
};
use livery_http::route::Caller;
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value as Json, json};

/// The document as it is committed and served.
#[must_use]
pub fn text() -> String {
    let mut text = serde_json::to_string_pretty(&document()).unwrap_or_default();
    text.push('\n');
    text
}

#[must_use]
pub fn document() -> Json {
    let mut generator = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator();
    let mut paths = Map::<String, Json>::new();
    for operation in operations::all() {
        let told = told(&mut generator, &operation);
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method.as_str().to_ascii_lowercase()] = told;
    }
    let mut schemas = generator.take_definitions(true);
    schemas.extend(problems::schemas().map(|(name, schema)| (name.to_owned(), schema)));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Livery",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Your customers' chat, wearing your customers' colours.",
            "description": "Every request goes to a host: a tenant's own (`https://{key}.{platform}` or its custom domain), or the platform's. \
                Times are RFC 3339 in UTC, ids have a prefix, JSON is in snake_case. Errors are RFC 9457 problem documents with a stable `code`.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{
            "url": "https://{host}",
            "variables": { "host": { "default": "acme.livery.example", "description": "The tenant's host, or the platform's." } },
        }],
        "tags": operations::tags(),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": problems::responses(),
            "headers": { "RequestId": { "description": "Name it when you ask for help.", "schema": { "type": "string" } } },
            "securitySchemes": {
                "access_token": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "From signing in." },
                "api_key": { "type": "apiKey", "in": "header", "name": "X-API-Key", "description": "A tenant's key (`lvk_…`), or a partner's (`lvp_…`) together with `X-Tenant-ID`." },
                "embed_session": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "From `POST /v1/embed/sessions`." },
                "operator_token": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "From signing in at the platform's own host." },
            },
        },
    })
}

fn told(generator: &mut SchemaGenerator, operation: &Operation) -> Json {
    let mut told = json!({
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
        "security": operation.security(),
        "responses": responses(generator, operation),
    });
    if let Some(description) = &operation.description {
        told["description"] = description.as_str().into();
    }
    if let Caller::Member(Some(permission)) = operation.caller {
        told["x-livery-permission"] = permission.as_str().into();
    }
    if !operation.parameters.is_empty() {
        told["parameters"] = operation.parameters.clone().into();
    }
    if let Some(body) = &operation.body {
        told["requestBody"] = json!({ "required": true, "content": content(generator, body) });
    }
    if operation.at_platform {
        told["x-livery-host"] = "platform".into();
    }
    if operation.deprecated {
        told["deprecated"] = true.into();
    }
    told
}

fn responses(generator: &mut SchemaGenerator, operation: &Operation) -> Map<String, Json> {
    let mut responses = Map::new();
    for answer in &operation.answers {
        let mut headers = json!({ "x-request-id": { "$ref": "#/components/headers/RequestId" } });
        for (name, description) in &answer.headers {
            headers[*name] = json!({ "description": description, "schema": { "type": "string" } });
        }
        let mut response = json!({ "description": answer.description, "headers": headers });
        if let Some(body) = &answer.content {
            response["content"] = content(generator, body);
        }
        responses.insert(answer.status.to_string(), response);
    }
    for status in operation.problem_statuses() {
        let shared = json!({ "$ref": format!("#/components/responses/{}", problems::name(status)) });
        responses.entry(status.to_string()).or_insert(shared);
    }
    responses
}

fn content(generator: &mut SchemaGenerator, content: &Content) -> Json {
    let mut told = json!({ "schema": (content.schema)(generator) });
    if let Some(example) = &content.example {
        told["example"] = example.clone();
    }
    json!({ content.media_type: told })
}
