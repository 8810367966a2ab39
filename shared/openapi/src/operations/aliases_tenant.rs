//! The older names of the tenant's routes: `docs/aliases.md`.

use super::tenant;
use crate::operation::{Operation, object};
use livery_api::schema::{DomainView, StatsView, TenantView, UserCount};
use livery_domain::{permission::Permission, theme::Theme};
use serde_json::{Value as Json, json};

pub const TAG: &str = "Older names: tenant";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::new("put", "/tenants/{id}/settings", "alias_save_settings", TAG, "Change settings")
            .says(
                "As `PATCH /v1/tenant` with `settings`. What is not named stays, `null` clears. Without `If-Match` the version \
                 that is read is the one that is changed.",
            )
            .alias()
            .member(Permission::TenantEdit)
            .id("id", "ten_", "The tenant that the caller acts for: any other is 404.")
            .header("If-Match", false, json!({ "type": "string" }), "The `ETag` of the version that is changed.")
            .body_like("application/json", tenant::settings(), json!({ "timezone": "Asia/Tokyo" }))
            .answers::<TenantView>(200, "The tenant as it is kept.", tenant::tenant())
            .with_header("ETag", "The new version.")
            .refuses(&[409, 412]),
        Operation::new("get", "/tenants/{id}/stats", "alias_show_stats", TAG, "The tenant in figures")
            .says("As `GET /v1/tenant/stats`.")
            .alias()
            .member(Permission::UsageRead)
            .id("id", "ten_", "The tenant that the caller acts for: any other is 404.")
            .answers::<StatsView>(200, "As of now.", tenant::stats()),
        Operation::new("get", "/api/v1/tenant", "alias_show_tenant", TAG, "The tenant")
            .says("As `GET /v1/tenant`.")
            .alias()
            .member(Permission::TenantRead)
            .answers::<TenantView>(200, "The tenant that the caller acts for.", tenant::tenant())
            .with_header("ETag", "The version."),
        Operation::new("get", "/api/v1/tenant/users/count", "alias_count_users", TAG, "People against seats")
            .alias()
            .member(Permission::MembersRead)
            .answers::<UserCount>(
                200,
                "As of now.",
                json!({ "current": 2, "invited": 1, "max": 25, "remaining": 22 }),
            ),
        Operation::new("get", "/tenants/domain/{domain}", "alias_find_tenant", TAG, "Whose a domain is")
            .says("An active tenant by a verified domain or its subdomain of the platform; a minute old at most.")
            .alias()
            .at_the_platform()
            .path_parameter(
                "domain",
                json!({ "type": "string", "maxLength": 253 }),
                "chat.acme.example",
                "Lower-case ASCII; punycode where it is Unicode.",
            )
            .answers::<DomainView>(
                200,
                "The tenant.",
                json!({
                    "id": "ten_019aa52f0e80700080000000000000a1",
                    "key": "acme",
                    "name": "Acme Ltd",
                    "status": "active",
                }),
            ),
        Operation::new("get", "/api/white-label/current/info", "alias_show_brand", TAG, "The brand at this host")
            .says("As its live release has it.")
            .alias()
            .answers_like(200, "The brand.", "application/json", info_schema(), Some(info()))
            .with_header("ETag", "Send it as `If-None-Match` to hear whether anything changed.")
            .refuses(&[403]),
    ]
}

fn info() -> Json {
    let theme = Theme::default().to_value();
    json!({
        "brand_name": "Acme Ltd",
        "domain": "acme.livery.example",
        "rev": 4,
        "stylesheet": "/b/n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg.css",
        "texts": theme["texts"],
        "theme": { "mode": theme["theme_mode"], "colors": theme["tokens"]["color"] },
        "assets": theme["assets"],
        "powered_by": true,
    })
}

fn info_schema() -> Json {
    let texts = json!({ "type": "object", "additionalProperties": { "type": "string" } });
    object(json!({
        "brand_name": { "type": "string" },
        "domain": { "type": "string" },
        "rev": { "type": "integer", "minimum": 1 },
        "stylesheet": { "type": "string", "description": "Path of the stylesheet at this host." },
        "texts": texts,
        "theme": object(json!({
            "mode": { "enum": ["auto", "light", "dark"] },
            "colors": object(json!({ "light": texts, "dark": texts })),
        })),
        "assets": object(json!({
            "logo": { "type": ["string", "null"] },
            "favicon": { "type": ["string", "null"] },
        })),
        "powered_by": { "type": "boolean" },
    }))
}
