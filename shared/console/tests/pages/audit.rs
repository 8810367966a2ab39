use crate::world::{Browser, VIEWER, World};

#[test]
fn a_change_is_told_and_the_log_verified() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    browser.get("/admin/audit").shows("No entry fits this filter.");
    browser
        .post(&format!("/admin/team/people/{VIEWER}"), &[("role", "manager")])
        .leads_to("/admin/team?done=role");
    browser
        .post("/admin/profile", &[("name", "Ada"), ("locale", "en")])
        .leads_to("/admin/profile?done=saved");
    let page = browser.get("/admin/audit");
    page.shows("<strong>Changed a member’s role</strong>")
        .shows("member.role_changed")
        .shows("Vic Viewer")
        .shows("&#34;manager&#34;")
        .shows("#1")
        .shows("#2");
    let only = browser.get("/admin/audit?action=profile.changed&limit=1");
    only.shows("<strong>Changed their profile</strong>").shows("value=\"profile.changed\" selected");
    assert!(!only.html.contains("<strong>Changed a member’s role</strong>"));
    browser.get("/admin/audit?action=weather.changed").shows("value=\"weather.changed\" selected");
    browser.get("/admin/audit?limit=1").shows("Next page");
    browser.post("/admin/audit/verify", &[]).shows("The log is whole").shows("2 entries were checked");
    world
        .platform
        .memory
        .execute_batch("UPDATE audit_entries SET action = 'member.left' WHERE seq = 2")
        .unwrap();
    browser.post("/admin/audit/verify", &[]).shows("The log was tampered with").shows("Entry 2 does not fit");
}
