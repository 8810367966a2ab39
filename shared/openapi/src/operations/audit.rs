use crate::{
    operation::Operation,
    schema::{EntryView, Page, Verification},
};
use livery_operations::audit_log;
use serde_json::{Value as Json, json};

const HASH: &str = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg";

pub fn operations() -> Vec<Operation> {
    let exact = || json!({ "type": "string", "maxLength": 100 });
    let checkpoint = format!("12.{HASH}");
    vec![
        Operation::of(audit_log::Route::ListAuditEntries)
            .query("action", exact(), "Such as `tenant.updated`.")
            .query("actor", exact(), "`usr_…`, `key_…`, `partner:key_…`, `operator:usr_…` or `system`.")
            .query("target", exact(), "The id of what was changed.")
            .paged(20, 100)
            .answers::<Page<EntryView>>(200, "A page.", json!({ "data": [entry()], "next_cursor": null }))
            .with_header("Link", "The next page, where there is one."),
        Operation::of(audit_log::Route::VerifyAuditLog)
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
