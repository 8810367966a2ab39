use crate::operation::{Caller, Operation, object};
use livery_api::schema::{
    FlagList, MeView, NewPolicy, NewStatus, StatsView, StatusView, TenantView, UsageView,
};
use livery_domain::permission::Permission;
use serde_json::{Value as Json, json};

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
                    "name": "Ada Lovelace",
                    "email": "ada@acme.example",
                    "locale": "en",
                    "permissions": ["tenant.read", "members.read"],
                }),
            ),
        Operation::new("get", "/v1/tenant", "show_tenant", TAG, "The tenant")
            .member(Permission::TenantRead)
            .answers::<TenantView>(200, "The tenant that the caller acts for.", tenant())
            .with_header("ETag", "The version: send it as `If-Match` with a change."),
        Operation::new("patch", "/v1/tenant", "change_tenant", TAG, "Change name and settings")
            .says("A JSON merge patch (RFC 7396): what is not named stays, `null` clears a setting.")
            .member(Permission::TenantEdit)
            .if_match()
            .body_like(
                "application/merge-patch+json",
                profile(),
                json!({ "name": "Acme Ltd", "settings": { "timezone": "Asia/Tokyo", "description": null } }),
            )
            .answers::<TenantView>(200, "The tenant as it is kept.", tenant())
            .with_header("ETag", "The new version.")
            .refuses(&[409]),
        Operation::new("get", "/v1/tenant/stats", "show_tenant_stats", TAG, "The tenant in figures")
            .member(Permission::UsageRead)
            .answers::<StatsView>(200, "As of now.", stats()),
        Operation::new("put", "/v1/tenant/status", "change_tenant_status", TAG, "Maintenance on and off, or giving up")
            .says(
                "Owners lead a tenant from `provisioning` or `maintenance` to `active`, from `active` to `maintenance`, and from \
                 each of these to `deactivated`; anything else is the platform's (409). docs/lifecycle.md says what each state \
                 means. Asking for the state that it has tells the edge and open pages once more.",
            )
            .member(Permission::TenantStatus)
            .body::<NewStatus>(json!({ "status": "maintenance", "reason": "Moving house" }))
            .answers::<StatusView>(
                200,
                "The state that it is in now.",
                json!({
                    "status": "maintenance",
                    "status_reason": "Moving house",
                    "status_changed_at": super::NOW,
                }),
            )
            .refuses(&[409]),
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

pub(super) fn tenant() -> Json {
    json!({
        "id": "ten_019aa52f0e80700080000000000000a1",
        "key": "acme",
        "name": "Acme Ltd",
        "status": "active",
        "status_reason": null,
        "status_changed_at": null,
        "settings": {
            "locale": "ja",
            "timezone": "Asia/Tokyo",
            "support_email": "help@acme.test",
            "support_url": "https://acme.test/help",
            "description": null,
        },
        "plan": { "key": "pro", "name": "Pro" },
        "subscription": { "status": "trialing", "trial_ends_at": "2026-12-05T09:00:00Z" },
        "created_at": super::NOW,
    })
}

fn profile() -> Json {
    let optional = |schema: Json| json!({ "anyOf": [schema, { "type": "null" }] });
    json!({
        "type": "object",
        "properties": {
            "name": { "$ref": "#/components/schemas/Name" },
            "settings": optional(settings()),
        },
        "additionalProperties": false,
    })
}

pub(super) fn stats() -> Json {
    json!({
        "members": { "used": 2, "limit": 25 },
        "invitations_pending": 1,
        "conversations": { "total": 17, "open": 3 },
        "usage": {
            "period": { "start": "2026-11-01T00:00:00Z", "end": "2026-12-01T00:00:00Z" },
            "messages": { "used": 12, "limit": 10_000, "remaining": 9_988 },
        },
        "releases": { "total": 4, "live_rev": 4 },
        "api_keys": 1,
    })
}

/// A merge patch of settings.
pub(super) fn settings() -> Json {
    let optional = |schema: Json| json!({ "anyOf": [schema, { "type": "null" }] });
    json!({
        "type": "object",
        "properties": {
            "locale": optional(json!({ "type": "string", "description": "A language tag of `en` or `ja`." })),
            "timezone": optional(json!({ "type": "string", "description": "A name of the IANA database." })),
            "support_email": optional(json!({ "type": "string", "maxLength": 254 })),
            "support_url": optional(json!({ "type": "string", "maxLength": 2048 })),
            "description": optional(json!({ "type": "string", "maxLength": 500 })),
        },
        "additionalProperties": false,
    })
}
