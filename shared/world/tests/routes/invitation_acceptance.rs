//! `POST /v1/auth/invitations/look-up` and `/accept`

use livery_domain::people::team::{INVITATION_PAUSE_SECS, INVITATION_SECS};
use livery_store::operations::audit;
use livery_world::{
    ACME, Answer, Call, GLOBEX, PASSWORD, World, answer, delete, get, patch, post, problem,
    routes::{nobody, two_sides},
};
use serde_json::{Value as Json, json};

const NEW_PASSWORD: &str = "correct horse battery";
const GUEST: &str = "guest@nowhere.test";

/// Invites this address to acme and gives the id and the code.
fn invited(world: &World, email: &str, role: &str) -> (String, String) {
    let call = post(&ACME.at("/v1/invitations")).bearer(&world.access_token(&ACME));
    let made = world.send(call.json(json!({ "email": email, "role": role })));
    assert_eq!(made.status, 201, "{}", made.whole());
    (made.json()["id"].as_str().unwrap().to_owned(), last_code(world))
}

fn last_code(world: &World) -> String {
    let text = world.platform.memory.mails().pop().unwrap().text;
    let at = text.find("lvi_").unwrap();
    text[at..at + 53].to_owned()
}

fn look_up(world: &World, code: &str) -> Answer {
    world.send(post(&ACME.at("/v1/auth/invitations/look-up")).json(json!({ "token": code })))
}

fn accepting(body: Json) -> Call {
    post(&ACME.at("/v1/auth/invitations/accept")).json(body)
}

fn as_new(code: &str) -> Call {
    accepting(json!({ "token": code, "name": " Gus Guest ", "password": NEW_PASSWORD, "locale": "ja" }))
}

#[test]
fn the_holder_of_a_code_sees_who_invites_whom_into_what() {
    let world = World::new();
    let (_, code) = invited(&world, GUEST, "manager");
    let face = |has_account: bool, email: &str| {
        json!({
            "tenant": { "id": ACME.id, "key": "acme", "name": "Acme" },
            "inviter": "Acme Owner", "email": email, "role": "manager", "custom_role": null,
            "expires_at": "2026-11-28T09:00:00Z", "has_account": has_account,
        })
    };
    look_up(&world, &code).is(answer(200, face(false, GUEST)));
    let (_, code) = invited(&world, GLOBEX.email, "manager");
    look_up(&world, &code).is(answer(200, face(true, GLOBEX.email)));
}

#[test]
fn what_is_no_code_and_anothers_code_are_one_404() {
    let (world, acme, globex) = two_sides();
    let codes = [globex.code.as_str(), &nobody().code, "", "lvi_", "x", &acme.code.replace("lvi_", "lvk_")];
    for code in codes {
        look_up(&world, code).is(problem("not_found"));
        world.send(as_new(code)).is(problem("not_found"));
    }
    assert_eq!(look_up(&world, &acme.code).status, 200);
}

#[test]
fn a_new_person_comes_in_with_a_name_and_a_password_and_is_signed_in() {
    let world = World::new();
    let (id, code) = invited(&world, GUEST, "manager");
    let came = world.send(as_new(&code));
    assert_eq!(came.status, 201, "{}", came.whole());
    let tokens = came.json();
    assert_eq!(
        (&tokens["tenant"]["key"], &tokens["role"], &tokens["token_type"]),
        (&json!("acme"), &json!("manager"), &json!("Bearer"))
    );
    let access = tokens["access_token"].as_str().unwrap();
    let me = world.send(get(&ACME.at("/v1/me")).bearer(access)).json();
    let user = me["user_id"].as_str().unwrap().to_owned();
    let shown = world.send(get(&ACME.at(&format!("/v1/members/{user}"))).bearer(access)).json();
    assert_eq!(
        (&shown["name"], &shown["email"], &shown["role"]),
        (&json!("Gus Guest"), &json!(GUEST), &json!("manager"))
    );
    // The session is one for writing, and both it and the password go on working.
    let invite = post(&ACME.at("/v1/invitations")).bearer(access);
    assert_eq!(world.send(invite.json(json!({ "email": "x@y.test", "role": "viewer" }))).status, 201);
    let login = json!({ "email": GUEST, "password": NEW_PASSWORD });
    assert_eq!(world.send(post(&ACME.at("/v1/auth/login")).json(login)).status, 200);
    let refresh = json!({ "refresh_token": tokens["refresh_token"] });
    assert_eq!(world.send(post(&ACME.at("/v1/auth/refresh")).json(refresh)).status, 200);
    let ended =
        world.send(get(&ACME.at(&format!("/v1/invitations/{id}"))).bearer(&world.access_token(&ACME)));
    assert_eq!(ended.json()["status"], "accepted");
    let log = world.run(audit::following(&world.platform, &ACME.scope(), 0, 10)).unwrap();
    let after = json!({ "role": "manager", "user_id": user }).to_string();
    assert_eq!(
        (log[1].action.as_str(), &log[1].actor, &log[1].target, log[1].after.as_ref()),
        ("invitation.accepted", &user, &id, Some(&after))
    );
}

