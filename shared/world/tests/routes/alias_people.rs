//! `/users/*` and `/api/v1/tenants/*`: people under the older systems' names.

use livery_domain::people::role::Role;
use livery_world::{
    ACME, Answer, Expected, GLOBEX, VIEWER, World, answer, delete, get, patch, post, problem, put,
};
use serde_json::{Value as Json, json};

const NOW: &str = "2026-11-21T09:00:00Z";
const IN_SEVEN_DAYS: &str = "2026-11-28T09:00:00Z";
const NOBODYS: &str = "ten_019aa52f0e80700080000000000000ff";
const NAMES: &str =
    "a role is one of TENANT_ADMIN, MANAGER, USER, VIEWER, owner, admin, manager, member, viewer";

fn tenant(id: &str, rest: &str) -> String {
    ACME.at(&format!("/api/v1/tenants/{id}{rest}"))
}

fn user(user: &str, name: &str, email: &str, role: &str) -> Json {
    json!({
        "id": user, "tenant_id": ACME.id, "name": name, "email": email, "role": role, "custom_role": null,
        "joined_at": NOW, "last_seen_at": NOW,
    })
}

fn the_viewer(role: &str) -> Json {
    user(VIEWER, "Acme Viewer", "viewer@acme.test", role)
}

fn text(answer: &Answer, name: &str) -> String {
    answer.json()[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", answer.whole())).to_owned()
}

fn set_role(world: &World, token: &str, who: &str, role: &str) -> Answer {
    world.send(put(&ACME.at(&format!("/users/{who}/role"))).bearer(token).json(json!({ "role": role })))
}

fn role_here(world: &World, who: &str) -> Json {
    let call = get(&ACME.at(&format!("/v1/members/{who}"))).bearer(&world.access_token(&ACME));
    world.send(call).json()["role"].clone()
}

fn invite(world: &World, url: &str, email: &str, role: &str) -> Answer {
    let call = post(url).bearer(&world.access_token(&ACME));
    world.send(call.json(json!({ "email": email, "role": role })))
}

fn last_owner() -> Expected {
    problem("last_owner")
        .reason("keep_an_owner")
        .detail("The tenant would be left without an owner: make somebody else an owner first.")
}

fn code(world: &World) -> String {
    let text = world.platform.memory.mails().pop().unwrap().text;
    let at = text.find("lvi_").unwrap();
    text[at..at + 53].to_owned()
}

#[test]
fn an_invitation_by_either_name_is_an_invitation_with_the_role_as_that_system_names_it() {
    let world = World::new();
    let (chat, call_centre) = (ACME.at("/users/invite"), tenant(ACME.id, "/members"));
    for (n, (url, sent, shown, role)) in [
        (&chat, "TENANT_ADMIN", "TENANT_ADMIN", "admin"),
        (&chat, "MANAGER", "MANAGER", "manager"),
        (&chat, "USER", "USER", "member"),
        (&chat, "VIEWER", "VIEWER", "viewer"),
        (&chat, "member", "USER", "member"),
        (&call_centre, "admin", "admin", "admin"),
        (&call_centre, "member", "member", "member"),
        (&call_centre, "viewer", "viewer", "viewer"),
    ]
    .into_iter()
    .enumerate()
    {
        let email = format!("guest{n}@nowhere.test");
        let made = invite(&world, url, &email, sent);
        let id = text(&made, "id");
        made.is(answer(
            201,
            json!({
                "id": id, "tenant_id": ACME.id, "email": email, "role": shown, "status": "pending",
                "expires_at": IN_SEVEN_DAYS, "delivery": "sent",
            }),
        ));
        let call = get(&ACME.at(&format!("/v1/invitations/{id}"))).bearer(&world.access_token(&ACME));
        let invitation = world.send(call).json();
        assert_eq!((&invitation["email"], &invitation["role"]), (&json!(email), &json!(role)));
    }
    for url in [chat, call_centre] {
        invite(&world, &url, "viewer@acme.test", "USER")
            .is(problem("already_exists").reason("already_in_team").detail("They are in the team already."));
        let refused = invite(&world, &url, "x@nowhere.test", "ROOT");
        assert_eq!(refused.status, 422);
        assert!(text(&refused, "detail").starts_with(NAMES), "{}", refused.whole());
        let call = post(&url).bearer(&world.viewer_token());
        world
            .send(call.json(json!({ "email": "x@nowhere.test", "role": "VIEWER" })))
            .is(problem("forbidden"));
    }
}

#[test]
fn an_invitation_is_accepted_once_and_signs_in() {
    let world = World::new();
    invite(&world, &ACME.at("/users/invite"), "guest@nowhere.test", "USER");
    let accept = json!({ "token": code(&world), "name": "Gus", "password": "correct horse battery" });
    let accepting = || post(&ACME.at("/users/accept-invitation")).json(accept.clone());
    let came = world.send(accepting());
    came.is(answer(
        201,
        json!({
            "access_token": text(&came, "access_token"), "token_type": "Bearer", "expires_in": 600,
            "refresh_token": text(&came, "refresh_token"), "session_id": text(&came, "session_id"),
            "session_expires_at": "2026-12-21T09:00:00Z", "device_token": text(&came, "device_token"),
            "tenant": { "id": ACME.id, "key": "acme", "name": "Acme" }, "role": "USER",
        }),
    ));
    let me = world.send(get(&ACME.at("/v1/me")).bearer(&text(&came, "access_token"))).json();
    assert_eq!((&me["email"], &me["role"]), (&json!("guest@nowhere.test"), &json!("member")));
    world
        .send(accepting())
        .is(problem("gone").reason("invitation_accepted").detail("The invitation was accepted."));
}

#[test]
fn the_team_is_listed_for_its_own_tenant_alone() {
    let world = World::new();
    let list =
        |of: &str| world.send(get(&ACME.at(&format!("/users/list/{of}"))).bearer(&world.access_token(&ACME)));
    let everybody = json!([user(ACME.owner, "Acme Owner", ACME.email, "TENANT_ADMIN"), the_viewer("VIEWER")]);
    list(ACME.id).is(answer(200, json!({ "data": everybody, "next_cursor": null })));
    for other in [GLOBEX.id, NOBODYS, "acme", "x"] {
        list(other).is(problem("not_found"));
    }
    let first = list(&format!("{}?limit=1", ACME.id));
    let cursor = text(&first, "next_cursor");
    let next = format!("</users/list/{}?limit=1&cursor={cursor}>; rel=\"next\"", ACME.id);
    assert_eq!(first.header("link"), next);
    let as_viewer = get(&ACME.at(&format!("/users/list/{}", ACME.id))).bearer(&world.viewer_token());
    world.send(as_viewer).is(problem("forbidden"));
}

#[test]
fn a_role_is_given_by_either_systems_name() {
    let world = World::new();
    let owner = world.access_token(&ACME);
    for (sent, shown, role) in [
        ("MANAGER", "MANAGER", "manager"),
        ("USER", "USER", "member"),
        ("TENANT_ADMIN", "TENANT_ADMIN", "admin"),
        ("owner", "TENANT_ADMIN", "owner"),
        ("viewer", "VIEWER", "viewer"),
    ] {
        set_role(&world, &owner, VIEWER, sent).is(answer(200, the_viewer(shown)));
        assert_eq!(role_here(&world, VIEWER), role);
    }
    let refused = set_role(&world, &owner, VIEWER, "root");
    assert_eq!((refused.status, refused.json()["code"].clone()), (422, json!("invalid_content")));
    set_role(&world, &owner, GLOBEX.owner, "USER").is(problem("not_found"));
    set_role(&world, &owner, "x", "USER").is(problem("not_found"));
    for role in ["USER", "VIEWER"] {
        set_role(&world, &world.viewer_token(), VIEWER, role).is(problem("forbidden"));
    }
}

#[test]
fn an_owner_sent_back_as_it_was_shown_stays_an_owner() {
    let world = World::new();
    let owner = world.access_token(&ACME);
    set_role(&world, &owner, VIEWER, "owner");
    set_role(&world, &owner, VIEWER, "TENANT_ADMIN").is(answer(200, the_viewer("TENANT_ADMIN")));
    assert_eq!(role_here(&world, VIEWER), "owner");
    // By its own name it is meant.
    set_role(&world, &owner, VIEWER, "admin").is(answer(200, the_viewer("TENANT_ADMIN")));
    assert_eq!(role_here(&world, VIEWER), "admin");
    set_role(&world, &owner, ACME.owner, "USER").is(last_owner());
}

#[test]
fn a_role_of_the_tenants_own_is_shown_beside_the_least_name_and_is_left_by_any_name() {
    let world = World::new();
    let (role, _) = world.role_and_grant(&ACME, VIEWER);
    let owner = world.access_token(&ACME);
    let give = patch(&ACME.at(&format!("/v1/members/{VIEWER}"))).bearer(&owner);
    assert_eq!(world.send(give.json(json!({ "custom_role": role }))).status, 200);
    let listed = world.send(get(&ACME.at(&format!("/users/list/{}", ACME.id))).bearer(&owner)).json();
    let mut shown = the_viewer("VIEWER");
    shown["custom_role"] = json!({ "id": role, "name": "Writer" });
    assert_eq!(listed["data"][1], shown);
    set_role(&world, &owner, VIEWER, "VIEWER").is(answer(200, the_viewer("VIEWER")));
}

#[test]
fn a_person_is_removed_by_id() {
    let world = World::new();
    let (_, admin) = world.colleague(1, Role::Admin);
    let remove =
        |token: &str, who: &str| world.send(delete(&ACME.at(&format!("/users/{who}"))).bearer(token));
    remove(&admin, ACME.owner).is(problem("forbidden")
        .reason("owners_only")
        .detail("Only an owner makes, changes or removes owners."));
    assert_eq!(remove(&admin, VIEWER).status, 204);
    for gone in [VIEWER, GLOBEX.owner, "x"] {
        remove(&admin, gone).is(problem("not_found"));
    }
    remove(&world.access_token(&ACME), ACME.owner).is(last_owner());
}

#[test]
fn a_person_or_a_pending_invitation_is_removed_by_email() {
    let world = World::new();
    let owner = world.access_token(&ACME);
    let remove = |token: &str, of: &str, email: &str| {
        world.send(delete(&tenant(of, &format!("/members/{email}"))).bearer(token))
    };
    for of in [GLOBEX.id, NOBODYS, "x"] {
        for email in ["viewer@acme.test", "viewer@globex.test", "nobody@nowhere.test"] {
            remove(&owner, of, email).is(problem("not_found"));
        }
    }
    for email in [ACME.email, "nobody@nowhere.test"] {
        remove(&world.viewer_token(), ACME.id, email).is(problem("forbidden"));
    }
    assert_eq!(remove(&owner, ACME.id, "Viewer%40acme.test").status, 204);
    for nobody in ["viewer@acme.test", GLOBEX.email, "x", "%ff@acme.test"] {
        remove(&owner, ACME.id, nobody).is(problem("not_found"));
    }
    let made = invite(&world, &tenant(ACME.id, "/members"), "guest@nowhere.test", "member");
    assert_eq!(remove(&owner, ACME.id, "guest@nowhere.test").status, 204);
    let call = get(&ACME.at(&format!("/v1/invitations/{}", text(&made, "id")))).bearer(&owner);
    assert_eq!(world.send(call).json()["status"], "revoked");
    remove(&owner, ACME.id, "guest@nowhere.test").is(problem("not_found"));
    remove(&owner, ACME.id, ACME.email).is(last_owner());
    let lines = world.platform.log_lines().join("\n");
    assert!(lines.contains("\"path\":\"/api/v1/tenants/{tenant_id}/members/{email}\""), "{lines}");
    assert!(!lines.contains('@') && !lines.contains("%40"), "{lines}");
}

#[test]
fn whoever_is_in_two_tenants_sees_both_and_switches() {
    let world = World::new();
    let join = format!(
        "INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES ('{}', '{}', 'manager', 1795251600000)",
        GLOBEX.id, ACME.owner
    );
    let owner = world.access_token(&ACME);
    let switch = |to: &str| world.send(post(&tenant(to, "/switch")).bearer(&owner));
    for other in [GLOBEX.id, NOBODYS, "x"] {
        switch(other).is(problem("not_found"));
    }
    world.platform.memory.execute_batch(&join).unwrap();
    let one = |id: &str, key: &str, name: &str, role: &str| {
        json!({
            "id": id, "key": key, "name": name, "status": "active", "host": format!("{key}.livery.test"),
            "role": role, "custom_role": null, "joined_at": NOW, "current": id == ACME.id,
        })
    };
    let both = json!([one(ACME.id, "acme", "Acme", "admin"), one(GLOBEX.id, "globex", "Globex", "member"),]);
    world
        .send(get(&ACME.at("/api/v1/tenants")).bearer(&owner))
        .is(answer(200, json!({ "data": both, "next_cursor": null })));
    let there = switch(GLOBEX.id);
    there.is(answer(
        200,
        json!({
            "access_token": text(&there, "access_token"), "token_type": "Bearer", "expires_in": 600,
            "refresh_token": text(&there, "refresh_token"), "session_id": text(&there, "session_id"),
            "session_expires_at": "2026-12-21T09:00:00Z",
            "tenant": { "id": GLOBEX.id, "key": "globex", "name": "Globex" }, "role": "member",
        }),
    ));
    let me = world.send(get("globex.livery.test/v1/me").bearer(&text(&there, "access_token"))).json();
    assert_eq!(me["role"], "manager");
}
