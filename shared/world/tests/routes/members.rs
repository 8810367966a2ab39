//! `/v1/members`

use livery_domain::{id::UserId, people::role::Role};
use livery_store::operations::audit;
use livery_world::{
    ACME, Answer, GLOBEX, VIEWER, VIEWER_SESSION, World, answer, delete, get, patch, post, problem, put,
};
use serde_json::{Value as Json, json};

const NOW: &str = "2026-11-21T09:00:00Z";

fn url(user: &str) -> String {
    ACME.at(&format!("/v1/members/{user}"))
}

fn set_role(world: &World, token: &str, user: &str, role: &str) -> Answer {
    world.send(patch(&url(user)).bearer(token).json(json!({ "role": role })))
}

fn person(user: &str, name: &str, email: &str, role: &str) -> Json {
    json!({
        "user_id": user, "name": name, "email": email, "role": role, "custom_role": null,
        "joined_at": NOW, "last_seen_at": NOW,
    })
}

fn the_viewer(role: &str) -> Json {
    person(VIEWER, "Acme Viewer", "viewer@acme.test", role)
}

/// Actions of acme's audit log, oldest first, each with before and after.
fn logged(world: &World) -> Vec<(String, String, Option<String>, Option<String>)> {
    let entries = world.run(audit::following(&world.platform, &ACME.scope(), 0, 100)).unwrap();
    entries.into_iter().map(|entry| (entry.action, entry.target, entry.before, entry.after)).collect()
}

#[test]
fn everybody_in_the_team_is_listed_in_the_order_of_joining() {
    let world = World::new();
    let everybody = json!([person(ACME.owner, "Acme Owner", ACME.email, "owner"), the_viewer("viewer"),]);
    world
        .send(get(&ACME.at("/v1/members")).bearer(&world.access_token(&ACME)))
        .is(answer(200, json!({ "data": everybody, "next_cursor": null })));
}

#[test]
fn pages_of_members_follow_their_cursor_without_gap_or_repeat() {
    let world = World::new();
    for n in 1..=5 {
        world.colleague(n, Role::Member);
    }
    let (mut cursor, mut seen) = (String::new(), vec![]);
    loop {
        let page = world
            .send(get(&ACME.at(&format!("/v1/members?limit=3{cursor}"))).bearer(&world.access_token(&ACME)));
        let body = page.json();
        seen.extend(body["data"].as_array().unwrap().iter().map(|one| one["user_id"].clone()));
        let Some(next) = body["next_cursor"].as_str() else { break };
        assert_eq!(page.header("link"), format!("</v1/members?limit=3&cursor={next}>; rel=\"next\""));
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen.len(), 7);
    let mut once = seen.clone();
    once.dedup();
    assert_eq!(once, seen);
    for bad in ["x", "1", "1.2", "-1.usr_019aa52f0e80700080000000000000b1", "."] {
        let call = get(&ACME.at(&format!("/v1/members?cursor={bad}"))).bearer(&world.access_token(&ACME));
        world
            .send(call)
            .is(problem("malformed_request").reason("invalid_cursor").detail("`cursor` is not one of ours."));
    }
}

#[test]
fn a_viewer_sees_itself_and_nobody_else() {
    let world = World::new();
    let token = world.viewer_token();
    world.send(get(&url(VIEWER)).bearer(&token)).is(answer(200, the_viewer("viewer")));
    world.send(get(&url(ACME.owner)).bearer(&token)).is(problem("forbidden"));
    world.send(get(&ACME.at("/v1/members")).bearer(&token)).is(problem("forbidden"));
}

#[test]
fn a_new_role_counts_for_the_next_write() {
    let world = World::new();
    let policy = || {
        put(&ACME.at("/v1/embed-policy"))
            .bearer(&world.viewer_token())
            .header("if-match", "*")
            .json(json!({ "origins": [] }))
    };
    world.send(policy()).is(problem("forbidden"));
    set_role(&world, &world.access_token(&ACME), VIEWER, "manager").is(answer(200, the_viewer("manager")));
    assert_eq!(world.send(policy()).status, 200);
    set_role(&world, &world.access_token(&ACME), VIEWER, "viewer").is(answer(200, the_viewer("viewer")));
    world.send(policy()).is(problem("forbidden"));
    let log = logged(&world);
    let role = |name: &str| Some(json!({ "role": name }).to_string());
    let changed = |from, to| ("member.role_changed".to_owned(), VIEWER.to_owned(), role(from), role(to));
    assert_eq!((&log[0], &log[2]), (&changed("viewer", "manager"), &changed("manager", "viewer")));
}

