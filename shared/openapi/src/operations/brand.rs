use super::NOW;
use crate::{
    operation::{Operation, object},
    schema::{Page, ReleaseView},
};
use livery_brand::routes as brand;
use livery_domain::brand::theme::Theme;
use serde_json::{Value as Json, json};

/// A whole brand, told by the default one: every field is there, and of the type that it has there.
fn theme_schema() -> Json {
    shape_of(&Theme::default().to_value())
}

fn shape_of(value: &Json) -> Json {
    match value {
        Json::Object(fields) => {
            object(fields.iter().map(|(name, value)| (name.clone(), shape_of(value))).collect())
        }
        Json::Bool(_) => json!({ "type": "boolean" }),
        Json::Null => json!({ "type": ["string", "null"] }),
        _ => json!({ "type": "string" }),
    }
}

/// The same with every field left out or null where the caller wants: a merge patch.
fn patch_of(schema: &Json) -> Json {
    let Some(members) = schema["properties"].as_object() else {
        let mut schema = schema.clone();
        schema["type"] = json!([schema["type"].as_str().unwrap_or("string"), "null"]);
        return schema;
    };
    let members: serde_json::Map<_, _> =
        members.iter().map(|(name, schema)| (name.clone(), patch_of(schema))).collect();
    json!({ "type": ["object", "null"], "properties": members, "additionalProperties": false })
}

fn merge_patch_of_theme() -> Json {
    let mut patch = patch_of(&theme_schema());
    patch["type"] = json!("object");
    patch
}

pub fn operations() -> Vec<Operation> {
    let brand = || Theme::default().to_value();
    let release = json!({
        "rev": 7,
        "live": true,
        "stylesheet": "/b/2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266.css",
        "config": "/w/fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf.json",
        "published_by": "usr_019aa52f0e80700080000000000000b1",
        "published_at": NOW,
    });
    let tokens = json!({ "color": { "primary": { "$type": "color", "$value": "#1f6f54" } } });
    vec![
        Operation::of(brand::Route::GetBranding)
            .answers_like(200, "The whole draft.", "application/json", theme_schema(), Some(brand()))
            .with_header("ETag", "The version: send it as `If-Match` with a change."),
        Operation::of(brand::Route::UpdateBranding)
            .if_match()
            .body_like("application/merge-patch+json", merge_patch_of_theme(), json!({ "texts": { "title": "Chat with Acme" } }))
            .answers_like(200, "The whole draft as it is kept.", "application/json", theme_schema(), Some(brand()))
            .with_header("ETag", "The new version.")
            .refuses(&[409]),
        Operation::of(brand::Route::PublishBranding)
            .header("If-Match", false, json!({ "type": "string" }), "The `ETag` of the draft.")
            .answers::<ReleaseView>(201, "A new release.", release.clone())
            .answers::<ReleaseView>(200, "The live release: publishing would change nothing.", release.clone())
            .refuses(&[409, 412, 422]),
        Operation::of(brand::Route::ExportDesignTokens)
            .answers_like(200, "The file.", "application/json", json!({ "type": "object" }), Some(tokens.clone()))
            .with_header("ETag", "The version of the draft."),
        Operation::of(brand::Route::ImportDesignTokens)
            .if_match()
            .body_like("application/json", json!({ "type": "object" }), tokens)
            .answers_like(
                200,
                "The draft, what was taken from where, and what was left.",
                "application/json",
                object(json!({
                    "branding": theme_schema(),
                    "mapped": { "type": "array", "items": object(json!({ "from": { "type": "string" }, "to": { "type": "string" } })) },
                    "skipped": { "type": "array", "items": object(json!({ "path": { "type": "string" }, "reason": { "type": "string" } })) },
                })),
                None,
            )
            .with_header("ETag", "The new version.")
            .refuses(&[409]),
        Operation::of(brand::Route::ListReleases)
            .paged(20, 100)
            .answers::<Page<ReleaseView>>(200, "A page.", json!({ "data": [release], "next_cursor": null }))
            .with_header("Link", "The next page, if there is one."),
    ]
}
