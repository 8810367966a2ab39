use crate::world::{Browser, OWNER, VIEWER, World};

#[test]
fn the_team_is_shown_with_its_seats() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    let page = browser.get("/admin/team");
    page.shows("Vic Viewer").shows("viewer@acme.test").shows("2 of 25 used").shows("aria-current=\"page\"");
    browser.get("/admin/team?limit=1").shows("Next page");
}

#[test]
fn a_role_is_changed_and_the_last_owner_stays() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    let path = format!("/admin/team/people/{VIEWER}");
    browser.get(&path).shows("value=\"viewer\" checked");
    browser.post(&path, &[("role", "manager")]).leads_to("/admin/team?done=role");
    browser.get(&path).shows("value=\"manager\" checked");
    let page = browser.post(&format!("/admin/team/people/{OWNER}"), &[("role", "viewer")]);
    assert_eq!(page.status, 409);
    page.shows("A team needs an owner.");
    let page = browser.post(&format!("/admin/team/people/{OWNER}/remove"), &[]);
    assert_eq!(page.status, 409);
}

#[test]
fn whoever_is_removed_is_out_at_once() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    let mut viewer = Browser::signed_in(&world, "viewer@acme.test");
    browser.post(&format!("/admin/team/people/{VIEWER}/remove"), &[]).leads_to("/admin/team?done=removed");
    assert_eq!(viewer.get("/admin/profile").status, 303);
    assert!(!browser.get("/admin/team").html.contains("Vic Viewer"));
}

#[test]
fn a_viewer_sees_no_team_and_no_way_to_it() {
    let world = World::new();
    let mut viewer = Browser::signed_in(&world, "viewer@acme.test");
    viewer.get("/admin").leads_to("/admin/profile");
    let page = viewer.get("/admin/profile");
    for hidden in ["/admin/team\"", "/admin/keys\"", "/admin/audit\""] {
        assert!(!page.html.contains(hidden), "{hidden}");
    }
    for path in ["/admin/team", "/admin/team/roles", "/admin/keys", "/admin/keys/new"] {
        let page = viewer.get(path);
        assert_eq!(page.status, 403, "{path}");
        page.shows("Your role does not allow this");
    }
}

#[test]
fn what_each_role_may_do_stands_in_a_table() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    browser
        .get("/admin/team/roles")
        .shows("Make, rotate and revoke API keys")
        .shows("No roles of your own yet");
}

#[test]
fn what_is_not_there_is_a_page_that_says_so() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    for path in [
        "/admin/team/people/usr_1",
        "/admin/team/people/usr_019aa52f0e80700080000000000000ff",
        "/admin/team/x",
        "/admin/",
    ] {
        assert_eq!(browser.get(path).status, 404, "{path}");
    }
}
