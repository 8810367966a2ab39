use super::NOW;
use crate::{
    operation::Operation,
    schema::{
        FlagView, KeyView, MadeKey, NewFlag, NewKey, NewPartner, NewPlan, NewStatus, Page, PartnerChoice,
        PartnerView, Rotation, StatusView, TenantDetails, TenantEntry,
    },
};
use livery_operator::routes::Route;
use serde_json::{Value as Json, json};

const PARTNER: &str = "par_019aa52f0e80700080000000000000a1";

fn entry() -> Json {
    json!({
        "id": "ten_019aa52f0e80700080000000000000a1", "key": "acme", "name": "Acme", "status": "active", "plan": "pro",
        "partner_id": null, "created_at": NOW,
    })
}

fn flag() -> Json {
    json!({ "key": "custom_roles", "type": "boolean", "value": true, "source": "override" })
}

fn details() -> Json {
    let mut details = entry();
    details["status_reason"] = Json::Null;
    details["subscription"] = json!({ "status": "active", "trial_ends_at": null });
    details["seats"] = json!({ "members": 2, "invited": 1, "limit": 25 });
    details["flags"] = json!([flag()]);
    details
}

fn key() -> Json {
    json!({
        "id": "key_019aa52f0e80700080000000000000f1", "name": "Provisioning", "hint": "lvp_Wm3x", "scopes": ["tenant.read"],
        "status": "active", "created_by": "operator:usr_019aa52f0e80700080000000000000b1", "created_at": NOW, "expires_at": null,
        "last_used_at": null, "revoked_at": null, "replaced_by": null,
    })
}

fn made() -> Json {
    let mut made = key();
    made["key"] = "lvp_…".into();
    made
}

fn page_of(one: Json) -> Json {
    json!({ "data": [one], "next_cursor": null })
}

fn of_tenant(route: Route) -> Operation {
    Operation::of(route).id("tenant_id", "ten_", "The tenant.")
}

fn of_partner(route: Route) -> Operation {
    Operation::of(route).id("partner_id", "par_", "The partner.")
}

pub fn operations() -> Vec<Operation> {
    let flag_key = json!({ "type": "string", "pattern": "^[a-z_]{1,40}$" });
    vec![
        Operation::of(Route::ListTenants)
            .paged(20, 100)
            .query("key", json!({ "type": "string", "pattern": "^[a-z0-9-]{0,40}$" }), "Only keys that begin so.")
            .query(
                "status",
                json!({ "enum": ["provisioning", "active", "suspended", "maintenance", "deactivated"] }),
                "Only those in this state.",
            )
            .answers::<Page<TenantEntry>>(200, "A page.", page_of(entry()))
            .with_header("Link", "The next page, if there is one."),
        of_tenant(Route::GetAnyTenant)
            .answers::<TenantDetails>(200, "The tenant.", details()),
        of_tenant(Route::SetAnyTenantStatus)
            .body::<NewStatus>(json!({ "status": "suspended", "reason": "Unpaid since September" }))
            .answers::<StatusView>(
                200,
                "The state that it has now.",
                json!({ "status": "suspended", "status_reason": "Unpaid since September", "status_changed_at": NOW }),
            )
            .refuses(&[409]),
        of_tenant(Route::SetTenantPlan)
            .body::<NewPlan>(json!({ "plan": "pro" }))
            .answers::<TenantDetails>(200, "The tenant as it is now.", details())
            .refuses(&[409]),
        of_tenant(Route::SetTenantPartner)
            .body::<PartnerChoice>(json!({ "partner_id": PARTNER }))
            .answers::<TenantDetails>(200, "The tenant as it is now.", details())
            .refuses(&[409]),
        of_tenant(Route::SetFlag)
            .path_parameter("flag", flag_key.clone(), "custom_roles", "Name of the flag.")
            .body::<NewFlag>(json!({ "value": true }))
            .answers::<FlagView>(200, "The flag as it counts now.", flag())
            .refuses(&[409]),
        of_tenant(Route::ResetFlag)
            .path_parameter("flag", flag_key, "custom_roles", "Name of the flag.")
            .answers_nothing(204, "The plan counts again.")
            .refuses(&[409]),
        Operation::of(Route::ListPartners)
            .paged(20, 100)
            .answers::<Page<PartnerView>>(200, "A page.", page_of(json!({ "id": PARTNER, "name": "Initech", "created_at": NOW })))
            .with_header("Link", "The next page, if there is one."),
        Operation::of(Route::CreatePartner)
            .body::<NewPartner>(json!({ "name": "Initech" }))
            .answers::<PartnerView>(201, "The partner.", json!({ "id": PARTNER, "name": "Initech", "created_at": NOW }))
            .refuses(&[409]),
        of_partner(Route::ListPartnerKeys)
            .paged(20, 100)
            .answers::<Page<KeyView>>(200, "A page.", page_of(key()))
            .with_header("Link", "The next page, if there is one."),
        of_partner(Route::CreatePartnerKey)
            .body::<NewKey>(json!({ "name": "Provisioning", "scopes": ["tenant.read"] }))
            .answers::<MadeKey>(201, "The key, in clear.", made())
            .refuses(&[409]),
        of_partner(Route::RevokePartnerKey)
            .id("key_id", "key_", "The key.")
            .answers_nothing(204, "It is good for nothing any more.")
            .refuses(&[409]),
        of_partner(Route::RotatePartnerKey)
            .id("key_id", "key_", "The key.")
            .body::<Rotation>(json!({ "overlap_hours": 24 }))
            .answers::<MadeKey>(201, "The new key, in clear.", made())
            .refuses(&[409]),
    ]
}
