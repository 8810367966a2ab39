//! `/v1/invitations`

use livery_domain::{
    identity::credential::{Credential, CredentialKind},
    people::{
        role::Role,
        team::{INVITATION_PAUSE_SECS, INVITATION_SECS, MAX_INVITATION_SENDS, MAX_PENDING_INVITATIONS},
    },
};
use livery_platform::MailFault;
use livery_store::operations::audit;
use livery_world::{ACME, Answer, Call, GLOBEX, VIEWER, World, answer, delete, get, post, problem};
use serde_json::{Value as Json, json};

const NOW: &str = "2026-11-21T09:00:00Z";
const IN_SEVEN_DAYS: &str = "2026-11-28T09:00:00Z";

fn url(id: &str) -> String {
    ACME.at(&format!("/v1/invitations/{id}"))
}

fn inviting(token: &str, email: &str, role: &str) -> Call {
    post(&ACME.at("/v1/invitations")).bearer(token).json(json!({ "email": email, "role": role }))
}

fn invite(world: &World, email: &str) -> Answer {
    world.send(inviting(&world.access_token(&ACME), email, "member"))
}

fn id_of(answer: &Answer) -> String {
    answer.json()["id"].as_str().unwrap_or_else(|| panic!("{}", answer.whole())).to_owned()
}

fn resend(world: &World, id: &str) -> Answer {
    world.send(post(&url(&format!("{id}/resend"))).bearer(&world.access_token(&ACME)))
}

/// The code in the last mail.
fn code(world: &World) -> Credential {
    let mail = world.platform.memory.mails().pop().unwrap();
    let at = mail.text.find("lvi_").unwrap();
    Credential::parse(CredentialKind::Invitation, &mail.text[at..at + 53]).unwrap()
}

fn set_seats(world: &World, seats: &str) {
    world.platform.memory.execute_batch(&format!("UPDATE plans SET seats = {seats}")).unwrap();
}

fn actions(world: &World) -> Vec<String> {
    let entries = world.run(audit::following(&world.platform, &ACME.scope(), 0, 100)).unwrap();
    entries.into_iter().map(|entry| entry.action).collect()
}

fn view(id: &str, email: &str, status: &str) -> Json {
    json!({
        "id": id, "email": email, "role": "member", "custom_role": null, "status": status,
        "invited_by": { "user_id": ACME.owner, "name": "Acme Owner" },
        "sent_count": 1, "sent_at": NOW, "expires_at": IN_SEVEN_DAYS, "created_at": NOW, "ended_at": null,
    })
}

#[test]
fn an_invitation_is_sent_listed_and_shown() {
    let world = World::new();
    let made = invite(&world, " New@Nowhere.test");
    let shown = view(&id_of(&made), "new@nowhere.test", "pending");
    let mut sent = shown.clone();
    sent["delivery"] = json!("sent");
    made.is(answer(201, sent));
    let token = world.access_token(&ACME);
    world.send(get(&url(&id_of(&made))).bearer(&token)).is(answer(200, shown.clone()));
    world
        .send(get(&ACME.at("/v1/invitations")).bearer(&token))
        .is(answer(200, json!({ "data": [shown], "next_cursor": null })));
}

#[test]
fn the_mail_has_a_link_whose_code_reaches_no_server() {
    let world = World::new();
    let made = invite(&world, "new@nowhere.test");
    let mails = world.platform.memory.mails();
    let [mail] = mails.as_slice() else { panic!("{} mails", mails.len()) };
    assert_eq!(mail.to.as_str(), "new@nowhere.test");
    assert_eq!(mail.subject.as_str(), "Acme Owner invites you to Acme");
    let link = format!("http://acme.livery.test/admin/invitation#{}", code(&world).reveal());
    assert!(mail.text.contains(&link), "{}", mail.text);
    // What is stored and shown tells nobody the code.
    assert_eq!(
        world.count(&format!("SELECT 1 FROM invitations WHERE token_hash = '{}'", code(&world).hash())),
        1
    );
    assert!(!made.whole().contains("lvi_") && !world.platform.log_lines().join("").contains("lvi_"));
}

#[test]
fn a_link_from_the_platforms_host_leads_to_the_tenants() {
    let world = World::new();
    let call = post("livery.test/v1/invitations").secure().bearer(&world.access_token(&ACME));
    world.send(call.json(json!({ "email": "a@b.test", "role": "viewer" })));
    let text = &world.platform.memory.mails()[0].text;
    assert!(text.contains("https://acme.livery.test/admin/invitation#lvi_"), "{text}");
}

