use crate::operation::{Caller, Operation, object};
use livery_api::schema::{FlagList, MeView, NewPolicy, TenantView, UsageView};
use livery_domain::permission::Permission;
use serde_json::json;

pub const TAG: &str = "Tenant";

pub fn operations() -> Vec<Operation> {
    let policy =
        || object(json!({ "origins": { "type": "array", "items": { "type": "string" }, "maxItems": 50 } }));
    let origins = json!({ "origins": ["https://shop.example", "https://*.acme.example"] });
    vec![
        Operation::new("get", "/v1/me", "show_me", TAG, "Who is asking")
            .by(Caller::Member(None))
            .answers::<MeView>(
                200,
                "The caller.",
                json!({
                    "user_id": "usr_019aa52f0e80700080000000000000b1",
                    "tenant_id": "ten_019aa52f0e80700080000000000000a1",
                    "role": "owner",
                }),
            ),
        Operation::new("get", "/v1/tenant", "show_tenant", TAG, "The tenant")
            .member(Permission::TenantRead)
            .answers::<TenantView>(
            200,
            "The tenant that the caller acts for.",
            json!({ "id": "ten_019aa52f0e80700080000000000000a1", "key": "acme", "name": "Acme" }),
        ),
        Operation::new("get", "/v1/usage", "show_usage", TAG, "How much of the month's quota is used")
            .member(Permission::UsageRead)
            .answers::<UsageView>(
                200,
                "This month.",
                json!({
                    "period": { "start": "2026-11-01T00:00:00Z", "end": "2026-12-01T00:00:00Z" },
                    "messages": { "used": 12, "limit": 10_000, "remaining": 9_988 },
                }),
            ),
        Operation::new("get", "/v1/flags", "list_flags", TAG, "Every feature flag as it counts now")
            .member(Permission::FlagsRead)
            .answers::<FlagList>(
                200,
                "All of them.",
                json!({ "data": [{ "key": "custom_roles", "type": "boolean", "value": true, "source": "plan" }] }),
            ),
        Operation::new(
            "get",
            "/v1/embed-policy",
            "show_embed_policy",
            TAG,
            "Which sites may embed the widget",
        )
        .member(Permission::TenantRead)
        .answers_like(200, "The origins.", "application/json", policy(), Some(origins.clone()))
        .with_header("ETag", "The version: send it as `If-Match` with a change."),
        Operation::new(
            "put",
            "/v1/embed-policy",
            "replace_embed_policy",
            TAG,
            "Replace the sites that may embed the widget",
        )
        .says("In force with the next publish.")
        .member(Permission::EmbedPolicyEdit)
        .if_match()
        .body::<NewPolicy>(origins.clone())
        .answers_like(200, "The origins as they are kept.", "application/json", policy(), Some(origins))
        .with_header("ETag", "The new version.")
        .refuses(&[409]),
    ]
}
