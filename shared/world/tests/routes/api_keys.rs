//! `/v1/api-keys`, and what comes with a key.

use livery_domain::{
    identity::credential::{Credential, CredentialKind},
    people::permission::Permission,
};
use livery_world::{ACME, Answer, Call, GLOBEX, NOW, VIEWER, World, answer, delete, get, post, problem, put};
use serde_json::{Value as Json, json};

const URL: &str = "acme.livery.test/v1/api-keys";
const OWNER: &str = ACME.owner;

fn make(world: &World, body: Json) -> Answer {
    world.send(post(URL).bearer(&world.access_token(&ACME)).json(body))
}

/// Id and text of a new key of acme.
fn key(world: &World, scopes: &[&str]) -> (String, String) {
    parts(&world.make_key(&ACME, json!({ "name": "CI", "scopes": scopes })))
}

fn parts(made: &Json) -> (String, String) {
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    (text("id"), text("key"))
}

fn one(id: &str) -> String {
    format!("{URL}/{id}")
}

fn rotate(world: &World, id: &str, body: Json) -> Answer {
    world.send(post(&format!("{URL}/{id}/rotate")).bearer(&world.access_token(&ACME)).json(body))
}

fn shown(world: &World, id: &str) -> Json {
    world.send(get(&one(id)).bearer(&world.access_token(&ACME))).json()
}

/// What a program is told that reads the tenant with this key.
fn with_key(key: &str) -> Call {
    get(&ACME.at("/v1/me")).header("x-api-key", key)
}

fn audited(world: &World) -> Vec<(String, String)> {
    let scope = ACME.scope();
    let entries = livery_store::operations::audit::following(&world.platform, &scope, 0, 100);
    world.run(entries).unwrap().into_iter().map(|entry| (entry.action, entry.actor)).collect()
}

#[test]
fn a_key_is_shown_once_and_then_known_by_its_hint() {
    let world = World::new();
    let made =
        make(&world, json!({ "name": " Deploys ", "scopes": ["flags.read", "brand.read", "brand.read"] }));
    let (id, text) = parts(&made.json());
    assert!(Credential::parse(CredentialKind::ApiKey, &text).is_ok(), "{text}");
    let details = json!({
        "id": id,
        "name": "Deploys",
        "hint": &text[..8],
        "scopes": ["flags.read", "brand.read"],
        "status": "active",
        "created_by": OWNER,
        "created_at": "2026-11-21T09:00:00Z",
        "expires_at": null,
        "last_used_at": null,
        "revoked_at": null,
        "replaced_by": null,
    });
    let mut whole = details.clone();
    whole["key"] = json!(text);
    made.is(answer(201, whole));
    let token = world.access_token(&ACME);
    world.send(get(&one(&id)).bearer(&token)).is(answer(200, details.clone()));
    world.send(get(URL).bearer(&token)).is(answer(200, json!({ "data": [details], "next_cursor": null })));
    assert_eq!(audited(&world), [("api_key.created".to_owned(), OWNER.to_owned())]);
}

#[test]
fn neither_the_database_nor_the_audit_log_holds_the_text() {
    let world = World::new();
    let (id, text) = key(&world, &["brand.read"]);
    rotate(&world, &id, json!({}));
    let scope = ACME.scope();
    let entries =
        world.run(livery_store::operations::audit::following(&world.platform, &scope, 0, 10)).unwrap();
    let stored = world.run(livery_store::identity::api_keys::with_hash(&world.platform, &text)).unwrap();
    assert!(stored.is_none());
    assert_eq!(entries.len(), 2);
    assert!(!format!("{entries:?}").contains(&text[8..]));
}

