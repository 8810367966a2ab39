//! `/v1/permissions`, `/v1/roles`, `/v1/grants`

use livery_domain::people::{
    permission::Permission,
    role::Role,
    team::{INVITATION_SECS, MAX_CUSTOM_ROLES},
};
use livery_world::{ACME, Answer, GLOBEX, VIEWER, World, answer, delete, get, patch, post, problem, put};
use serde_json::{Value as Json, json};

/// Acme with the feature.
fn world() -> World {
    let world = World::new();
    world.allow_custom_roles(&ACME);
    world
}

fn make(world: &World, token: &str, name: &str, permissions: Json) -> Answer {
    let call = post(&ACME.at("/v1/roles")).bearer(token);
    world.send(call.json(json!({ "name": name, "permissions": permissions })))
}

fn made(world: &World, name: &str, permissions: Json) -> String {
    let answer = make(world, &world.access_token(&ACME), name, permissions);
    assert_eq!(answer.status, 201, "{}", answer.whole());
    answer.json()["id"].as_str().unwrap().to_owned()
}

fn url(id: &str) -> String {
    ACME.at(&format!("/v1/roles/{id}"))
}

fn assign(world: &World, user: &str, body: Json) -> Answer {
    let call = patch(&ACME.at(&format!("/v1/members/{user}"))).bearer(&world.access_token(&ACME));
    world.send(call.json(body))
}

#[test]
fn the_table_of_permissions_is_shown_to_every_member() {
    let world = World::new();
    let table = world.send(get(&ACME.at("/v1/permissions")).bearer(&world.viewer_token()));
    let data = table.json()["data"].as_array().unwrap().clone();
    assert_eq!((table.status, data.len()), (200, Permission::ALL.len()));
    assert_eq!(
        data[0],
        json!({ "permission": "tenant.read", "roles": ["owner", "admin", "manager", "member", "viewer"] })
    );
}

#[test]
fn a_role_is_made_listed_after_the_built_in_ones_changed_and_removed() {
    let world = world();
    let token = world.access_token(&ACME);
    let id = made(&world, " Writer ", json!(["brand.edit", "brand.read", "brand.read"]));
    let view = |name: &str, permissions: Json| {
        json!({
            "id": id, "name": name, "permissions": permissions, "members": 0, "invitations": 0,
            "updated_at": "2026-11-21T09:00:00Z",
        })
    };
    let first = view("Writer", json!(["brand.read", "brand.edit"]));
    world.send(get(&url(&id)).bearer(&token)).is(answer(200, first.clone()));
    let list = world.send(get(&ACME.at("/v1/roles")).bearer(&token)).json();
    assert_eq!((list["data"].as_array().unwrap().len(), &list["data"][5]), (6, &first));
    assert_eq!(list["data"][4]["name"], "viewer");
    let change = |body: Json| world.send(patch(&url(&id)).bearer(&token).json(body));
    change(json!({ "name": "Author" })).is(answer(200, view("Author", json!(["brand.read", "brand.edit"]))));
    change(json!({ "permissions": [] })).is(answer(200, view("Author", json!([]))));
    world.send(delete(&url(&id)).bearer(&token)).is(answer(204, json!("")).without("content-type"));
    world.send(get(&url(&id)).bearer(&token)).is(problem("not_found"));
    world.send(delete(&url(&id)).bearer(&token)).is(problem("not_found"));
}

#[test]
fn custom_roles_are_a_feature_of_the_plan_and_can_be_removed_without_it() {
    let world = World::new();
    let refused = make(&world, &world.access_token(&ACME), "Writer", json!([]));
    assert_eq!((refused.status, refused.json()["code"].clone()), (403, json!("feature_not_in_plan")));
    world.allow_custom_roles(&ACME);
    let id = made(&world, "Writer", json!([]));
    world.platform.memory.execute_batch("DELETE FROM flag_overrides").unwrap();
    let token = world.access_token(&ACME);
    let change = world.send(patch(&url(&id)).bearer(&token).json(json!({ "name": "Author" })));
    assert_eq!(change.json()["code"], "feature_not_in_plan");
    assert_eq!(world.send(delete(&url(&id)).bearer(&token)).status, 204);
}

