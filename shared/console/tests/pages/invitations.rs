use crate::world::{Browser, PASSWORD, World};

const PATH: &str = "/admin/team/invitations";

#[test]
fn somebody_is_invited_by_mail_and_the_invitation_taken_back() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    browser.get(PATH).shows("Nobody is invited").shows("<option value=\"owner\"");
    let fields = [("email", "New@Acme.test"), ("role", "manager")];
    browser.post(PATH, &fields).leads_to("/admin/team/invitations?done=invited");
    let list = browser.get("/admin/team/invitations?done=invited");
    list.shows("The invitation is on its way.").shows("new@acme.test").shows("Waiting").shows("3 of 25 used");
    let id = list.html.split("/admin/team/invitations/inv_").nth(1).unwrap().split('/').next().unwrap();
    let again = browser.post(PATH, &fields);
    assert_eq!(again.status, 409);
    again.shows("This person is invited already.").shows("value=\"New@Acme.test\"");
    let soon = browser.post(&format!("{PATH}/inv_{id}/resend"), &[]);
    assert_eq!(soon.status, 429);
    world.platform.memory.pass_millis(61_000);
    browser.post(&format!("{PATH}/inv_{id}/resend"), &[]).leads_to("/admin/team/invitations?done=resent");
    browser.post(&format!("{PATH}/inv_{id}/revoke"), &[]).leads_to("/admin/team/invitations?done=revoked");
    browser.get(PATH).shows("Revoked").shows("2 of 25 used");
    assert_eq!(browser.post(&format!("{PATH}/inv_{id}/revoke"), &[]).status, 410);
}

#[test]
fn what_can_not_be_invited_is_said_at_the_field() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    browser.get(PATH);
    for (email, text) in [("nobody", "Enter an e-mail address"), ("viewer@acme.test", "in the team already")]
    {
        let page = browser.post(PATH, &[("email", email), ("role", "member")]);
        assert!(page.status == 422 || page.status == 409);
        page.shows(text).shows("<a href=\"#email\">");
    }
}

#[test]
fn a_team_without_a_free_seat_says_so() {
    let world = World::new();
    world.platform.memory.execute_batch("UPDATE tenants SET plan_key = 'free' WHERE key = 'acme'").unwrap();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    browser.get(PATH).shows("One seat is free.");
    browser
        .post(PATH, &[("email", "a@acme.test"), ("role", "member")])
        .leads_to("/admin/team/invitations?done=invited");
    let page = browser.post(PATH, &[("email", "b@acme.test"), ("role", "member")]);
    assert_eq!(page.status, 409);
    page.shows("Every seat is taken.");
}

/// Invites a person and returns the code in the mail.
fn invited(world: &World, email: &str) -> String {
    let mut owner = Browser::signed_in(world, "owner@acme.test");
    owner.get(PATH);
    owner
        .post(PATH, &[("email", email), ("role", "manager")])
        .leads_to("/admin/team/invitations?done=invited");
    let mail = world.platform.memory.mails().pop().unwrap();
    let code = mail.text.split("/admin/invitation#").nth(1).unwrap();
    code.split_whitespace().next().unwrap().to_owned()
}

#[test]
fn a_new_person_accepts_with_a_name_and_a_password() {
    let world = World::new();
    let code = invited(&world, "new@acme.test");
    let mut browser = Browser::new(&world);
    browser.get("/admin/invitation").shows("data-fragment=\"lvi_\"");
    let page = browser.post("/admin/invitation", &[("code", &code)]);
    page.shows("Join Acme").shows("You are invited as Manager, with the address new@acme.test.");
    let weak = [("code", code.as_str()), ("name", ""), ("password", "short")];
    let page = browser.post("/admin/invitation/accept", &weak);
    assert_eq!(page.status, 422);
    page.shows("<a href=\"#name\">").shows("Use at least 10 characters.");
    let good = [("code", code.as_str()), ("name", "Nora New"), ("password", "zebra-lamp-river")];
    browser.post("/admin/invitation/accept", &good).leads_to("/admin");
    browser.get("/admin/team").shows("Nora New");
    let mut other = Browser::new(&world);
    let page = other.post("/admin/invitation", &[("code", &code)]);
    assert_eq!(page.status, 410);
    page.shows("This invitation was accepted already.");
}

#[test]
fn whoever_has_an_account_accepts_with_its_password() {
    let world = World::new();
    world.platform.memory.execute_batch("DELETE FROM memberships WHERE user_id LIKE '%b3'").unwrap();
    let code = invited(&world, "viewer@acme.test");
    let mut browser = Browser::new(&world);
    browser.post("/admin/invitation", &[("code", &code)]).shows("You already have an account");
    let page = browser.post("/admin/invitation/accept", &[("code", &code), ("password", "wrong-password")]);
    assert_eq!(page.status, 401);
    page.shows("E-mail or password is wrong.");
    browser.post("/admin/invitation/accept", &[("code", &code), ("password", PASSWORD)]).leads_to("/admin");
    browser.get("/admin/profile").shows("Vic Viewer").shows("Manager");
}

#[test]
fn a_code_that_is_none_or_over_says_which() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    for (code, text) in
        [("", "Paste the code"), ("lvi_x", "This code does not work"), ("<b>", "This code does not work")]
    {
        let page = browser.post("/admin/invitation", &[("code", code)]);
        assert_eq!(page.status, 422);
        page.shows(text);
    }
    let code = invited(&world, "new@acme.test");
    world.platform.memory.pass_millis(8 * 86_400_000);
    let page = browser.post("/admin/invitation", &[("code", &code)]);
    assert_eq!(page.status, 410);
    page.shows("This invitation has expired.");
}