#[test]
fn a_key_may_do_what_its_scopes_say_and_no_more() {
    let world = World::new();
    let (id, text) = key(&world, &["flags.read", "brand.edit"]);
    for call in [
        get(&ACME.at("/v1/me")).header("x-api-key", &text),
        get(&ACME.at("/v1/me")).bearer(&text),
        get("livery.test/v1/me").bearer(&text),
    ] {
        let me = world.send(call).json();
        assert_eq!(
            (&me["tenant_id"], &me["user_id"], &me["role"]),
            (&json!(ACME.id), &Json::Null, &Json::Null)
        );
    }
    assert_eq!(world.send(get(&ACME.at("/v1/flags")).bearer(&text)).status, 200);
    let draft = |world: &World| {
        let call = Call::of("PATCH", &ACME.at("/v1/branding")).header("x-api-key", &text);
        world.send(call.header("if-match", "\"0\"").json(json!({ "texts": { "title": "By a program" } })))
    };
    assert_eq!(draft(&world).status, 200);
    let policy = put(&ACME.at("/v1/embed-policy")).bearer(&text).header("if-match", "*");
    world.send(policy.json(json!({ "origins": [] }))).is(problem("forbidden"));
    world.send(get(URL).bearer(&text)).is(problem("forbidden"));
    world.send(delete(&one(&id)).bearer(&text)).is(problem("forbidden"));
}

#[test]
fn two_credentials_at_once_are_refused() {
    let world = World::new();
    let (_, text) = key(&world, &["brand.read"]);
    let both = with_key(&text).bearer(&world.access_token(&ACME));
    let told = "Send either `X-API-Key` or `Authorization`, not both.";
    world.send(both).is(problem("malformed_request").reason("two_credentials").detail(told));
    world.send(with_key(&text).header("x-api-key", &text)).is(problem("unauthenticated"));
}

#[test]
fn what_is_no_key_of_ours_is_refused_and_a_mistyped_one_costs_no_look() {
    let world = World::new();
    let (_, text) = key(&world, &["brand.read"]);
    let mistyped = format!("{}{}", &text[..52], if text.ends_with('x') { 'y' } else { 'x' });
    let before = world.platform.calls();
    for wrong in ["", "lvk_", "x", &mistyped, &world.access_token(&ACME)] {
        world.send(with_key(wrong)).is(problem("unauthenticated"));
    }
    for kind in [CredentialKind::Refresh, CredentialKind::Invitation] {
        let other = Credential::new(kind, [3; 32]);
        world.send(with_key(other.reveal())).is(problem("unauthenticated"));
    }
    world.send(get(&ACME.at("/v1/tenant")).bearer(&mistyped)).is(problem("unauthenticated"));
    assert_eq!(world.platform.calls(), before);
    let never_made = Credential::new(CredentialKind::ApiKey, [3; 32]);
    world.send(with_key(never_made.reveal())).is(problem("unauthenticated"));
    assert_eq!(world.platform.calls(), before + 1);
}

#[test]
fn a_key_of_another_tenant_is_told_what_a_stranger_is() {
    let world = World::new();
    let (_, text) = key(&world, &["brand.read"]);
    let theirs = get(&GLOBEX.at("/v1/tenant")).header("x-api-key", &text);
    world.send(theirs).is(problem("not_found"));
    let named = get("livery.test/v1/tenant").header("x-api-key", &text).header("x-tenant-key", GLOBEX.key);
    world.send(named).is(problem("not_found"));
}

#[test]
fn a_revoked_key_is_refused_at_once() {
    let world = World::new();
    let (id, text) = key(&world, &["brand.read"]);
    assert_eq!(world.send(with_key(&text)).status, 200);
    let revoke = || world.send(delete(&one(&id)).bearer(&world.access_token(&ACME)));
    let done = answer(204, json!("")).without("content-type");
    revoke().is(done);
    world.send(with_key(&text)).is(problem("unauthenticated"));
    let key = shown(&world, &id);
    assert_eq!((&key["status"], &key["revoked_at"]), (&json!("revoked"), &json!("2026-11-21T09:00:00Z")));
    // Again: nothing changes, and nothing is written down.
    assert_eq!(revoke().status, 204);
    let actions: Vec<_> = audited(&world).into_iter().map(|(action, _)| action).collect();
    assert_eq!(actions, ["api_key.created", "api_key.revoked"]);
}

