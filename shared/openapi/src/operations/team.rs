use super::NOW;
use crate::operation::Operation;
use livery_api::schema::{MemberView, Page, RoleChoice};
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
    ]
}