#[test]
fn a_new_person_needs_a_name_and_a_password_worth_its_name() {
    let world = World::new();
    let (_, code) = invited(&world, GUEST, "viewer");
    let name = "A name has 1 to 100 characters on one line.";
    world.send(accepting(json!({ "token": code }))).is(problem("invalid_content").faults(json!([
        { "pointer": "/name", "reason": "invalid_name", "detail": name },
        { "pointer": "/password", "reason": "too_short", "detail": "A password has at least 10 characters." },
    ])));
    let with = |name: &str, password: &str| {
        world.send(accepting(json!({ "token": code, "name": name, "password": password })))
    };
    with("a\nb", NEW_PASSWORD).is(problem("invalid_content").fault("/name", "invalid_name", name));
    assert_eq!(with("Gus", GUEST).status, 422);
    assert_eq!(with("Gus", &"x".repeat(1025)).status, 422);
    assert_eq!(with("Gus", NEW_PASSWORD).status, 201);
}

#[test]
fn whoever_has_an_account_proves_it_by_its_password() {
    let world = World::new();
    let (_, code) = invited(&world, GLOBEX.email, "viewer");
    world.send(accepting(json!({ "token": code }))).is(problem("invalid_content").fault(
        "/password",
        "password_required",
        "The address has an account: send its password, or sign in first.",
    ));
    let with =
        |password: &str| world.send(accepting(json!({ "token": code, "name": "Eve", "password": password })));
    with("wrong").is(problem("invalid_credentials"));
    let came = with(PASSWORD);
    assert_eq!(came.status, 201, "{}", came.whole());
    let access = came.json()["access_token"].as_str().unwrap().to_owned();
    let shown = world.send(get(&ACME.at(&format!("/v1/members/{}", GLOBEX.owner))).bearer(&access));
    // The account is the one that was there, under its own name.
    assert_eq!((&shown.json()["name"], &shown.json()["role"]), (&json!("Globex Owner"), &json!("viewer")));
    // Where it was before it still is.
    let there = json!({ "email": GLOBEX.email, "password": PASSWORD });
    assert_eq!(world.send(post(&GLOBEX.at("/v1/auth/login")).json(there)).status, 200);
}

#[test]
fn a_password_is_not_guessed_with_a_code_in_hand() {
    let world = World::new();
    let (_, code) = invited(&world, GLOBEX.email, "viewer");
    let guess = |password: &str| world.send(accepting(json!({ "token": code, "password": password })));
    for _ in 0..5 {
        guess("wrong").is(problem("invalid_credentials"));
    }
    assert_eq!(guess(PASSWORD).json()["code"], "too_many_attempts");
}

#[test]
fn whoever_is_signed_in_with_the_account_needs_no_password() {
    let world = World::new();
    let (_, code) = invited(&world, GLOBEX.email, "viewer");
    let with = |token: &str| world.send(accepting(json!({ "token": code })).bearer(token));
    let anothers = problem("forbidden")
        .reason("invitation_for_another_address")
        .detail("The invitation is for another address than yours: sign out, and accept it then.");
    with(&world.viewer_token()).is(anothers);
    with("a.b.c").is(problem("unauthenticated"));
    with(&world.forged_token(&GLOBEX)).is(problem("unauthenticated"));
    assert_eq!(with(&world.access_token(&GLOBEX)).status, 201);
    let (_, code) = invited(&world, GUEST, "viewer");
    let anothers = world.send(as_new(&code).bearer(&world.access_token(&GLOBEX)));
    assert_eq!((anothers.status, anothers.json()["code"].clone()), (403, json!("forbidden")));
}

#[test]
fn a_session_that_has_ended_proves_nothing() {
    let world = World::new();
    let (_, code) = invited(&world, GLOBEX.email, "viewer");
    let token = world.access_token(&GLOBEX);
    let out = world.send(post(&GLOBEX.at("/v1/auth/logout")).bearer(&token));
    assert!(out.status < 300, "{}", out.whole());
    world.send(accepting(json!({ "token": code })).bearer(&token)).is(problem("unauthenticated"));
}

