//! The older names of the tenant's routes: `docs/aliases.md`.

use super::tenant;
use crate::{
    operation::{Operation, object},
    schema::{DomainView, StatsView, TenantView, UserCount},
};
use livery_compat::tenant as older_tenant;
use livery_domain::brand::theme::Theme;
use livery_edge as edge;
use serde_json::{Value as Json, json};

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::of(older_tenant::Route::AliasSaveSettings)
            .alias()
            .id("id", "ten_", "The tenant that the caller acts for: any other is 404.")
            .header(
                "If-Match",
                false,
                json!({ "type": "string" }),
                "The `ETag` of the version that is changed.",
            )
            .body_like("application/json", tenant::settings(), json!({ "timezone": "Asia/Tokyo" }))
            .answers::<TenantView>(200, "The tenant as it is kept.", tenant::tenant())
            .with_header("ETag", "The new version.")
            .refuses(&[409, 412]),
        Operation::of(older_tenant::Route::AliasGetStats)
            .alias()
            .id("id", "ten_", "The tenant that the caller acts for: any other is 404.")
            .answers::<StatsView>(200, "As of now.", tenant::stats()),
        Operation::of(older_tenant::Route::AliasGetTenant)
            .alias()
            .answers::<TenantView>(200, "The tenant that the caller acts for.", tenant::tenant())
            .with_header("ETag", "The version."),
        Operation::of(older_tenant::Route::AliasCountUsers).alias().answers::<UserCount>(
            200,
            "As of now.",
            json!({ "current": 2, "invited": 1, "max": 25, "remaining": 22 }),
        ),
        Operation::of(edge::OlderRoute::AliasGetTenantByDomain)
            .alias()
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
        Operation::of(edge::OlderRoute::AliasGetBrand)
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
