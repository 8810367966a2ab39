use super::NOW;
use crate::operation::Operation;
use livery_api::schema::{InvitationView, Invite, MemberView, Page, RoleChoice, SentInvitation};
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
    ]
}
