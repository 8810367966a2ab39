use super::NOW;
use crate::operation::Operation;
use livery_api::schema::{KeyView, MadeKey, NewKey, Page, Rotation};
use livery_domain::permission::Permission;
use serde_json::{Value as Json, json};

pub const TAG: &str = "API keys";

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
        Operation::new("get", "/v1/api-keys", "list_api_keys", TAG, "Keys, newest first")
            .member(Permission::ApiKeysRead)
            .paged(20, 100)
            .answers::<Page<KeyView>>(200, "A page.", json!({ "data": [key()], "next_cursor": null }))
            .with_header("Link", "The next page, if there is one."),
        Operation::new("post", "/v1/api-keys", "create_api_key", TAG, "Make a key")
            .says("Its text is in this answer and nowhere else, ever. It can do no more than its maker.")
            .member(Permission::ApiKeysManage)
            .body::<NewKey>(json!({ "name": "Nightly export", "scopes": ["usage.read"] }))
            .answers::<MadeKey>(201, "The key, in clear.", made())
            .refuses(&[409]),
        Operation::new("get", "/v1/api-keys/{key_id}", "show_api_key", TAG, "One key")
            .member(Permission::ApiKeysRead)
            .id("key_id", "key_", "The key.")
            .answers::<KeyView>(200, "The key, without its text.", key()),
        Operation::new("delete", "/v1/api-keys/{key_id}", "revoke_api_key", TAG, "Revoke a key")
            .says("It is refused from this moment on.")
            .member(Permission::ApiKeysManage)
            .id("key_id", "key_", "The key.")
            .answers_nothing(204, "It is good for nothing any more.")
            .refuses(&[409]),
        Operation::new(
            "post",
            "/v1/api-keys/{key_id}/rotate",
            "rotate_api_key",
            TAG,
            "Replace a key by a new one",
        )
        .says("The old one stays good for the overlap.")
        .member(Permission::ApiKeysManage)
        .id("key_id", "key_", "The key.")
        .body::<Rotation>(json!({ "overlap_hours": 24 }))
        .answers::<MadeKey>(201, "The new key, in clear.", made())
        .refuses(&[409]),
    ]
}