#[test]
fn what_is_no_role_is_refused() {
    let world = world();
    let token = world.access_token(&ACME);
    for name in ["", "  ", "a\nb", &"x".repeat(101)] {
        make(&world, &token, name, json!([])).is(problem("invalid_content").fault(
            "/name",
            "invalid_name",
            "A name has 1 to 100 characters on one line.",
        ));
    }
    make(&world, &token, "Owner", json!([])).is(problem("invalid_content").fault(
        "/name",
        "name_reserved",
        "A built-in role has this name.",
    ));
    make(&world, &token, "Writer", json!(["brand.read", "root"])).is(problem("invalid_content").fault(
        "/permissions/1",
        "unknown_permission",
        "GET /v1/permissions lists what there is.",
    ));
    let id = made(&world, "Writer", json!([]));
    make(&world, &token, "WRITER", json!([]))
        .is(problem("already_exists").reason("name_taken").detail(&format!("{id} has this name already.")));
    for n in 1..MAX_CUSTOM_ROLES {
        made(&world, &format!("Role {n}"), json!([]));
    }
    make(&world, &token, "One more", json!([])).is(problem("conflict")
        .reason("role_limit_reached")
        .detail("A tenant has at most 20 roles of its own."));
}

#[test]
fn nobody_makes_or_changes_a_role_beyond_its_own() {
    let world = world();
    let (_, admin) = world.colleague(1, Role::Admin);
    let (_, manager) = world.colleague(2, Role::Manager);
    make(&world, &manager, "Writer", json!([])).is(problem("forbidden"));
    let beyond = || {
        problem("forbidden")
            .reason("exceeds_own_permissions")
            .detail("Nobody gives what they don't have: the role has permissions that yours lacks.")
    };
    make(&world, &admin, "Boss", json!(["tenant.status"])).is(beyond());
    let id = made(&world, "Boss", json!(["tenant.status"]));
    let above = || {
        problem("forbidden")
            .reason("target_exceeds_own_permissions")
            .detail("The member has permissions that you lack: ask a member who has them.")
    };
    world.send(patch(&url(&id)).bearer(&admin).json(json!({ "permissions": [] }))).is(above());
    world.send(delete(&url(&id)).bearer(&admin)).is(above());
}

#[test]
fn a_role_counts_for_whoever_has_it_and_stays_while_anybody_does() {
    let world = world();
    let id = made(&world, "Policy", json!(["embed_policy.edit"]));
    let given = assign(&world, VIEWER, json!({ "custom_role": id }));
    assert_eq!(
        (given.status, given.json()["custom_role"].clone(), given.json()["role"].clone()),
        (200, json!({ "id": id, "name": "Policy" }), json!("viewer"))
    );
    let write = || {
        let call = put(&ACME.at("/v1/embed-policy")).bearer(&world.viewer_token());
        world.send(call.header("if-match", "*").json(json!({ "origins": [] }))).status
    };
    assert_eq!(write(), 200);
    let token = world.access_token(&ACME);
    world.send(patch(&url(&id)).bearer(&token).json(json!({ "permissions": [] })));
    assert_eq!(write(), 403);
    let in_use = |members: u32, invitations: u32| {
        problem("in_use").detail(&format!(
            "{members} members and {invitations} invitations have it: give them another role first."
        ))
    };
    world.send(delete(&url(&id)).bearer(&token)).is(in_use(1, 0));
    let invite = post(&ACME.at("/v1/invitations")).bearer(&token);
    assert_eq!(world.send(invite.json(json!({ "email": "a@b.test", "custom_role": id }))).status, 201);
    assert_eq!(assign(&world, VIEWER, json!({ "role": "viewer" })).status, 200);
    world.send(delete(&url(&id)).bearer(&token)).is(in_use(0, 1));
    // An invitation that ran out does not hold it, and can't come back with it.
    world.pass_secs(INVITATION_SECS);
    assert_eq!(world.send(delete(&url(&id)).bearer(&world.access_token(&ACME))).status, 204);
    assert_eq!(
        world.count("SELECT 1 FROM invitations WHERE status = 'revoked' AND custom_role_id IS NULL"),
        1
    );
}

#[test]
fn a_role_that_is_given_while_it_is_removed_is_one_or_the_other() {
    let mut removed = 0;
    for at in 0..8 {
        let world = world();
        let id = made(&world, "Writer", json!([]));
        let token = world.access_token(&ACME);
        let give = patch(&ACME.at(&format!("/v1/members/{VIEWER}"))).bearer(&token);
        let (gone, given) =
            world.race(delete(&url(&id)).bearer(&token), at, give.json(json!({ "custom_role": id })));
        assert!((gone.status == 204) != (given.status == 200), "at {at}: {}{}", gone.whole(), given.whole());
        removed += u32::from(gone.status == 204);
    }
    assert!(removed > 0 && removed < 8, "{removed}");
}