#[test]
fn a_key_expires_to_the_second() {
    let world = World::new();
    let made = make(&world, json!({ "name": "Week", "scopes": ["brand.read"], "expires_in_days": 7 }));
    let (id, text) = parts(&made.json());
    assert_eq!(made.json()["expires_at"], "2026-11-28T09:00:00Z");
    world.pass_secs(7 * 86_400 - 1);
    assert_eq!(world.send(with_key(&text)).status, 200);
    world.pass_secs(1);
    world.send(with_key(&text)).is(problem("unauthenticated"));
    assert_eq!(shown(&world, &id)["status"], "expired");
    let told = "The key has expired: make a new one.";
    rotate(&world, &id, json!({})).is(problem("conflict").reason("key_expired").detail(told));
}

#[test]
fn the_last_use_is_written_once_a_minute() {
    let world = World::new();
    let (id, text) = key(&world, &["brand.read"]);
    let used = |world: &World| shown(world, &id)["last_used_at"].clone();
    let written = |world: &World| {
        let before = world.platform.calls();
        assert_eq!(world.send(with_key(&text)).status, 200);
        world.platform.calls() - before
    };
    assert_eq!(used(&world), Json::Null);
    let noted = written(&world);
    assert_eq!(used(&world), "2026-11-21T09:00:00Z");
    world.pass_secs(59);
    assert_eq!(written(&world), noted - 1, "no write within the minute");
    assert_eq!(used(&world), "2026-11-21T09:00:00Z");
    world.pass_secs(1);
    assert_eq!(written(&world), noted);
    assert_eq!(used(&world), "2026-11-21T09:01:00Z");
}

#[test]
fn a_rotated_key_is_good_for_the_overlap_and_its_successor_from_then_on() {
    let world = World::new();
    let made =
        make(&world, json!({ "name": "CI", "scopes": ["brand.read", "tenant.read"], "expires_in_days": 30 }));
    let (old, old_text) = parts(&made.json());
    world.pass_secs(86_400);
    let rotated = rotate(&world, &old, json!({ "overlap_hours": 2 }));
    let (new, new_text) = parts(&rotated.json());
    rotated.is(answer(
        201,
        json!({
            "key": new_text, "id": new, "name": "CI", "hint": &new_text[..8],
            "scopes": ["tenant.read", "brand.read"], "status": "active", "created_by": OWNER,
            "created_at": "2026-11-22T09:00:00Z", "expires_at": "2026-12-22T09:00:00Z",
            "last_used_at": null, "revoked_at": null, "replaced_by": null,
        }),
    ));
    let replaced = shown(&world, &old);
    assert_eq!(
        (&replaced["status"], &replaced["replaced_by"], &replaced["expires_at"]),
        (&json!("replaced"), &json!(new), &json!("2026-11-22T11:00:00Z"))
    );
    world.pass_secs(7_199);
    for text in [&old_text, &new_text] {
        assert_eq!(world.send(with_key(text)).status, 200);
    }
    world.pass_secs(1);
    world.send(with_key(&old_text)).is(problem("unauthenticated"));
    assert_eq!(world.send(with_key(&new_text)).status, 200);
}

#[test]
fn without_an_overlap_the_old_key_ends_at_once() {
    let world = World::new();
    let (old, old_text) = key(&world, &["brand.read"]);
    let (_, new_text) = parts(&rotate(&world, &old, json!({})).json());
    world.send(with_key(&old_text)).is(problem("unauthenticated"));
    assert_eq!(world.send(with_key(&new_text)).status, 200);
}

