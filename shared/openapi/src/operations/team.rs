use super::NOW;
use crate::{
    operation::Operation,
    schema::{
        GrantView, InvitationView, Invite, MemberView, NewGrant, NewRole, Page, PermissionList, RoleChoice,
        RoleList, RolePatch, RoleView, SentInvitation,
    },
};
use livery_people::{grants, invitations, members, roles};
use serde_json::{Value as Json, json};

const USER: &str = "usr_019aa52f0e80700080000000000000b1";

fn member() -> Json {
    json!({
        "user_id": USER, "name": "Ada", "email": "ada@acme.test", "role": "admin", "custom_role": null,
        "joined_at": NOW, "last_seen_at": NOW,
    })
}

fn invitation() -> Json {
    json!({
        "id": "inv_019aa52f0e80700080000000000000c1", "email": "new@acme.test", "role": "member", "custom_role": null,
        "status": "pending", "invited_by": { "user_id": USER, "name": "Ada" }, "sent_count": 1, "sent_at": NOW,
        "expires_at": "2026-11-28T09:00:00Z", "created_at": NOW, "ended_at": null,
    })
}

fn sent() -> Json {
    let mut sent = invitation();
    sent["delivery"] = "sent".into();
    sent
}

fn role() -> Json {
    json!({
        "id": "rol_019aa52f0e80700080000000000000c1", "name": "Designer", "permissions": ["brand.read", "brand.edit"],
        "members": 2, "invitations": 0, "updated_at": NOW,
    })
}

const KEY: &str = "key_019aa52f0e80700080000000000000f1";

fn grant() -> Json {
    json!({
        "id": "gra_019aa52f0e80700080000000000000c1", "user_id": USER, "permission": "api_keys.manage", "resource": KEY,
        "created_at": NOW,
    })
}

fn page_of(one: Json) -> Json {
    json!({ "data": [one], "next_cursor": null })
}

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::of(members::Route::ListMembers)
            .paged(20, 100)
            .answers::<Page<MemberView>>(200, "A page.", page_of(member()))
            .with_header("Link", "The next page, if there is one."),
        Operation::of(members::Route::GetMember)
            .id("user_id", "usr_", "The member.")
            .answers::<MemberView>(200, "The member.", member()),
        Operation::of(members::Route::UpdateMemberRole)
            .id("user_id", "usr_", "The member.")
            .body::<RoleChoice>(json!({ "role": "manager" }))
            .answers::<MemberView>(200, "The member as it is now.", member())
            .refuses(&[409]),
        Operation::of(members::Route::RemoveMember)
            .id("user_id", "usr_", "The member.")
            .answers_nothing(204, "The person is no member any more.")
            .refuses(&[409]),
        Operation::of(invitations::Route::ListInvitations)
            .paged(20, 100)
            .query("status", json!({ "enum": ["pending", "expired", "accepted", "revoked"] }), "Only those.")
            .answers::<Page<InvitationView>>(200, "A page.", page_of(invitation()))
            .with_header("Link", "The next page, if there is one."),
        Operation::of(invitations::Route::CreateInvitation)
            .body::<Invite>(json!({ "email": "new@acme.test", "role": "member" }))
            .answers::<SentInvitation>(201, "The invitation, and whether its mail was taken.", sent())
            .refuses(&[409]),
        Operation::of(invitations::Route::GetInvitation)
            .id("invitation_id", "inv_", "The invitation.")
            .answers::<InvitationView>(200, "The invitation.", invitation()),
        Operation::of(invitations::Route::RevokeInvitation)
            .id("invitation_id", "inv_", "The invitation.")
            .answers_nothing(204, "Its code is good for nothing any more.")
            .refuses(&[409, 410]),
        Operation::of(invitations::Route::ResendInvitation)
            .id("invitation_id", "inv_", "The invitation.")
            .answers::<SentInvitation>(200, "The invitation, and whether its mail was taken.", sent())
            .refuses(&[409, 410, 429]),
        Operation::of(roles::Route::ListPermissions)
            .answers::<PermissionList>(
                200,
                "The whole table.",
                json!({ "data": [{ "permission": "brand.read", "roles": ["owner", "admin", "manager", "member", "viewer"] }] }),
            ),
        Operation::of(roles::Route::ListRoles)
            .answers::<RoleList>(200, "All of them.", json!({ "data": [role()] })),
        Operation::of(roles::Route::CreateRole)
            .body::<NewRole>(json!({ "name": "Designer", "permissions": ["brand.read", "brand.edit"] }))
            .answers::<RoleView>(201, "The role.", role())
            .refuses(&[409]),
        Operation::of(roles::Route::GetRole)
            .id("role_id", "rol_", "The role.")
            .answers::<RoleView>(200, "The role.", role()),
        Operation::of(roles::Route::UpdateRole)
            .id("role_id", "rol_", "The role.")
            .body::<RolePatch>(json!({ "permissions": ["brand.read"] }))
            .answers::<RoleView>(200, "The role as it is now.", role())
            .refuses(&[409]),
        Operation::of(roles::Route::DeleteRole)
            .id("role_id", "rol_", "The role.")
            .answers_nothing(204, "It is gone.")
            .refuses(&[409]),
        Operation::of(grants::Route::ListGrants)
            .paged(20, 100)
            .query("user_id", json!({ "type": "string", "pattern": "^usr_[0-9a-f]{32}$" }), "Only this member's.")
            .answers::<Page<GrantView>>(200, "A page.", page_of(grant()))
            .with_header("Link", "The next page, if there is one."),
        Operation::of(grants::Route::CreateGrant)
            .body::<NewGrant>(json!({ "user_id": USER, "permission": "api_keys.manage", "resource": KEY }))
            .answers::<GrantView>(201, "The grant.", grant())
            .refuses(&[409]),
        Operation::of(grants::Route::DeleteGrant)
            .id("grant_id", "gra_", "The grant.")
            .answers_nothing(204, "It is gone.")
            .refuses(&[409]),
    ]
}