#[test]
fn the_mail_is_in_the_language_of_its_reader_else_of_its_writer() {
    let world = World::new();
    let subject = |locale: Json, email: &str| {
        let call = post(&ACME.at("/v1/invitations")).bearer(&world.access_token(&ACME));
        let made = world.send(call.json(json!({ "email": email, "role": "viewer", "locale": locale })));
        assert_eq!(made.status, 201, "{}", made.whole());
        world.platform.memory.mails().pop().unwrap().subject.as_str().to_owned()
    };
    let speaks = |email: &str, locale: &str| {
        let sql = format!("UPDATE users SET locale = '{locale}' WHERE email = '{email}'");
        world.platform.memory.execute_batch(&sql).unwrap();
    };
    assert!(subject(Json::Null, "a@b.test").contains("invites"));
    assert!(!subject(json!("ja"), "b@b.test").contains("invites"));
    speaks(ACME.email, "ja");
    assert!(!subject(Json::Null, "c@b.test").contains("invites"));
    assert!(subject(json!("en"), "d@b.test").contains("invites"));
    speaks(GLOBEX.email, "en");
    assert!(subject(json!("ja"), GLOBEX.email).contains("invites"));
}

#[test]
fn a_mail_that_nobody_takes_leaves_the_invitation_and_is_told() {
    let world = World::new();
    world.platform.memory.set_mail_fault(Some(MailFault::Throttled));
    let made = invite(&world, "new@nowhere.test");
    assert_eq!((made.status, made.json()["delivery"].clone()), (201, json!("failed")));
    let line = world.platform.log_lines().pop().unwrap();
    assert!(line.contains("\"cause\":\"the mail provider is asked too often\""), "{line}");
    world.platform.memory.set_mail_fault(None);
    world.pass_secs(INVITATION_PAUSE_SECS);
    let again = resend(&world, &id_of(&made));
    assert_eq!((again.status, again.json()["delivery"].clone()), (200, json!("sent")));
}

#[test]
fn a_member_and_whoever_is_invited_already_are_not_invited() {
    let world = World::new();
    invite(&world, "VIEWER@acme.test")
        .is(problem("already_exists").reason("already_in_team").detail("They are in the team already."));
    let first = id_of(&invite(&world, "new@nowhere.test"));
    invite(&world, "New@nowhere.test").is(problem("already_exists")
        .reason("already_invited")
        .detail(&format!("They are invited already: send {first} again, or revoke it first.")));
    // A member of another tenant is nobody here.
    assert_eq!(invite(&world, GLOBEX.email).status, 201);
}

#[test]
fn only_who_may_invite_does_and_hands_out_no_more_than_its_own() {
    let world = World::new();
    world.send(inviting(&world.viewer_token(), "a@b.test", "viewer")).is(problem("forbidden"));
    let (_, manager) = world.colleague(1, Role::Manager);
    assert_eq!(world.send(inviting(&manager, "a@b.test", "manager")).status, 201);
    world.send(inviting(&manager, "b@b.test", "admin")).is(problem("forbidden")
        .reason("exceeds_own_permissions")
        .detail("Nobody gives what they don't have: the role has permissions that yours lacks."));
    let (_, admin) = world.colleague(2, Role::Admin);
    world.send(inviting(&admin, "b@b.test", "owner")).is(problem("forbidden")
        .reason("owners_only")
        .detail("Only an owner makes, changes or removes owners."));
    let owners = id_of(&world.send(inviting(&world.access_token(&ACME), "b@b.test", "owner")));
    for refused in [
        world.send(delete(&url(&owners)).bearer(&admin)),
        world.send(post(&url(&format!("{owners}/resend"))).bearer(&admin)),
    ] {
        refused.is(problem("forbidden")
            .reason("owners_only")
            .detail("Only an owner makes, changes or removes owners."));
    }
}

#[test]
fn what_is_no_invitation_is_refused() {
    let world = World::new();
    let token = world.access_token(&ACME);
    let send = |body: Json| world.send(post(&ACME.at("/v1/invitations")).bearer(&token).json(body));
    send(json!({ "email": "x", "role": "viewer" })).is(problem("invalid_content").fault(
        "/email",
        "not_an_email",
        "not an e-mail address",
    ));
    send(json!({ "email": "a@b.test" })).is(problem("invalid_content").fault(
        "/role",
        "wrong_shape",
        "Name either `role` or `custom_role`.",
    ));
    for bad in [
        json!({ "email": "a@b.test", "role": "root" }),
        json!({ "email": "a@b.test", "role": "viewer", "locale": "xx" }),
        json!({ "role": "viewer" }),
        json!({ "email": 1, "role": "viewer" }),
    ] {
        assert_eq!(send(bad).status, 422);
    }
    assert_eq!((actions(&world), world.platform.memory.mails().len()), (vec![], 0));
}

