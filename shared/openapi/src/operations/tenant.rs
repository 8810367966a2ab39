use crate::{
    operation::{Operation, object},
    schema::{FlagList, MeView, NewPolicy, NewStatus, StatsView, StatusView, TenantView, UsageView},
};
use livery_embed::policy;
use livery_limits::{stats, usage};
use livery_people::me;
use livery_tenancy::{flags, tenant};
use serde_json::{Value as Json, json};

pub fn operations() -> Vec<Operation> {
    let policy =
        || object(json!({ "origins": { "type": "array", "items": { "type": "string" }, "maxItems": 50 } }));
    let origins = json!({ "origins": ["https://shop.example", "https://*.acme.example"] });
    vec![
        Operation::of(me::Route::GetMe)
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
        Operation::of(tenant::Route::GetTenant)
            .answers::<TenantView>(200, "The tenant that the caller acts for.", tenant())
            .with_header("ETag", "The version: send it as `If-Match` with a change."),
        Operation::of(tenant::Route::UpdateTenant)
            .if_match()
            .body_like(
                "application/merge-patch+json",
                profile(),
                json!({ "name": "Acme Ltd", "settings": { "timezone": "Asia/Tokyo", "description": null } }),
            )
            .answers::<TenantView>(200, "The tenant as it is kept.", tenant())
            .with_header("ETag", "The new version.")
            .refuses(&[409]),
        Operation::of(stats::Route::GetTenantStats)
            .answers::<StatsView>(200, "As of now.", stats()),
        Operation::of(tenant::Route::SetTenantStatus)
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
        Operation::of(usage::Route::GetUsage)
            .answers::<UsageView>(
                200,
                "This month.",
                json!({
                    "period": { "start": "2026-11-01T00:00:00Z", "end": "2026-12-01T00:00:00Z" },
                    "messages": { "used": 12, "limit": 10_000, "remaining": 9_988 },
                }),
            ),
        Operation::of(flags::Route::ListFlags)
            .answers::<FlagList>(
                200,
                "All of them.",
                json!({ "data": [{ "key": "custom_roles", "type": "boolean", "value": true, "source": "plan" }] }),
            ),
        Operation::of(policy::Route::GetEmbedPolicy)
        .answers_like(200, "The origins.", "application/json", policy(), Some(origins.clone()))
        .with_header("ETag", "The version: send it as `If-Match` with a change."),
        Operation::of(policy::Route::ReplaceEmbedPolicy)
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