#[test]
fn a_code_works_once() {
    let world = World::new();
    let (_, code) = invited(&world, GUEST, "viewer");
    assert_eq!(world.send(as_new(&code)).status, 201);
    let over = || problem("gone").reason("invitation_accepted").detail("The invitation was accepted.");
    world.send(as_new(&code)).is(over());
    look_up(&world, &code).is(over());
}

#[test]
fn of_two_who_accept_one_code_at_once_one_comes_in() {
    let mut seconds = 0;
    for at in 0..24 {
        let world = World::new();
        let (_, code) = invited(&world, GLOBEX.email, "viewer");
        let call = || accepting(json!({ "token": code })).bearer(&world.access_token(&GLOBEX));
        let (first, second) = world.race(call(), at, call());
        let (won, lost) = if first.status == 201 { (first, second) } else { (second, first) };
        assert_eq!(won.status, 201, "at {at}: {}", won.whole());
        lost.is(problem("gone").reason("invitation_accepted").detail("The invitation was accepted."));
        seconds += 1;
        let sql = format!(
            "SELECT 1 FROM memberships WHERE user_id = '{}' AND tenant_id = '{}'",
            GLOBEX.owner, ACME.id
        );
        assert_eq!(world.count(&sql), 1);
    }
    assert_eq!(seconds, 24);
}

#[test]
fn of_two_new_people_with_one_code_one_comes_in_and_one_account_is_made() {
    for at in [3, 5, 8, 10, 12] {
        let world = World::new();
        let (_, code) = invited(&world, GUEST, "viewer");
        let (first, second) = world.race(as_new(&code), at, as_new(&code));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 410], "at {at}: {}{}", first.whole(), second.whole());
        assert_eq!(world.count(&format!("SELECT 1 FROM users WHERE email = '{GUEST}'")), 1);
    }
}

#[test]
fn a_code_that_ran_out_was_taken_back_or_replaced_is_dead() {
    let world = World::new();
    let (id, old) = invited(&world, GUEST, "viewer");
    world.pass_secs(INVITATION_PAUSE_SECS);
    let token = world.access_token(&ACME);
    let resend = post(&ACME.at(&format!("/v1/invitations/{id}/resend"))).bearer(&token);
    assert_eq!(world.send(resend).status, 200);
    let code = last_code(&world);
    look_up(&world, &old).is(problem("not_found"));
    world.send(as_new(&old)).is(problem("not_found"));
    world.pass_secs(INVITATION_SECS - 1);
    assert_eq!(look_up(&world, &code).status, 200);
    world.pass_secs(1);
    let expired = || {
        problem("gone")
            .reason("invitation_expired")
            .detail("The invitation has expired. Ask the person who invited you to send it again.")
    };
    look_up(&world, &code).is(expired());
    world.send(as_new(&code)).is(expired());
    let (id, code) = invited(&world, GUEST, "viewer");
    let token = world.access_token(&ACME);
    assert_eq!(world.send(delete(&ACME.at(&format!("/v1/invitations/{id}"))).bearer(&token)).status, 204);
    look_up(&world, &code)
        .is(problem("gone").reason("invitation_revoked").detail("The invitation was taken back."));
}

#[test]
fn a_plan_that_became_smaller_lets_nobody_in() {
    let world = World::new();
    let (_, code) = invited(&world, GUEST, "viewer");
    world.platform.memory.execute_batch("UPDATE plans SET seats = 2").unwrap();
    world.send(as_new(&code)).is(problem("seat_limit_reached").detail(
        "The team has grown to what its plan holds since you were invited. Ask the person who invited you.",
    ));
    world.platform.memory.execute_batch("UPDATE plans SET seats = 3").unwrap();
    assert_eq!(world.send(as_new(&code)).status, 201);
}

#[test]
fn nobody_comes_into_a_tenant_that_is_suspended() {
    let world = World::new();
    let (_, code) = invited(&world, GUEST, "viewer");
    world.platform.memory.execute_batch("UPDATE tenants SET status = 'suspended'").unwrap();
    world.send(as_new(&code)).is(problem("tenant_suspended"));
    look_up(&world, &code).is(problem("tenant_suspended"));
}

#[test]
fn an_owner_who_was_invited_is_one_and_the_first_may_go() {
    let world = World::new();
    let (_, code) = invited(&world, GUEST, "owner");
    assert_eq!(world.send(as_new(&code)).status, 201);
    let call = patch(&ACME.at(&format!("/v1/members/{}", ACME.owner))).bearer(&world.access_token(&ACME));
    assert_eq!(world.send(call.json(json!({ "role": "viewer" }))).status, 200);
}