#[test]
fn of_one_line_two_keys_live_at_most() {
    let world = World::new();
    let (first, first_text) = key(&world, &["brand.read"]);
    let (second, second_text) = parts(&rotate(&world, &first, json!({ "overlap_hours": 168 })).json());
    let told = "The key has a successor already: rotate that one.";
    rotate(&world, &first, json!({})).is(problem("conflict").reason("key_replaced").detail(told));
    let (_, third_text) = parts(&rotate(&world, &second, json!({ "overlap_hours": 168 })).json());
    world.send(with_key(&first_text)).is(problem("unauthenticated"));
    assert_eq!(shown(&world, &first)["status"], "revoked");
    for text in [&second_text, &third_text] {
        assert_eq!(world.send(with_key(text)).status, 200);
    }
}

#[test]
fn the_plans_number_of_keys_is_kept_and_a_rotated_one_counts_once() {
    let world = World::new();
    let token = world.access_token(&GLOBEX);
    let url = GLOBEX.at("/v1/api-keys");
    let make =
        || world.send(post(&url).bearer(&token).json(json!({ "name": "CI", "scopes": ["brand.read"] })));
    let refused = || {
        problem("feature_not_in_plan")
            .reason("key_limit_reached")
            .detail("`api_keys_max` is 2 and 2 are in use. Revoke one, or change the plan.")
    };
    let (first, _) = parts(&make().json());
    assert_eq!(make().status, 201);
    make().is(refused());
    let rotated = post(&format!("{url}/{first}/rotate")).bearer(&token).json(json!({ "overlap_hours": 24 }));
    let (second, _) = parts(&world.send(rotated).json());
    make().is(refused());
    assert_eq!(world.send(delete(&format!("{url}/{second}")).bearer(&token)).status, 204);
    assert_eq!(make().status, 201);
    make().is(refused());
}

#[test]
fn nobody_makes_or_rotates_a_key_that_may_do_more_than_they_may() {
    let world = World::new();
    let (strong, _) = key(&world, &["brand.read", "tenant.status"]);
    let sql = format!("UPDATE memberships SET role = 'admin' WHERE user_id = '{OWNER}'");
    world.platform.memory.execute_batch(&sql).unwrap();
    let told = "A key may do at most what its maker may; you may not: tenant.status.";
    make(&world, json!({ "name": "CI", "scopes": ["brand.read", "tenant.status"] }))
        .is(problem("forbidden").reason("key_exceeds_maker").detail(told));
    rotate(&world, &strong, json!({}))
        .is(problem("forbidden").reason("key_exceeds_maker").detail("The key may do more than you may."));
    // To end it takes no more than the right to manage keys.
    assert_eq!(world.send(delete(&one(&strong)).bearer(&world.access_token(&ACME))).status, 204);
}

#[test]
fn a_key_makes_no_other_and_rotates_only_itself() {
    let world = World::new();
    let everything: Vec<_> = Permission::ALL.iter().map(|permission| permission.as_str()).collect();
    let (id, text) = key(&world, &everything);
    let (other, _) = key(&world, &["brand.read"]);
    let make = post(URL).bearer(&text).json(json!({ "name": "More", "scopes": ["brand.read"] }));
    world.send(make).is(problem("person_needed"));
    let rotate =
        |id: &str| post(&format!("{URL}/{id}/rotate")).bearer(&text).json(json!({ "overlap_hours": 1 }));
    world.send(rotate(&other)).is(problem("person_needed"));
    let rotated = world.send(rotate(&id));
    assert_eq!(rotated.status, 201, "{}", rotated.whole());
    assert_eq!(rotated.json()["created_by"], json!(id));
    assert_eq!(audited(&world).last(), Some(&("api_key.rotated".to_owned(), id)));
}

