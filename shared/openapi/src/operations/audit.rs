use crate::operation::Operation;
use livery_api::schema::{EntryView, Page, Verification};
use livery_domain::permission::Permission;
use serde_json::{Value as Json, json};

pub const TAG: &str = "Audit log";

const HASH: &str = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg";

pub fn operations() -> Vec<Operation> {
    let exact = || json!({ "type": "string", "maxLength": 100 });
    let checkpoint = format!("12.{HASH}");
    vec![
        Operation::new("get", "/v1/audit", "list_audit_entries", TAG, "Who changed what")
            .says("The newest first, as far back as the plan's `audit_days`. Filters are exact.")
            .member(Permission::AuditRead)
            .query("action", exact(), "Such as `tenant.updated`.")
            .query("actor", exact(), "`usr_…`, `key_…`, `partner:key_…`, `operator:usr_…` or `system`.")
            .query("target", exact(), "The id of what was changed.")
            .paged(20, 100)
            .answers::<Page<EntryView>>(200, "A page.", json!({ "data": [entry()], "next_cursor": null }))
            .with_header("Link", "The next page, where there is one."),
        Operation::new(
            "get",
            "/v1/audit/verify",
            "verify_audit_log",
            TAG,
            "Whether the log is still what was written",
        )
        .says(
            "Follows the chain of hashes over 1,000 entries. Send `next_cursor` as `cursor` until it is null. A `checkpoint` that \
             was kept elsewhere and is sent as `cursor` later proves that nothing up to it was altered or cut off since.",
        )
        .member(Permission::AuditRead)
        .query(
            "cursor",
            json!({ "type": "string", "pattern": "^[1-9][0-9]*\\.[A-Za-z0-9_-]{43}$" }),
            "`next_cursor` or `checkpoint` of an answer before.",
        )
        .answers::<Verification>(
            200,
            "What came of it, also where the log does not hold.",
            json!({
                "verified": true,
                "entries": 12,
                "from": 1,
                "to": 12,
                "broken_at": null,
                "reason": null,
                "next_cursor": null,
                "checkpoint": checkpoint,
            }),
        ),
    ]
}

fn entry() -> Json {
    json!({
        "seq": 12,
        "at": super::NOW,
        "actor": { "id": "usr_019aa52f0e80700080000000000000b1", "name": "Ada Lovelace" },
        "action": "tenant.updated",
        "target": { "id": "ten_019aa52f0e80700080000000000000a1", "name": null },
        "request_id": "req_019aa52f0e80700080000000000000e1",
        "address": "203.0.113.7",
        "before": { "name": "Acme" },
        "after": { "name": "Acme Ltd" },
        "hash": HASH,
    })
}
