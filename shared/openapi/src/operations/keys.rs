use super::NOW;
use crate::{
    operation::Operation,
    schema::{KeyView, MadeKey, NewKey, Page, Rotation},
};
use livery_identity::api_keys;
use serde_json::{Value as Json, json};

fn key() -> Json {
    json!({
        "id": "key_019aa52f0e80700080000000000000f1", "name": "Nightly export", "hint": "lvk_Wm3x", "scopes": ["usage.read"],
        "status": "active", "created_by": "usr_019aa52f0e80700080000000000000b1", "created_at": NOW, "expires_at": null,
        "last_used_at": null, "revoked_at": null, "replaced_by": null,
    })
}

fn made() -> Json {
    let mut made = key();
    made["key"] = "lvk_…".into();
    made
}

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::of(api_keys::Route::ListApiKeys)
            .paged(20, 100)
            .answers::<Page<KeyView>>(200, "A page.", json!({ "data": [key()], "next_cursor": null }))
            .with_header("Link", "The next page, if there is one."),
        Operation::of(api_keys::Route::CreateApiKey)
            .body::<NewKey>(json!({ "name": "Nightly export", "scopes": ["usage.read"] }))
            .answers::<MadeKey>(201, "The key, in clear.", made())
            .refuses(&[409]),
        Operation::of(api_keys::Route::GetApiKey).id("key_id", "key_", "The key.").answers::<KeyView>(
            200,
            "The key, without its text.",
            key(),
        ),
        Operation::of(api_keys::Route::RevokeApiKey)
            .id("key_id", "key_", "The key.")
            .answers_nothing(204, "It is good for nothing any more.")
            .refuses(&[409]),
        Operation::of(api_keys::Route::RotateApiKey)
            .id("key_id", "key_", "The key.")
            .body::<Rotation>(json!({ "overlap_hours": 24 }))
            .answers::<MadeKey>(201, "The new key, in clear.", made())
            .refuses(&[409]),
    ]
}