#[test]
fn the_role_that_somebody_has_already_is_no_change() {
    let world = World::new();
    set_role(&world, &world.access_token(&ACME), VIEWER, "viewer").is(answer(200, the_viewer("viewer")));
    assert_eq!(logged(&world), []);
}

#[test]
fn a_choice_names_one_role_that_is_there() {
    let world = World::new();
    let choose = |body: Json| world.send(patch(&url(VIEWER)).bearer(&world.access_token(&ACME)).json(body));
    let one =
        || problem("invalid_content").fault("/role", "wrong_shape", "Name either `role` or `custom_role`.");
    choose(json!({})).is(one());
    choose(json!({ "role": "admin", "custom_role": "rol_019aa52f0e80700080000000000000e1" })).is(one());
    choose(json!({ "custom_role": "rol_019aa52f0e80700080000000000000e1" })).is(
        problem("invalid_content").fault("/custom_role", "does_not_exist", "There is no such role here.")
    );
    for bad in [json!({ "role": "root" }), json!({ "role": "" }), json!({ "custom_role": "x" }), json!([])] {
        let refused = choose(bad);
        assert_eq!((refused.status, refused.json()["code"].clone()), (422, json!("invalid_content")));
    }
}

#[test]
fn only_owners_make_and_unmake_owners() {
    let world = World::new();
    let (admin, token) = world.colleague(1, Role::Admin);
    let refused = || {
        problem("forbidden").reason("owners_only").detail("Only an owner makes, changes or removes owners.")
    };
    set_role(&world, &token, VIEWER, "owner").is(refused());
    set_role(&world, &token, &admin.to_string(), "owner").is(refused());
    set_role(&world, &token, ACME.owner, "viewer").is(refused());
    world.send(delete(&url(ACME.owner)).bearer(&token)).is(refused());
    set_role(&world, &token, VIEWER, "admin").is(answer(200, the_viewer("admin")));
}

#[test]
fn who_may_not_manage_changes_and_removes_nobody() {
    let world = World::new();
    let (_, token) = world.colleague(1, Role::Manager);
    set_role(&world, &token, VIEWER, "member").is(problem("forbidden"));
    world.send(delete(&url(VIEWER)).bearer(&token)).is(problem("forbidden"));
}

#[test]
fn a_removed_member_is_signed_out_at_once_and_gone() {
    let world = World::new();
    let token = world.access_token(&ACME);
    let gone = world.send(delete(&url(VIEWER)).bearer(&token));
    gone.is(answer(204, json!("")).without("content-type"));
    let write = put(&ACME.at("/v1/embed-policy"))
        .bearer(&world.viewer_token())
        .header("if-match", "*")
        .json(json!({ "origins": [] }));
    world.send(write).is(problem("unauthenticated"));
    world.send(get(&url(VIEWER)).bearer(&token)).is(problem("not_found"));
    world.send(delete(&url(VIEWER)).bearer(&token)).is(problem("not_found"));
    set_role(&world, &token, VIEWER, "admin").is(problem("not_found"));
    let login = post(&ACME.at("/v1/auth/login"))
        .json(json!({ "email": "viewer@acme.test", "password": livery_world::PASSWORD }));
    world.send(login).is(problem("invalid_credentials"));
    let before = Some(json!({ "role": "viewer" }).to_string());
    assert_eq!(logged(&world), [("member.removed".into(), VIEWER.into(), before, None)]);
    let sql = format!("SELECT 1 FROM sessions WHERE id = '{VIEWER_SESSION}' AND ended_why = 'removed'");
    assert_eq!(world.count(&sql), 1);
}

