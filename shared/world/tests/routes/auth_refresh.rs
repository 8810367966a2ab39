//! `POST /v1/auth/refresh`

use livery_domain::identity::credential::{Credential, CredentialKind};
use livery_world::{ACME, Answer, Call, GLOBEX, PASSWORD, World, answer, get, post, problem, put};
use serde_json::{Value as Json, json};

fn refresh(token: &str) -> Call {
    post("acme.livery.test/v1/auth/refresh").json(json!({ "refresh_token": token }))
}

fn text(answer: &Answer, name: &str) -> String {
    answer.json()[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", answer.whole())).to_owned()
}

/// Signs acme's owner in.
fn signed_in(world: &World) -> Answer {
    let call = post("acme.livery.test/v1/auth/login");
    let answer = world.send(call.json(json!({ "email": ACME.email, "password": PASSWORD })));
    assert_eq!(answer.status, 200, "{}", answer.whole());
    answer
}

fn outcomes(world: &World, access: &str) -> Vec<Json> {
    let page = world.send(get("acme.livery.test/v1/auth/sign-ins").bearer(access)).json();
    page["data"].as_array().unwrap().iter().map(|line| line["outcome"].clone()).collect()
}

#[test]
fn a_refresh_gives_the_next_tokens_of_the_same_session() {
    let world = World::new();
    let first = signed_in(&world);
    world.pass_secs(500);
    let next = world.send(refresh(&text(&first, "refresh_token")));
    next.is(answer(
        200,
        json!({
            "access_token": text(&next, "access_token"),
            "token_type": "Bearer",
            "expires_in": 600,
            "refresh_token": text(&next, "refresh_token"),
            "session_id": text(&first, "session_id"),
            "session_expires_at": "2026-12-21T09:00:00Z",
            "tenant": { "id": ACME.id, "key": "acme", "name": "Acme" },
            "role": "owner",
        }),
    ));
    assert_ne!(text(&next, "refresh_token"), text(&first, "refresh_token"));
    world.pass_secs(500);
    let me = get("acme.livery.test/v1/me");
    assert_eq!(world.send(me.clone().bearer(&text(&next, "access_token"))).status, 200);
    world.send(me.bearer(&text(&first, "access_token"))).is(problem("unauthenticated"));
}

#[test]
fn a_token_whose_answer_was_lost_may_come_again_within_30_seconds() {
    let world = World::new();
    let first = text(&signed_in(&world), "refresh_token");
    let lost = world.send(refresh(&first));
    world.pass_secs(30);
    let again = world.send(refresh(&first));
    assert_eq!((lost.status, again.status), (200, 200));
    // Both of what it gave go on.
    for next in [lost, again] {
        assert_eq!(world.send(refresh(&text(&next, "refresh_token"))).status, 200);
    }
}

#[test]
fn a_token_that_comes_again_later_ends_the_session_for_everybody_who_holds_it() {
    let world = World::new();
    let first = signed_in(&world);
    let stolen = text(&first, "refresh_token");
    let next = world.send(refresh(&stolen));
    world.pass_secs(31);
    world.send(refresh(&stolen)).is(problem("unauthenticated"));
    world.send(refresh(&text(&next, "refresh_token"))).is(problem("unauthenticated"));
    // A write is refused at once; a read within the token's ten minutes.
    let access = text(&next, "access_token");
    let write = put("acme.livery.test/v1/embed-policy").bearer(&access).header("if-match", "*");
    world.send(write.json(json!({ "origins": [] }))).is(problem("unauthenticated"));
    assert_eq!(world.send(get("acme.livery.test/v1/me").bearer(&access)).status, 200);
    assert_eq!(outcomes(&world, &access), ["refresh_reused", "signed_in"]);
}

#[test]
fn what_is_no_token_of_a_live_session_is_one_401() {
    let world = World::new();
    let signed = signed_in(&world);
    let token = text(&signed, "refresh_token");
    let console = Credential::new(CredentialKind::Console, [1; 32]);
    let unknown = Credential::new(CredentialKind::Refresh, [1; 32]);
    for bad in ["", "lvr_", &token[..52], &text(&signed, "access_token"), console.reveal(), unknown.reveal()]
    {
        world.send(refresh(bad)).is(problem("unauthenticated"));
    }
    let access = text(&signed, "access_token");
    assert_eq!(world.send(post("acme.livery.test/v1/auth/logout").bearer(&access)).status, 204);
    world.send(refresh(&token)).is(problem("unauthenticated"));
}

#[test]
fn a_token_of_another_tenant_is_nothing_here_and_is_not_used_up() {
    let world = World::new();
    let token = text(&signed_in(&world), "refresh_token");
    let elsewhere = post("globex.livery.test/v1/auth/refresh").json(json!({ "refresh_token": token }));
    world.send(elsewhere).is(problem("unauthenticated"));
    world.pass_secs(40);
    let at_platform = post("livery.test/v1/auth/refresh").json(json!({ "refresh_token": token }));
    assert_eq!(world.send(at_platform).status, 200, "at the platform's own host it says itself for whom");
}

#[test]
fn a_session_ends_after_30_days_however_often_it_is_refreshed() {
    let world = World::new();
    let mut token = text(&signed_in(&world), "refresh_token");
    for _ in 0..30 {
        world.pass_secs(86_400 - 1);
        token = text(&world.send(refresh(&token)), "refresh_token");
    }
    world.pass_secs(30);
    world.send(refresh(&token)).is(problem("unauthenticated"));
}

#[test]
fn the_next_token_has_the_role_as_it_is_now_and_who_left_gets_none() {
    let world = World::new();
    let token = text(&signed_in(&world), "refresh_token");
    let db = &world.platform.memory;
    db.execute_batch(&format!("UPDATE memberships SET role = 'viewer' WHERE user_id = '{}'", ACME.owner))
        .unwrap();
    let next = world.send(refresh(&token));
    assert_eq!(text(&next, "role"), "viewer");
    let write = put("acme.livery.test/v1/embed-policy").bearer(&text(&next, "access_token"));
    let write = write.header("if-match", "*").json(json!({ "origins": [] }));
    world.send(write).is(problem("forbidden"));
    db.execute_batch(&format!("DELETE FROM memberships WHERE user_id = '{}'", ACME.owner)).unwrap();
    world.send(refresh(&text(&next, "refresh_token"))).is(problem("unauthenticated"));
}

#[test]
fn a_tenant_that_was_given_up_lets_its_owner_in_and_nobody_else() {
    let world = World::new();
    let token = text(&signed_in(&world), "refresh_token");
    let db = &world.platform.memory;
    db.execute_batch(&format!("UPDATE tenants SET status = 'deactivated' WHERE id = '{}'", ACME.id)).unwrap();
    let next = world.send(refresh(&token));
    assert_eq!(next.status, 200, "{}", next.whole());
    db.execute_batch(&format!("UPDATE memberships SET role = 'admin' WHERE user_id = '{}'", ACME.owner))
        .unwrap();
    world.send(refresh(&text(&next, "refresh_token"))).is(problem("tenant_deactivated"));
    let login = post("acme.livery.test/v1/auth/login");
    let login = world.send(login.json(json!({ "email": ACME.email, "password": PASSWORD })));
    login.is(problem("tenant_deactivated"));
    // No other person's.
    let other = post("globex.livery.test/v1/auth/login");
    assert_eq!(world.send(other.json(json!({ "email": GLOBEX.email, "password": PASSWORD }))).status, 200);
}
