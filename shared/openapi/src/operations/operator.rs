use super::NOW;
use crate::operation::{Caller, Operation};
use livery_api::schema::{
    FlagView, KeyView, MadeKey, NewFlag, NewKey, NewPartner, NewPlan, NewStatus, Page, PartnerChoice,
    PartnerView, Rotation, StatusView, TenantDetails, TenantEntry,
};
use serde_json::{Value as Json, json};

pub const TAG: &str = "Operators";

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

fn operation(method: &'static str, path: &'static str, id: &'static str, summary: &'static str) -> Operation {
    Operation::new(method, path, id, TAG, summary).by(Caller::Operator).at_the_platform()
}

fn of_tenant(method: &'static str, path: &'static str, id: &'static str, summary: &'static str) -> Operation {
    operation(method, path, id, summary).id("tenant_id", "ten_", "The tenant.")
}

fn of_partner(
    method: &'static str,
    path: &'static str,
    id: &'static str,
    summary: &'static str,
) -> Operation {
    operation(method, path, id, summary).id("partner_id", "par_", "The partner.")
}

pub fn operations() -> Vec<Operation> {
    let flag_key = json!({ "type": "string", "pattern": "^[a-z_]{1,40}$" });
    vec![
        operation("get", "/v1/operator/tenants", "list_tenants", "All tenants, by key")
            .paged(20, 100)
            .query("key", json!({ "type": "string", "pattern": "^[a-z0-9-]{0,40}$" }), "Only keys that begin so.")
            .query(
                "status",
                json!({ "enum": ["provisioning", "active", "suspended", "maintenance", "deactivated"] }),
                "Only those in this state.",
            )
            .answers::<Page<TenantEntry>>(200, "A page.", page_of(entry()))
            .with_header("Link", "The next page, if there is one."),
        of_tenant("get", "/v1/operator/tenants/{tenant_id}", "show_any_tenant", "One tenant")
            .answers::<TenantDetails>(200, "The tenant.", details()),
        of_tenant("put", "/v1/operator/tenants/{tenant_id}/status", "change_any_status", "Lead a tenant into another state")
            .says("Suspending counts at once for everything that writes, and reaches the edge within its bound.")
            .body::<NewStatus>(json!({ "status": "suspended", "reason": "Unpaid since September" }))
            .answers::<StatusView>(
                200,
                "The state that it has now.",
                json!({ "status": "suspended", "status_reason": "Unpaid since September", "status_changed_at": NOW }),
            )
            .refuses(&[409]),
        of_tenant("put", "/v1/operator/tenants/{tenant_id}/plan", "change_plan", "Put a tenant on another plan, now")
            .body::<NewPlan>(json!({ "plan": "pro" }))
            .answers::<TenantDetails>(200, "The tenant as it is now.", details())
            .refuses(&[409]),
        of_tenant("put", "/v1/operator/tenants/{tenant_id}/partner", "assign_partner", "Give a tenant to a partner, or to nobody")
            .body::<PartnerChoice>(json!({ "partner_id": PARTNER }))
            .answers::<TenantDetails>(200, "The tenant as it is now.", details())
            .refuses(&[409]),
        of_tenant("put", "/v1/operator/tenants/{tenant_id}/flags/{flag}", "override_flag", "Give a tenant a flag of its own")
            .path_parameter("flag", flag_key.clone(), "custom_roles", "Name of the flag.")
            .body::<NewFlag>(json!({ "value": true }))
            .answers::<FlagView>(200, "The flag as it counts now.", flag())
            .refuses(&[409]),
        of_tenant("delete", "/v1/operator/tenants/{tenant_id}/flags/{flag}", "reset_flag", "Back to what the plan says")
            .path_parameter("flag", flag_key, "custom_roles", "Name of the flag.")
            .answers_nothing(204, "The plan counts again.")
            .refuses(&[409]),
        operation("get", "/v1/operator/partners", "list_partners", "Partners")
            .paged(20, 100)
            .answers::<Page<PartnerView>>(200, "A page.", page_of(json!({ "id": PARTNER, "name": "Initech", "created_at": NOW })))
            .with_header("Link", "The next page, if there is one."),
        operation("post", "/v1/operator/partners", "make_partner", "Add a partner")
            .body::<NewPartner>(json!({ "name": "Initech" }))
            .answers::<PartnerView>(201, "The partner.", json!({ "id": PARTNER, "name": "Initech", "created_at": NOW }))
            .refuses(&[409]),
        of_partner("get", "/v1/operator/partners/{partner_id}/api-keys", "list_partner_keys", "A partner's keys")
            .paged(20, 100)
            .answers::<Page<KeyView>>(200, "A page.", page_of(key()))
            .with_header("Link", "The next page, if there is one."),
        of_partner("post", "/v1/operator/partners/{partner_id}/api-keys", "make_partner_key", "Make a key for a partner")
            .body::<NewKey>(json!({ "name": "Provisioning", "scopes": ["tenant.read"] }))
            .answers::<MadeKey>(201, "The key, in clear.", made())
            .refuses(&[409]),
        of_partner("delete", "/v1/operator/partners/{partner_id}/api-keys/{key_id}", "revoke_partner_key", "Revoke a partner's key")
            .id("key_id", "key_", "The key.")
            .answers_nothing(204, "It is good for nothing any more.")
            .refuses(&[409]),
        of_partner("post", "/v1/operator/partners/{partner_id}/api-keys/{key_id}/rotate", "rotate_partner_key", "Replace a partner's key")
            .id("key_id", "key_", "The key.")
            .body::<Rotation>(json!({ "overlap_hours": 24 }))
            .answers::<MadeKey>(201, "The new key, in clear.", made())
            .refuses(&[409]),
    ]
}
