use crate::world::{Browser, PASSWORD, World, get, post};

#[test]
fn whoever_is_not_signed_in_is_asked_to_and_then_led_on() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    browser.get("/admin/team?cursor=1").leads_to("/admin/sign-in?to=%2Fadmin%2Fteam%3Fcursor%3D1");
    browser.get("/admin/sign-in?to=%2Fadmin%2Fkeys").shows("Sign in to Acme").shows("value=\"/admin/keys\"");
    let fields = [("email", "owner@acme.test"), ("password", PASSWORD), ("to", "/admin/keys")];
    let page = browser.post("/admin/sign-in", &fields);
    page.leads_to("/admin/keys");
    let cookies: Vec<_> =
        page.headers.get_all("set-cookie").iter().map(|one| one.to_str().unwrap()).collect();
    assert!(
        cookies[0].starts_with("__Host-livery=lvc_")
            && cookies[0].contains("HttpOnly; SameSite=Lax; Secure; Path=/")
    );
    assert!(cookies[1].starts_with("__Host-livery-device="));
    browser.get("/admin").leads_to("/admin/team");
    browser.get("/admin/profile").shows("owner@acme.test").shows("Ada &#60;of&#62; Acme");
}

#[test]
fn a_wrong_password_says_no_more_than_that() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let mut answers = vec![];
    for email in ["owner@acme.test", "nobody@acme.test"] {
        let page = browser.post("/admin/sign-in", &[("email", email), ("password", "wrong-password")]);
        assert_eq!((page.status, page.header("set-cookie")), (401, ""));
        page.shows("E-mail or password is wrong.");
        answers.push(page.html.replace(email, ""));
    }
    assert_eq!(answers[0], answers[1]);
    let page = browser.post("/admin/sign-in", &[("email", "nobody"), ("password", "x")]);
    assert_eq!(page.status, 422);
    page.shows("<a href=\"#email\">");
}

#[test]
fn after_too_many_tries_the_page_says_how_long_to_wait() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    let fields = [("email", "owner@acme.test"), ("password", "wrong-password")];
    for _ in 0..5 {
        assert_eq!(browser.post("/admin/sign-in", &fields).status, 401);
    }
    let page = browser.post("/admin/sign-in", &fields);
    assert_eq!(page.status, 429);
    page.shows("Too many attempts. Try again in ");
    assert!(page.header("retry-after").parse::<u32>().unwrap() > 0);
}

#[test]
fn nobody_is_led_away_after_signing_in() {
    let world = World::new();
    for to in ["https://evil.test", "//evil.test", "/\\evil.test"] {
        let fields = [("email", "owner@acme.test"), ("password", PASSWORD), ("to", to)];
        Browser::new(&world).post("/admin/sign-in", &fields).leads_to("/admin");
    }
}

#[test]
fn signing_out_ends_the_session_at_once() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    let kept = browser.cookies.clone();
    browser.post("/admin/sign-out", &[]).leads_to("/admin/sign-in?done=signed-out");
    assert!(!browser.cookies.iter().any(|(name, _)| name == "__Host-livery"));
    browser.cookies = kept;
    assert_eq!(browser.get("/admin/team").status, 303);
}

#[test]
fn a_form_without_the_sessions_token_does_nothing() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    let mut other = Browser::signed_in(&world, "viewer@acme.test");
    for forged in ["", "x", "token"] {
        let fields = [("csrf", forged), ("name", "Mallory"), ("locale", "en")];
        let page = browser.send(post("acme.livery.test/admin/profile", &fields));
        assert_eq!(page.status, 403, "{}", page.html);
    }
    let theirs = other.get("/admin/profile").html;
    let csrf = theirs.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [("csrf", csrf.as_str()), ("name", "Mallory"), ("locale", "en")];
    assert_eq!(browser.send(post("acme.livery.test/admin/profile", &fields)).status, 403);
    browser.get("/admin/profile").shows("Ada &#60;of&#62; Acme");
}

#[test]
fn a_session_is_one_tenants_alone() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    let elsewhere = browser.send(get("globex.livery.test/admin/team"));
    elsewhere.leads_to("/admin/sign-in?to=%2Fadmin%2Fteam");
    assert_eq!(browser.send(get("nosuch.livery.test/admin/team")).status, 404);
}

#[test]
fn name_and_language_are_the_persons_own() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    browser
        .post("/admin/profile", &[("name", "山田 花子"), ("locale", "ja")])
        .leads_to("/admin/profile?done=saved");
    browser
        .get("/admin/profile?done=saved")
        .shows("<html lang=\"ja\">")
        .shows("山田 花子")
        .shows("保存しました。");
    let page = browser.post("/admin/profile", &[("name", " "), ("locale", "ja")]);
    assert_eq!(page.status, 422);
    page.shows("<a href=\"#name\">");
    browser.get("/admin/profile?done=%3Cscript%3E").shows("山田 花子");
}

#[test]
fn other_sessions_can_be_ended() {
    let world = World::new();
    let mut laptop = Browser::signed_in(&world, "owner@acme.test");
    let mut phone = Browser::signed_in(&world, "owner@acme.test");
    let page = laptop.get("/admin/profile");
    let path =
        page.html.split("action=\"/admin/profile/sessions/").nth(1).unwrap().split('"').next().unwrap();
    laptop
        .post(&format!("/admin/profile/sessions/{path}"), &[])
        .leads_to("/admin/profile?done=session-ended");
    assert_eq!(phone.get("/admin/profile").status, 303);
    let mut phone = Browser::signed_in(&world, "owner@acme.test");
    laptop.post("/admin/profile/sign-out-everywhere", &[]).leads_to("/admin/sign-in?done=signed-out");
    assert_eq!(phone.get("/admin/profile").status, 303);
}

#[test]
fn in_a_suspended_tenant_everything_can_be_looked_at_and_nothing_changed() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    world
        .platform
        .memory
        .execute_batch("UPDATE tenants SET status = 'suspended' WHERE key = 'acme'")
        .unwrap();
    browser.get("/admin/team").shows("This organisation is suspended").shows("Vic Viewer");
    let page = browser.post("/admin/profile", &[("name", "Ada"), ("locale", "en")]);
    assert_eq!(page.status, 403);
    page.shows("This organisation is suspended");
}
