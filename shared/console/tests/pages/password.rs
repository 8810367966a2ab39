use crate::world::{Browser, PASSWORD, World};

const NEW: &str = "zebra-lamp-river";

#[test]
fn a_forgotten_password_is_replaced_by_a_link_that_works_once() {
    let world = World::new();
    let mut other = Browser::signed_in(&world, "owner@acme.test");
    let mut browser = Browser::new(&world);
    browser.get("/admin/forgot").shows("Reset your password");
    let known = browser.post("/admin/forgot", &[("email", "owner@acme.test")]);
    let unknown = browser.post("/admin/forgot", &[("email", "nobody@acme.test")]);
    assert_eq!((known.status, unknown.status), (200, 200));
    assert_eq!(known.html, unknown.html);
    known.shows("Look into your mail");
    let mails = world.platform.memory.mails();
    assert_eq!(mails.len(), 1);
    let code =
        mails[0].text.split("/admin/reset#").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    browser.get("/admin/reset").shows("data-fragment=\"lvw_\"");
    let weak = browser.post("/admin/reset", &[("code", &code), ("password", "short")]);
    assert_eq!(weak.status, 422);
    weak.shows("Use at least 10 characters.");
    browser
        .post("/admin/reset", &[("code", &code), ("password", NEW)])
        .leads_to("/admin/sign-in?done=password");
    assert_eq!(other.get("/admin/profile").status, 303);
    let again = browser.post("/admin/reset", &[("code", &code), ("password", NEW)]);
    assert_eq!(again.status, 410);
    again.shows("This code does not work");
    let fields = [("email", "owner@acme.test"), ("password", NEW)];
    browser.post("/admin/sign-in", &fields).leads_to("/admin");
}

#[test]
fn what_is_no_code_is_said_at_the_field() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    for (code, text) in [("", "Paste the code"), ("lvw_x", "This code does not work")] {
        let page = browser.post("/admin/reset", &[("code", code), ("password", NEW)]);
        assert_eq!(page.status, 422);
        page.shows(text).shows("<a href=\"#code\">");
    }
    browser.post("/admin/forgot", &[("email", "nobody")]).shows("<a href=\"#email\">");
}

#[test]
fn whoever_changes_the_password_stays_and_everybody_else_is_out() {
    let world = World::new();
    let mut laptop = Browser::signed_in(&world, "owner@acme.test");
    let mut phone = Browser::signed_in(&world, "owner@acme.test");
    let path = "/admin/profile/password";
    let wrong = laptop.post(path, &[("current", "wrong-password"), ("password", NEW)]);
    assert!(wrong.status == 422 || wrong.status == 401, "{}", wrong.status);
    wrong.shows("This is not your current password.").shows("<a href=\"#current\">");
    let weak = laptop.post(path, &[("current", PASSWORD), ("password", "qwertyuiop")]);
    weak.shows("This password is known to attackers.");
    laptop
        .post(path, &[("current", PASSWORD), ("password", NEW)])
        .leads_to("/admin/profile?done=password-changed");
    laptop.get("/admin/profile?done=password-changed").shows("Other devices are signed out.");
    assert_eq!(phone.get("/admin/profile").status, 303);
}