#[test]
fn members_and_pending_invitations_take_the_seats_of_the_plan() {
    let world = World::new();
    set_seats(&world, "4");
    let first = id_of(&invite(&world, "a@b.test"));
    assert_eq!(invite(&world, "b@b.test").status, 201);
    let full = || {
        problem("seat_limit_reached").detail(
            "The plan has 4 seats; 2 members and 2 pending invitations take them. Remove somebody, revoke an invitation, or choose a larger plan.",
        )
    };
    invite(&world, "c@b.test").is(full());
    // One that is taken back, one that runs out and a member who goes each leave a seat.
    let token = world.access_token(&ACME);
    assert_eq!(world.send(delete(&url(&first)).bearer(&token)).status, 204);
    assert_eq!(invite(&world, "c@b.test").status, 201);
    invite(&world, "d@b.test").is(full());
    assert_eq!(world.send(delete(&ACME.at(&format!("/v1/members/{VIEWER}"))).bearer(&token)).status, 204);
    assert_eq!(invite(&world, "d@b.test").status, 201);
    assert_eq!(invite(&world, "e@b.test").status, 409);
    world.pass_secs(INVITATION_SECS);
    for email in ["e@b.test", "f@b.test", "g@b.test"] {
        assert_eq!(invite(&world, email).status, 201, "{email}");
    }
    assert_eq!(invite(&world, "h@b.test").status, 409);
    set_seats(&world, "NULL");
    assert_eq!(invite(&world, "h@b.test").status, 201);
}

#[test]
fn a_plan_without_a_limit_has_one_for_mails() {
    let world = World::new();
    set_seats(&world, "NULL");
    let rows: Vec<String> = (1..MAX_PENDING_INVITATIONS)
        .map(|n| {
            let (id, tenant) = (format!("i{n}"), ACME.id);
            format!("('{id}', '{tenant}', '{n}@b.test', 'viewer', '{id}', 'pending', 1, 0, 1900000000000, 0)")
        })
        .collect();
    let sql = "INSERT INTO invitations (id, tenant_id, email, role, token_hash, status, sent_count, sent_at, expires_at, created_at) VALUES";
    world.platform.memory.execute_batch(&format!("{sql} {}", rows.join(","))).unwrap();
    assert_eq!(invite(&world, "a@b.test").status, 201);
    invite(&world, "b@b.test").is(problem("seat_limit_reached").reason("invitation_limit_reached").detail(
        "At most 500 invitations can be pending; 2 members and 500 pending invitations take them. Remove somebody, revoke an invitation, or choose a larger plan.",
    ));
}

#[test]
fn of_two_invitations_for_the_last_seat_one_is_made() {
    let mut seconds = 0;
    for at in 0..30 {
        let world = World::new();
        set_seats(&world, "3");
        let token = world.access_token(&ACME);
        let (first, second) =
            world.race(inviting(&token, "a@b.test", "viewer"), at, inviting(&token, "b@b.test", "viewer"));
        let mut statuses = [first.status, second.status];
        seconds += u32::from(second.status == 201);
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "at {at}: {}{}", first.whole(), second.whole());
        assert_eq!(world.count("SELECT 1 FROM invitations WHERE status = 'pending'"), 1);
        assert_eq!(world.platform.memory.mails().len(), 1);
    }
    assert!(seconds > 3, "{seconds}");
}

#[test]
fn an_address_is_invited_once_however_many_ask_at_once() {
    for at in 0..30 {
        let world = World::new();
        let token = world.access_token(&ACME);
        let call = || inviting(&token, "a@b.test", "viewer");
        let (first, second) = world.race(call(), at, call());
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "at {at}");
        assert_eq!(world.platform.memory.mails().len(), 1);
    }
}

#[test]
fn sent_again_it_has_another_code_and_another_week() {
    let world = World::new();
    let id = id_of(&invite(&world, "a@b.test"));
    let old = code(&world);
    resend(&world, &id).is(problem("too_many_attempts")
        .header("retry-after", "60")
        .reason("resend_too_soon")
        .detail("It was sent a moment ago: wait 60 s."));
    world.pass_secs(INVITATION_PAUSE_SECS - 1);
    resend(&world, &id).is(problem("too_many_attempts")
        .header("retry-after", "1")
        .reason("resend_too_soon")
        .detail("It was sent a moment ago: wait 1 s."));
    world.pass_secs(1);
    let again = resend(&world, &id);
    let mut sent = view(&id, "a@b.test", "pending");
    sent["sent_count"] = json!(2);
    sent["sent_at"] = json!("2026-11-21T09:01:00Z");
    sent["expires_at"] = json!("2026-11-28T09:01:00Z");
    sent["delivery"] = json!("sent");
    again.is(answer(200, sent));
    assert_ne!(code(&world).reveal(), old.reveal());
    assert_eq!(world.count(&format!("SELECT 1 FROM invitations WHERE token_hash = '{}'", old.hash())), 0);
    assert_eq!(actions(&world), ["invitation.created", "invitation.resent"]);
}

