use super::NOW;
use crate::operation::{Caller, Operation};
use livery_api::schema::{
    GrantView, InvitationView, Invite, MemberView, NewGrant, NewRole, Page, PermissionList, RoleChoice,
    RoleList, RolePatch, RoleView, SentInvitation,
};
use livery_domain::permission::Permission;
use serde_json::{Value as Json, json};

pub const TAG: &str = "Team";

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
        Operation::new("get", "/v1/members", "list_members", TAG, "Who is in the team")
            .member(Permission::MembersRead)
            .paged(20, 100)
            .answers::<Page<MemberView>>(200, "A page.", page_of(member()))
            .with_header("Link", "The next page, if there is one."),
        Operation::new("get", "/v1/members/{user_id}", "show_member", TAG, "One of them")
            .member(Permission::MembersRead)
            .id("user_id", "usr_", "The member.")
            .answers::<MemberView>(200, "The member.", member()),
        Operation::new("patch", "/v1/members/{user_id}", "change_role", TAG, "Give a member another role")
            .says("Nobody hands on what they don't have, only owners touch owners, and the last owner stays one.")
            .member(Permission::MembersManage)
            .id("user_id", "usr_", "The member.")
            .body::<RoleChoice>(json!({ "role": "manager" }))
            .answers::<MemberView>(200, "The member as it is now.", member())
            .refuses(&[409]),
        Operation::new("delete", "/v1/members/{user_id}", "remove_member", TAG, "Remove a member, or leave")
            .says("Ends the person's sessions in this tenant.")
            .member(Permission::MembersManage)
            .id("user_id", "usr_", "The member.")
            .answers_nothing(204, "The person is no member any more.")
            .refuses(&[409]),
        Operation::new("get", "/v1/invitations", "list_invitations", TAG, "Invitations, newest first")
            .member(Permission::MembersRead)
            .paged(20, 100)
            .query("status", json!({ "enum": ["pending", "expired", "accepted", "revoked"] }), "Only those.")
            .answers::<Page<InvitationView>>(200, "A page.", page_of(invitation()))
            .with_header("Link", "The next page, if there is one."),
        Operation::new("post", "/v1/invitations", "invite", TAG, "Invite somebody")
            .says("Holds a seat until it is accepted, revoked or expired. The code is in the mail and nowhere else; it is good once.")
            .member(Permission::MembersInvite)
            .body::<Invite>(json!({ "email": "new@acme.test", "role": "member" }))
            .answers::<SentInvitation>(201, "The invitation, and whether its mail was taken.", sent())
            .refuses(&[409]),
        Operation::new("get", "/v1/invitations/{invitation_id}", "show_invitation", TAG, "One invitation")
            .member(Permission::MembersRead)
            .id("invitation_id", "inv_", "The invitation.")
            .answers::<InvitationView>(200, "The invitation.", invitation()),
        Operation::new("delete", "/v1/invitations/{invitation_id}", "revoke_invitation", TAG, "Take an invitation back")
            .member(Permission::MembersInvite)
            .id("invitation_id", "inv_", "The invitation.")
            .answers_nothing(204, "Its code is good for nothing any more.")
            .refuses(&[409, 410]),
        Operation::new("post", "/v1/invitations/{invitation_id}/resend", "resend_invitation", TAG, "Send an invitation again")
            .says("With a new code; the old one is dead. At most five times, a minute apart.")
            .member(Permission::MembersInvite)
            .id("invitation_id", "inv_", "The invitation.")
            .answers::<SentInvitation>(200, "The invitation, and whether its mail was taken.", sent())
            .refuses(&[409, 410, 429]),
        Operation::new("get", "/v1/permissions", "list_permissions", TAG, "What may be done, and which built-in roles may do it")
            .by(Caller::Member(None))
            .answers::<PermissionList>(
                200,
                "The whole table.",
                json!({ "data": [{ "permission": "brand.read", "roles": ["owner", "admin", "manager", "member", "viewer"] }] }),
            ),
        Operation::new("get", "/v1/roles", "list_roles", TAG, "Built-in roles, and those that the tenant made")
            .member(Permission::MembersRead)
            .answers::<RoleList>(200, "All of them.", json!({ "data": [role()] })),
        Operation::new("post", "/v1/roles", "make_role", TAG, "Make a role of the tenant's own")
            .says("Takes the feature `custom_roles`. It can have no permission that its maker lacks.")
            .member(Permission::RolesManage)
            .body::<NewRole>(json!({ "name": "Designer", "permissions": ["brand.read", "brand.edit"] }))
            .answers::<RoleView>(201, "The role.", role())
            .refuses(&[409]),
        Operation::new("get", "/v1/roles/{role_id}", "show_role", TAG, "One role of the tenant's own")
            .member(Permission::MembersRead)
            .id("role_id", "rol_", "The role.")
            .answers::<RoleView>(200, "The role.", role()),
        Operation::new("patch", "/v1/roles/{role_id}", "change_role_of_tenant", TAG, "Rename a role, or change what it may do")
            .member(Permission::RolesManage)
            .id("role_id", "rol_", "The role.")
            .body::<RolePatch>(json!({ "permissions": ["brand.read"] }))
            .answers::<RoleView>(200, "The role as it is now.", role())
            .refuses(&[409]),
        Operation::new("delete", "/v1/roles/{role_id}", "remove_role", TAG, "Remove a role that nobody has")
            .member(Permission::RolesManage)
            .id("role_id", "rol_", "The role.")
            .answers_nothing(204, "It is gone.")
            .refuses(&[409]),
        Operation::new("get", "/v1/grants", "list_grants", TAG, "Permissions on single objects")
            .member(Permission::MembersRead)
            .paged(20, 100)
            .query("user_id", json!({ "type": "string", "pattern": "^usr_[0-9a-f]{32}$" }), "Only this member's.")
            .answers::<Page<GrantView>>(200, "A page.", page_of(grant()))
            .with_header("Link", "The next page, if there is one."),
        Operation::new("post", "/v1/grants", "make_grant", TAG, "Give a member one permission on one object")
            .member(Permission::RolesManage)
            .body::<NewGrant>(json!({ "user_id": USER, "permission": "api_keys.manage", "resource": KEY }))
            .answers::<GrantView>(201, "The grant.", grant())
            .refuses(&[409]),
        Operation::new("delete", "/v1/grants/{grant_id}", "remove_grant", TAG, "Take it back")
            .member(Permission::RolesManage)
            .id("grant_id", "gra_", "The grant.")
            .answers_nothing(204, "It is gone.")
            .refuses(&[409]),
    ]
}
