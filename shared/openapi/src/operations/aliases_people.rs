use super::NOW;
use crate::{
    operation::Operation,
    schema::{
        Accept, AliasInvitationView, AliasInvite, AliasTenantView, NewRoleName, Page, Tokens, UserView,
    },
};
use livery_compat::{accept as older_accept, people as older_people};
use serde_json::{Value as Json, json};

const TENANT: &str = "ten_019aa52f0e80700080000000000000a1";

fn tokens(role: &str) -> Json {
    json!({
        "access_token": "eyJ…", "token_type": "Bearer", "expires_in": 600, "refresh_token": "lvr_…",
        "session_id": "ses_019aa52f0e80700080000000000000c1", "session_expires_at": "2026-12-21T09:00:00Z",
        "tenant": { "id": TENANT, "key": "acme", "name": "Acme" }, "role": role,
    })
}

fn user() -> Json {
    json!({
        "id": "usr_019aa52f0e80700080000000000000b1", "tenant_id": TENANT, "name": "Ada", "email": "ada@acme.test",
        "role": "MANAGER", "custom_role": null, "joined_at": NOW, "last_seen_at": NOW,
    })
}

fn invitation(role: &str) -> Json {
    json!({
        "id": "inv_019aa52f0e80700080000000000000c1", "tenant_id": TENANT, "email": "new@acme.test", "role": role,
        "status": "pending", "expires_at": "2026-11-28T09:00:00Z", "delivery": "sent",
    })
}

pub fn operations() -> Vec<Operation> {
    let tenant = json!({
        "id": TENANT, "key": "acme", "name": "Acme", "status": "active", "host": "acme.livery.example", "role": "admin",
        "custom_role": null, "joined_at": NOW, "current": true,
    });
    vec![
        Operation::of(older_people::Route::AliasInviteUser)
            .alias()
            .body::<AliasInvite>(json!({ "email": "new@acme.test", "role": "USER" }))
            .answers::<AliasInvitationView>(
                201,
                "The invitation, and whether its mail was taken.",
                invitation("USER"),
            )
            .refuses(&[409]),
        Operation::of(older_accept::Route::AliasAcceptInvitation)
            .alias()
            .body::<Accept>(json!({ "token": "lvi_…", "name": "Bo", "password": "a longer pass phrase" }))
            .answers::<Tokens>(201, "Tokens of a new session in the tenant.", tokens("USER"))
            .refuses(&[401, 403, 409, 410, 429]),
        Operation::of(older_people::Route::AliasListUsers)
            .alias()
            .id("tenant_id", "ten_", "The caller's own tenant.")
            .paged(20, 100)
            .answers::<Page<UserView>>(200, "A page.", json!({ "data": [user()], "next_cursor": null }))
            .with_header("Link", "The next page, if there is one."),
        Operation::of(older_people::Route::AliasSetRole)
            .alias()
            .id("user_id", "usr_", "The member.")
            .body::<NewRoleName>(json!({ "role": "MANAGER" }))
            .answers::<UserView>(200, "The member as it is now.", user())
            .refuses(&[409]),
        Operation::of(older_people::Route::AliasRemoveUser)
            .alias()
            .id("user_id", "usr_", "The member.")
            .answers_nothing(204, "The person is no member any more.")
            .refuses(&[409]),
        Operation::of(older_people::Route::AliasListTenants)
            .alias()
            .paged(20, 100)
            .answers::<Page<AliasTenantView>>(
                200,
                "A page.",
                json!({ "data": [tenant], "next_cursor": null }),
            )
            .with_header("Link", "The next page, if there is one."),
        Operation::of(older_people::Route::AliasSwitchTenant)
            .alias()
            .id("tenant_id", "ten_", "Another tenant of the person.")
            .answers::<Tokens>(
                200,
                "Tokens of a new session in that tenant; the old one stays.",
                tokens("admin"),
            ),
        Operation::of(older_people::Route::AliasInviteMember)
            .alias()
            .id("tenant_id", "ten_", "The caller's own tenant.")
            .body::<AliasInvite>(json!({ "email": "new@acme.test", "role": "member" }))
            .answers::<AliasInvitationView>(
                201,
                "The invitation, and whether its mail was taken.",
                invitation("member"),
            )
            .refuses(&[409]),
        Operation::of(older_people::Route::AliasRemoveMember)
            .alias()
            .id("tenant_id", "ten_", "The caller's own tenant.")
            .path_parameter("email", json!({ "type": "string" }), "ada@acme.test", "Of the member.")
            .answers_nothing(204, "The person is no member any more.")
            .refuses(&[409, 410]),
    ]
}
