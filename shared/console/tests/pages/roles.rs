use crate::world::{Browser, World};

const PATH: &str = "/admin/team/roles";

#[test]
fn a_role_is_made_changed_given_and_deleted() {
    let world = World::new();
    world
        .platform
        .memory
        .execute_batch("UPDATE tenants SET plan_key = 'enterprise' WHERE key = 'acme'")
        .unwrap();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    browser.get("/admin/team/roles/new").shows("value=\"audit.read\"");
    let new = "/admin/team/roles/new";
    let page = browser.post(new, &[("name", "Night shift")]);
    assert_eq!(page.status, 422);
    page.shows("Choose at least one permission.").shows("value=\"Night shift\"");
    browser
        .post(new, &[("name", "Night shift"), ("permission", "brand.read")])
        .leads_to("/admin/team/roles?done=saved");
    let page = browser.post(new, &[("name", "Night shift"), ("permission", "brand.read")]);
    assert_eq!(page.status, 409);
    page.shows("There is a role with this name already.");
    let page = browser.post(new, &[("name", "Owner"), ("permission", "brand.read")]);
    assert_eq!(page.status, 422);
    page.shows("There is a role with this name already.");
    let list = browser.get(PATH);
    list.shows("Night shift").shows("1 permission");
    let id = list.html.split("/admin/team/roles/rol_").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let path = format!("{PATH}/rol_{id}");
    browser.get(&path).shows("value=\"brand.read\" checked");
    let fields = [("name", "Night & day"), ("permission", "brand.read"), ("permission", "usage.read")];
    browser.post(&path, &fields).leads_to("/admin/team/roles?done=saved");
    let viewer = format!("/admin/team/people/{}", crate::world::VIEWER);
    browser.post(&viewer, &[("role", &format!("rol_{id}"))]).leads_to("/admin/team?done=role");
    browser.get("/admin/team").shows("Night &#38; day");
    browser.post(&viewer, &[("role", "viewer")]).leads_to("/admin/team?done=role");
    browser.post(&format!("{path}/delete"), &[]).leads_to("/admin/team/roles?done=deleted");
    assert_eq!(browser.get(&path).status, 404);
}