#[test]
fn after_the_fifth_mail_it_is_not_sent_again() {
    let world = World::new();
    let id = id_of(&invite(&world, "a@b.test"));
    for _ in 1..MAX_INVITATION_SENDS {
        world.pass_secs(INVITATION_PAUSE_SECS);
        assert_eq!(resend(&world, &id).status, 200);
    }
    world.pass_secs(INVITATION_PAUSE_SECS);
    resend(&world, &id).is(problem("conflict").reason("send_limit_reached").detail(
        "It was sent 5 times. Revoke it and invite again, after asking whether the address is right.",
    ));
    assert_eq!(world.platform.memory.mails().len(), 5);
}

#[test]
fn an_expired_invitation_is_sent_again_where_there_is_room_and_replaced_by_a_new_one() {
    let world = World::new();
    let id = id_of(&invite(&world, "a@b.test"));
    world.pass_secs(INVITATION_SECS);
    let shown = world.send(get(&url(&id)).bearer(&world.access_token(&ACME)));
    assert_eq!(shown.json()["status"], "expired");
    set_seats(&world, "2");
    assert_eq!(resend(&world, &id).json()["code"], "seat_limit_reached");
    set_seats(&world, "3");
    assert_eq!(resend(&world, &id).status, 200);
    world.pass_secs(INVITATION_SECS);
    let second = id_of(&invite(&world, "a@b.test"));
    let list = |status: &str| {
        let call = get(&ACME.at(&format!("/v1/invitations?status={status}")));
        let list = world.send(call.bearer(&world.access_token(&ACME))).json();
        list["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!((list("pending"), list("revoked"), list("expired")), (vec![second], vec![id], vec![]));
    world.send(get(&ACME.at("/v1/invitations?status=lost")).bearer(&world.access_token(&ACME))).is(problem(
        "malformed_request",
    )
    .reason("not_one_of")
    .detail("`status` is one of `pending`, `expired`, `accepted`, `revoked`."));
}

#[test]
fn one_that_was_taken_back_is_over() {
    let world = World::new();
    let id = id_of(&invite(&world, "a@b.test"));
    let token = world.access_token(&ACME);
    world.send(delete(&url(&id)).bearer(&token)).is(answer(204, json!("")).without("content-type"));
    let over = || problem("gone").reason("invitation_revoked").detail("The invitation was taken back.");
    world.send(delete(&url(&id)).bearer(&token)).is(over());
    resend(&world, &id).is(over());
    let mut shown = view(&id, "a@b.test", "revoked");
    shown["ended_at"] = json!(NOW);
    world.send(get(&url(&id)).bearer(&token)).is(answer(200, shown));
    assert_eq!(actions(&world), ["invitation.created", "invitation.revoked"]);
}

#[test]
fn invitations_are_paged_newest_first() {
    let world = World::new();
    let mut ids: Vec<_> = (0..5)
        .map(|n| {
            world.pass_secs(1);
            id_of(&invite(&world, &format!("{n}@b.test")))
        })
        .collect();
    ids.reverse();
    let (mut query, mut seen) = ("?status=pending&limit=2".to_owned(), vec![]);
    loop {
        let call = get(&ACME.at(&format!("/v1/invitations{query}"))).bearer(&world.access_token(&ACME));
        let page = world.send(call);
        let body = page.json();
        seen.extend(
            body["data"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()),
        );
        let Some(next) = body["next_cursor"].as_str() else { break };
        query = format!("?status=pending&limit=2&cursor={next}");
        assert_eq!(page.header("link"), format!("</v1/invitations{query}>; rel=\"next\""));
    }
    assert_eq!(seen, ids);
}

#[test]
fn the_audit_log_has_no_address_of_whom_was_invited() {
    let world = World::new();
    invite(&world, "private@b.test");
    let entries = world.run(audit::following(&world.platform, &ACME.scope(), 0, 10)).unwrap();
    assert!(!format!("{entries:?}").contains("private"), "{entries:?}");
}