#[test]
fn every_field_at_fault_is_named() {
    let world = World::new();
    let scope = "is not a permission; GET /v1/permissions lists them";
    make(&world, json!({ "name": " ", "scopes": ["brand.read", "all"], "expires_in_days": 731 })).is(
        problem("invalid_content").faults(json!([
            { "pointer": "/name", "reason": "invalid_name", "detail": "A name has 1 to 100 characters on one line." },
            { "pointer": "/scopes/1", "reason": "unknown_permission", "detail": scope },
            { "pointer": "/expires_in_days", "reason": "out_of_range", "detail": "must be a whole number from 1 to 730, or null" },
        ])),
    );
    for body in [
        json!({ "name": "a", "scopes": [] }),
        json!({ "name": "a".repeat(101), "scopes": ["brand.read"] }),
        json!({ "name": "a\nb", "scopes": ["brand.read"] }),
        json!({ "name": "a", "scopes": ["brand.read"], "expires_in_days": 0 }),
        json!({ "name": "a", "scopes": ["brand.read"], "expires_at": "2027-01-01T00:00:00Z" }),
        json!({ "name": "a" }),
    ] {
        assert_eq!(make(&world, body.clone()).status, 422, "{body}");
    }
    for name in ["a".to_owned(), "あ".repeat(100)] {
        let body = json!({ "name": name, "scopes": ["brand.read"], "expires_in_days": 730 });
        assert_eq!(make(&world, body).status, 201);
    }
}

#[test]
fn an_overlap_has_bounds() {
    let world = World::new();
    let (id, _) = key(&world, &["brand.read"]);
    for hours in [-1, 169] {
        rotate(&world, &id, json!({ "overlap_hours": hours })).is(problem("invalid_content").fault(
            "/overlap_hours",
            "out_of_range",
            "must be a whole number from 0 to 168",
        ));
    }
    assert_eq!(rotate(&world, &id, json!({ "overlap_hours": 168 })).status, 201);
}

#[test]
fn a_key_that_is_not_there_is_not_found() {
    let world = World::new();
    let token = world.access_token(&ACME);
    for id in ["key_019aa52f0e807000800000000000dead", "ten_019aa52f0e80700080000000000000a1", "x"] {
        world.send(get(&one(id)).bearer(&token)).is(problem("not_found"));
        world.send(delete(&one(id)).bearer(&token)).is(problem("not_found"));
        rotate(&world, id, json!({})).is(problem("not_found"));
    }
}

#[test]
fn who_may_not_manage_keys_sees_and_changes_none() {
    let world = World::new();
    let (id, _) = key(&world, &["brand.read"]);
    let viewer = world.viewer_token();
    for call in [get(URL), get(&one(&id)), delete(&one(&id))] {
        world.send(call.bearer(&viewer)).is(problem("forbidden"));
    }
    let body = json!({ "name": "CI", "scopes": ["brand.read"] });
    world.send(post(URL).bearer(&viewer).json(body)).is(problem("forbidden"));
    let rotate = post(&format!("{URL}/{id}/rotate")).bearer(&viewer).json(json!({}));
    world.send(rotate).is(problem("forbidden"));
}

#[test]
fn keys_are_listed_newest_first_in_pages() {
    let world = World::new();
    let mut made = vec![];
    for _ in 0..5 {
        made.insert(0, key(&world, &["brand.read"]).0);
        world.pass_secs(1);
    }
    let token = world.access_token(&ACME);
    let ids = |page: &Json| -> Vec<String> {
        page["data"].as_array().unwrap().iter().map(|key| key["id"].as_str().unwrap().to_owned()).collect()
    };
    let first = world.send(get(&format!("{URL}?limit=3")).bearer(&token));
    assert_eq!(ids(&first.json()), made[..3]);
    assert_eq!(first.header("link"), format!("</v1/api-keys?limit=3&cursor={}>; rel=\"next\"", made[2]));
    let rest = world.send(get(&format!("{URL}?limit=3&cursor={}", made[2])).bearer(&token)).json();
    assert_eq!((ids(&rest), &rest["next_cursor"]), (made[3..].to_vec(), &Json::Null));
    world
        .send(get(&format!("{URL}?cursor=x")).bearer(&token))
        .is(problem("malformed_request").reason("invalid_cursor").detail("`cursor` is not one of ours."));
}