fn grant(world: &World, token: &str, user: &str, permission: &str, resource: &str) -> Answer {
    let body = json!({ "user_id": user, "permission": permission, "resource": resource });
    world.send(post(&ACME.at("/v1/grants")).bearer(token).json(body))
}

#[test]
fn a_grant_opens_one_object_and_closes_with_it() {
    let world = world();
    let token = world.access_token(&ACME);
    let (one, other) = (made(&world, "One", json!([])), made(&world, "Other", json!([])));
    let rename = |id: &str, name: &str| {
        world.send(patch(&url(id)).bearer(&world.viewer_token()).json(json!({ "name": name }))).status
    };
    assert_eq!(rename(&one, "Mine"), 403);
    let granted = grant(&world, &token, VIEWER, "roles.manage", &one);
    let id = granted.json()["id"].as_str().unwrap().to_owned();
    let view = json!({
        "id": id, "user_id": VIEWER, "permission": "roles.manage", "resource": one,
        "created_at": "2026-11-21T09:00:00Z",
    });
    granted.is(answer(201, view.clone()));
    assert_eq!((rename(&one, "Mine"), rename(&other, "Mine too")), (200, 403));
    // Not beyond what the person has: a grant on a role is none of its permissions.
    let more = patch(&url(&one)).bearer(&world.viewer_token()).json(json!({ "permissions": ["audit.read"] }));
    assert_eq!(world.send(more).status, 403);
    let list =
        |query: &str, token: &str| world.send(get(&ACME.at(&format!("/v1/grants{query}"))).bearer(token));
    list("", &token).is(answer(200, json!({ "data": [view], "next_cursor": null })));
    let own = list(&format!("?user_id={VIEWER}"), &world.viewer_token());
    own.is(answer(200, json!({ "data": [view], "next_cursor": null })));
    list("", &world.viewer_token()).is(problem("forbidden"));
    list(&format!("?user_id={}", ACME.owner), &token)
        .is(answer(200, json!({ "data": [], "next_cursor": null })));
    grant(&world, &token, VIEWER, "roles.manage", &one)
        .is(problem("already_exists").reason("already_granted").detail(&format!("{id} says so already.")));
    let gone = world.send(delete(&ACME.at(&format!("/v1/grants/{id}"))).bearer(&token));
    gone.is(answer(204, json!("")).without("content-type"));
    assert_eq!(rename(&one, "Theirs"), 403);
}

#[test]
fn a_grant_is_of_a_member_on_an_object_that_is_there() {
    let world = world();
    let token = world.access_token(&ACME);
    let role = made(&world, "One", json!([]));
    let nobody = "usr_019aa52f0e807000800000000000dead";
    let nothing = "rol_019aa52f0e807000800000000000dead";
    grant(&world, &token, nobody, "roles.manage", &role).is(problem("not_found"));
    grant(&world, &token, GLOBEX.owner, "roles.manage", &role).is(problem("not_found"));
    grant(&world, &token, VIEWER, "roles.manage", nothing).is(problem("not_found"));
    let (theirs, _) = world.role_and_grant(&GLOBEX, GLOBEX.owner);
    grant(&world, &token, VIEWER, "roles.manage", &theirs).is(problem("not_found"));
    let senseless = "On a key: `api_keys.read` or `api_keys.manage`. On a role: `roles.manage`.";
    for (permission, resource) in [("brand.edit", role.as_str()), ("root", &role), ("roles.manage", "x")] {
        grant(&world, &token, VIEWER, permission, resource).is(problem("invalid_content").fault(
            "/permission",
            "not_grantable",
            senseless,
        ));
    }
    let (_, manager) = world.colleague(1, Role::Manager);
    grant(&world, &manager, VIEWER, "roles.manage", &role).is(problem("forbidden"));
}

#[test]
fn who_leaves_loses_its_grants_and_who_comes_back_has_none() {
    let world = world();
    let role = made(&world, "One", json!([]));
    grant(&world, &world.access_token(&ACME), VIEWER, "roles.manage", &role);
    assert_eq!(world.count("SELECT 1 FROM grants"), 1);
    world.send(delete(&ACME.at(&format!("/v1/members/{VIEWER}"))).bearer(&world.access_token(&ACME)));
    assert_eq!(world.count("SELECT 1 FROM grants"), 0);
}