#[test]
fn anybody_may_leave_but_the_last_owner() {
    let world = World::new();
    let left = world.send(delete(&url(VIEWER)).bearer(&world.viewer_token()));
    left.is(answer(204, json!("")).without("content-type"));
    assert_eq!(logged(&world)[0].0, "member.left");
    let stays = || {
        problem("last_owner")
            .reason("keep_an_owner")
            .detail("The tenant would be left without an owner: make somebody else an owner first.")
    };
    let token = world.access_token(&ACME);
    world.send(delete(&url(ACME.owner)).bearer(&token)).is(stays());
    set_role(&world, &token, ACME.owner, "admin").is(stays());
    let (other, _) = world.colleague(1, Role::Member);
    assert_eq!(set_role(&world, &token, &other.to_string(), "owner").status, 200);
    assert_eq!(world.send(delete(&url(ACME.owner)).bearer(&token)).status, 204);
}

#[test]
fn nobody_is_found_under_a_name_that_is_no_id() {
    let world = World::new();
    let token = world.access_token(&ACME);
    for name in ["x", "usr_", GLOBEX.owner, ACME.id, "usr_019AA52F0E80700080000000000000B1"] {
        world.send(get(&url(name)).bearer(&token)).is(problem("not_found"));
        set_role(&world, &token, name, "viewer").is(problem("not_found"));
        world.send(delete(&url(name)).bearer(&token)).is(problem("not_found"));
    }
}

/// More calls than any of these requests makes.
const AT_MOST_CALLS: u64 = 8;

#[test]
fn of_two_owners_who_demote_each_other_at_once_one_stays() {
    let mut refused = 0;
    for at in 0..AT_MOST_CALLS {
        let world = World::new();
        let (other, others_token) = world.colleague(1, Role::Owner);
        let demote =
            |token: &str, user: &str| patch(&url(user)).bearer(token).json(json!({ "role": "admin" }));
        let (first, second) = world.race(
            demote(&world.access_token(&ACME), &other.to_string()),
            at,
            demote(&others_token, ACME.owner),
        );
        let left = owners(&world);
        assert_eq!(left.len(), 1, "at {at}: {}{}", first.whole(), second.whole());
        let won = [&first, &second].map(|answer| answer.status == 200);
        assert!(won == [true, false] || won == [false, true], "{}{}", first.whole(), second.whole());
        refused += u64::from(!won[0]);
        // Who lost is no owner any more, or the last one, whenever it was asked.
        let lost = if won[0] { second } else { first };
        assert!([401, 403, 409].contains(&lost.status), "{}", lost.whole());
    }
    // The request that is held before any of its three trips loses.
    assert_eq!(refused, 3);
}

#[test]
fn of_two_owners_who_leave_at_once_one_stays() {
    let mut refused = 0;
    for at in 0..AT_MOST_CALLS {
        let world = World::new();
        let (other, others_token) = world.colleague(1, Role::Owner);
        let (first, second) = world.race(
            delete(&url(ACME.owner)).bearer(&world.access_token(&ACME)),
            at,
            delete(&url(&other.to_string())).bearer(&others_token),
        );
        let (won, lost) = if first.status == 204 { (first, second) } else { (second, first) };
        won.is(answer(204, json!("")).without("content-type"));
        lost.is(problem("last_owner")
            .reason("keep_an_owner")
            .detail("The tenant would be left without an owner: make somebody else an owner first."));
        let sql = format!("SELECT 1 FROM memberships WHERE tenant_id = '{}' AND role = 'owner'", ACME.id);
        assert_eq!(world.count(&sql), 1);
        refused += 1;
    }
    assert_eq!(refused, AT_MOST_CALLS);
}

fn owners(world: &World) -> Vec<UserId> {
    let members =
        world.send(get(&ACME.at("/v1/members?limit=100")).bearer(&world.access_token(&ACME))).json();
    let owners = members["data"].as_array().unwrap().iter().filter(|one| one["role"] == "owner");
    owners.map(|one| one["user_id"].as_str().unwrap().parse().unwrap()).collect()
}