#[test]
fn what_the_tenants_status_has_for_programs_holds_for_keys() {
    let world = World::new();
    let (_, text) = key(&world, &["brand.read", "embed_policy.edit"]);
    let status = |status: &str| {
        let sql = format!("UPDATE tenants SET status = '{status}' WHERE id = '{}'", ACME.id);
        world.platform.memory.execute_batch(&sql).unwrap();
    };
    let write = || {
        let call = put(&ACME.at("/v1/embed-policy")).header("x-api-key", &text).header("if-match", "*");
        world.send(call.json(json!({ "origins": [] })))
    };
    status("suspended");
    assert_eq!(world.send(with_key(&text)).status, 200);
    write().is(problem("tenant_suspended"));
    status("deactivated");
    world.send(with_key(&text)).is(problem("tenant_deactivated"));
    status("maintenance");
    assert_eq!((world.send(with_key(&text)).status, write().status), (200, 200));
}

#[test]
fn another_method_is_told_what_is_allowed() {
    let world = World::new();
    let token = world.access_token(&ACME);
    world
        .send(delete(URL).bearer(&token))
        .is(problem("method_not_allowed").header("allow", "GET, HEAD, POST"));
    let id = one("key_019aa52f0e807000800000000000dead");
    world
        .send(put(&id).bearer(&token))
        .is(problem("method_not_allowed").header("allow", "GET, HEAD, DELETE"));
    let rotate = format!("{id}/rotate");
    world.send(get(&rotate).bearer(&token)).is(problem("method_not_allowed").header("allow", "POST"));
    assert_eq!(world.now(), NOW);
}

#[test]
fn a_grant_on_one_key_is_good_for_that_key_alone_and_until_it_is_taken_back() {
    let world = World::new();
    let viewer = world.viewer_token();
    let [(granted, _), (other, _), (mighty, _)] =
        [&["brand.read"][..], &["brand.read"], &["brand.edit"]].map(|scopes| key(&world, scopes));
    let see = |id: &str| world.send(get(&one(id)).bearer(&viewer));
    let end = |id: &str| world.send(delete(&one(id)).bearer(&viewer));
    let turn = |id: &str| world.send(post(&format!("{}/rotate", one(id))).bearer(&viewer).json(json!({})));
    let grant = |permission: &str, id: &str| {
        let body = json!({ "user_id": VIEWER, "permission": permission, "resource": id });
        let made =
            world.send(post(&ACME.at("/v1/grants")).bearer(&world.access_token(&ACME)).json(body)).json();
        made["id"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned()
    };
    for refused in [see(&granted), turn(&granted), end(&granted)] {
        refused.is(problem("forbidden"));
    }
    grant("api_keys.read", &granted);
    see(&granted).is(answer(200, shown(&world, &granted)));
    // Seeing is not managing, this key is not that one, and the list is of all of them.
    let list = world.send(get(URL).bearer(&viewer));
    for refused in [turn(&granted), end(&granted), see(&other), list] {
        refused.is(problem("forbidden"));
    }
    grant("api_keys.manage", &granted);
    let turned = turn(&granted);
    assert_eq!(turned.status, 201, "{}", turned.whole());
    assert_eq!(end(&granted).status, 204);
    for refused in [turn(&other), end(&other)] {
        refused.is(problem("forbidden"));
    }
    // Whoever turns a key holds the new one: a grant hands on no more than its holder has.
    let taken_back = grant("api_keys.manage", &mighty);
    turn(&mighty)
        .is(problem("forbidden").reason("key_exceeds_maker").detail("The key may do more than you may."));
    let take = delete(&ACME.at(&format!("/v1/grants/{taken_back}"))).bearer(&world.access_token(&ACME));
    assert_eq!(world.send(take).status, 204);
    end(&mighty).is(problem("forbidden"));
    assert_eq!(shown(&world, &mighty)["status"], "active");
}
