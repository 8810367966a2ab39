use crate::world::{Browser, World};

#[test]
fn every_tenant_of_the_person_is_listed() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    browser.get("/admin/tenants").shows("You are here").shows("Globex").shows("globex.livery.test");
    let mut viewer = Browser::signed_in(&world, "viewer@acme.test");
    viewer.get("/admin/tenants").shows("You belong to this organisation alone.");
}
