use crate::world::{Browser, Page, World, post};

const GLOBEX: &str = "ten_019aa52f0e80700080000000000000a2";

fn ticket(page: &Page) -> String {
    page.html.split("name=\"ticket\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// A form that acme's page sends to globex.
fn enter(browser: &mut Browser<'_>, ticket: &str) -> Page {
    let call = post("globex.livery.test/admin/enter", &[("ticket", ticket)])
        .header("origin", "https://acme.livery.test")
        .header("sec-fetch-site", "same-site");
    browser.send(call)
}

#[test]
fn every_tenant_of_the_person_is_listed() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    browser.get("/admin/tenants").shows("You are here").shows("Globex").shows("globex.livery.test");
    let mut viewer = Browser::signed_in(&world, "viewer@acme.test");
    viewer.get("/admin/tenants").shows("You belong to this organisation alone.");
    assert_eq!(viewer.post("/admin/tenants", &[("tenant", GLOBEX)]).status, 404);
}

#[test]
fn a_ticket_lets_into_the_other_tenant_once_and_the_old_session_stays() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    let page = browser.post("/admin/tenants", &[("tenant", GLOBEX)]);
    page.shows("action=\"https://globex.livery.test/admin/enter\"").shows("Going to Globex");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("form-action 'self' https://globex.livery.test;"), "{policy}");
    let mut there = Browser::new(&world);
    enter(&mut there, &ticket(&page)).leads_to("/admin");
    let home = there.send(crate::world::get("globex.livery.test/admin/profile"));
    home.shows("Globex");
    assert_eq!(browser.get("/admin/profile").status, 200);
    let again = enter(&mut Browser::new(&world), &ticket(&page));
    assert_eq!((again.status, again.header("set-cookie")), (401, ""));
    again.shows("This way in has expired.");
}

#[test]
fn a_ticket_is_over_after_two_minutes_and_with_the_session_that_it_is_from() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    let late = ticket(&browser.post("/admin/tenants", &[("tenant", GLOBEX)]));
    // Beside its two minutes, what clocks may differ by.
    world.platform.memory.pass_millis(200_000);
    assert_eq!(enter(&mut Browser::new(&world), &late).status, 401);
    browser.get("/admin/profile");
    let orphan = ticket(&browser.post("/admin/tenants", &[("tenant", GLOBEX)]));
    browser.post("/admin/sign-out", &[]).leads_to("/admin/sign-in?done=signed-out");
    assert_eq!(enter(&mut Browser::new(&world), &orphan).status, 401);
}

#[test]
fn a_ticket_that_another_site_sends_lets_nobody_in() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    let ticket = ticket(&browser.post("/admin/tenants", &[("tenant", GLOBEX)]));
    let victim = || Browser::new(&world);
    for origin in ["https://evil.test", "https://livery.test.evil.test", "null"] {
        let call = post("globex.livery.test/admin/enter", &[("ticket", &ticket)]).header("origin", origin);
        let refused = victim().send(call);
        assert_eq!((refused.status, refused.header("set-cookie")), (403, ""), "{origin}");
    }
    let call = post("globex.livery.test/admin/enter", &[("ticket", &ticket)])
        .header("origin", "https://acme.livery.test");
    victim().send(call).leads_to("/admin");
}
