//! `/v1/operator`

use livery_world::{
    ACME, Answer, Call, GLOBEX, OPERATOR, OTHER_PARTNER, PARTNER, PARTNER_KEY, World, answer, get,
    partner_key, problem,
};
use serde_json::{Value as Json, json};

fn ask(world: &World, method: &str, path: &str) -> Call {
    Call::of(method, &format!("livery.test/v1/operator/{path}")).bearer(&world.operator_token())
}

fn read(world: &World, path: &str) -> Answer {
    world.send(ask(world, "GET", path))
}

fn write(world: &World, method: &str, path: &str, body: Json) -> Answer {
    world.send(ask(world, method, path).json(body))
}

fn of(party: &livery_world::Party, rest: &str) -> String {
    format!("tenants/{}{rest}", party.id)
}

fn entry(party: &livery_world::Party, plan: &str, partner: Option<&str>) -> Json {
    json!({
        "id": party.id, "key": party.key, "name": party.name, "status": "active", "plan": plan,
        "partner_id": partner, "created_at": "2026-11-21T09:00:00Z",
    })
}

/// What acme's log says of its newest change: action, actor, before, after.
fn newest(world: &World) -> (String, String, Json, Json) {
    let entries =
        world.run(livery_store::operations::audit::following(&world.platform, &ACME.scope(), 0, 99)).unwrap();
    let entry = entries.last().unwrap().clone();
    let json = |text: Option<String>| text.map_or(Json::Null, |text| serde_json::from_str(&text).unwrap());
    (entry.action, entry.actor, json(entry.before), json(entry.after))
}

fn by_operator() -> String {
    format!("operator:{OPERATOR}")
}

#[test]
fn tenants_are_listed_by_key_and_searched() {
    let world = World::new();
    let [acme, globex] = [entry(&ACME, "pro", Some(PARTNER)), entry(&GLOBEX, "free", None)];
    let page = |data: Json| answer(200, json!({ "data": data, "next_cursor": null }));
    read(&world, "tenants").is(page(json!([acme, globex])));
    read(&world, "tenants?key=glo").is(page(json!([globex])));
    read(&world, "tenants?key=cme").is(page(json!([])));
    read(&world, "tenants?status=suspended").is(page(json!([])));
    let first = read(&world, "tenants?limit=1&status=active");
    first.is(answer(200, json!({ "data": [acme], "next_cursor": "acme" }))
        .header("link", "</v1/operator/tenants?status=active&limit=1&cursor=acme>; rel=\"next\""));
    read(&world, "tenants?limit=1&cursor=acme").is(page(json!([globex])));
    for (query, why, told) in [
        ("key=%25", "invalid_value", "`key` is the beginning of a key: lower-case letters, digits, hyphens."),
        (
            "status=x",
            "not_one_of",
            "`status` is provisioning, active, suspended, maintenance or deactivated.",
        ),
        ("cursor=%27", "invalid_cursor", "`cursor` is not one of ours."),
    ] {
        read(&world, &format!("tenants?{query}")).is(problem("malformed_request").reason(why).detail(told));
    }
}

#[test]
fn a_tenant_is_shown_with_what_it_has() {
    let world = World::new();
    let shown = read(&world, &of(&ACME, "")).json();
    assert_eq!(shown["subscription"], json!({ "status": "active", "trial_ends_at": null }));
    assert_eq!(shown["seats"], json!({ "members": 2, "invited": 0, "limit": 25 }));
    assert_eq!((&shown["key"], &shown["partner_id"]), (&json!("acme"), &json!(PARTNER)));
    assert_eq!(shown["flags"].as_array().unwrap().len(), 5);
    for id in ["ten_019aa52f0e80700080000000000000ff", "acme"] {
        read(&world, &format!("tenants/{id}")).is(problem("not_found"));
    }
}

#[test]
fn a_plan_changes_now_and_is_written_down_in_the_tenants_log() {
    let world = World::new();
    let changed = write(&world, "PUT", &of(&ACME, "/plan"), json!({ "plan": "starter" }));
    assert_eq!((changed.status, &changed.json()["plan"]), (200, &json!("starter")));
    let flags = world.send(get(&ACME.at("/v1/flags")).bearer(&world.access_token(&ACME))).json();
    assert_eq!(flags["data"][2]["value"], 5);
    let (action, actor, before, after) = newest(&world);
    assert_eq!((action.as_str(), actor), ("tenant.plan_changed", by_operator()));
    assert_eq!(before, json!({ "plan": "pro", "subscription": "active" }));
    assert_eq!(after, json!({ "plan": "starter", "subscription": "active" }));
    write(&world, "PUT", &of(&ACME, "/plan"), json!({ "plan": "gold" })).is(problem("invalid_content")
        .fault("/plan", "does_not_exist", "is the key of no plan; GET /v1/plans lists them"));
}

#[test]
fn a_plan_with_too_few_seats_is_refused_with_the_figures() {
    let world = World::new();
    world.platform.memory.execute_batch("UPDATE plans SET seats = 1 WHERE key = 'free'").unwrap();
    write(&world, "PUT", &of(&ACME, "/plan"), json!({ "plan": "free" }))
        .is(problem("seat_limit_reached").detail("Free has 1 seats; 2 are members and 0 invited."));
    world.platform.memory.execute_batch("UPDATE plans SET seats = 2 WHERE key = 'free'").unwrap();
    assert_eq!(write(&world, "PUT", &of(&ACME, "/plan"), json!({ "plan": "free" })).status, 200);
}

#[test]
fn a_trial_goes_on_and_what_was_canceled_is_active_again() {
    let world = World::new();
    for (before, after) in [("trialing", "trialing"), ("canceled", "active"), ("past_due", "active")] {
        let sql = format!("UPDATE subscriptions SET status = '{before}'");
        world.platform.memory.execute_batch(&sql).unwrap();
        let changed = write(&world, "PUT", &of(&ACME, "/plan"), json!({ "plan": "enterprise" }));
        assert_eq!(changed.json()["subscription"]["status"], after, "{before}");
    }
}

#[test]
fn a_flag_is_overridden_by_its_type_and_given_back() {
    let world = World::new();
    let path = of(&ACME, "/flags/api_keys_max");
    for value in [json!("3"), json!(1001), json!(-1), json!(true), json!(null)] {
        write(&world, "PUT", &path, json!({ "value": value })).is(problem("invalid_content").fault(
            "/value",
            "invalid_value",
            "must be a whole number from 0 to 1000",
        ));
    }
    let flag = |value: i64, source: &str| json!({ "key": "api_keys_max", "type": "number", "value": value, "source": source });
    write(&world, "PUT", &path, json!({ "value": 3 })).is(answer(200, flag(3, "override")));
    let (action, actor, before, after) = newest(&world);
    assert_eq!((action.as_str(), actor), ("flag.overridden", by_operator()));
    assert_eq!(before, json!({ "value": 10, "source": "plan" }));
    assert_eq!(after, json!({ "value": 3, "source": "override" }));
    let reset = || world.send(ask(&world, "DELETE", &path)).status;
    assert_eq!(reset(), 204);
    assert_eq!(read(&world, &of(&ACME, "")).json()["flags"][2], flag(10, "plan"));
    assert_eq!(newest(&world).0, "flag.reset");
    assert_eq!(reset(), 204);
    let unknown = of(&ACME, "/flags/nothing");
    write(&world, "PUT", &unknown, json!({ "value": true })).is(problem("not_found"));
}

#[test]
fn partners_are_made_and_listed_and_given_tenants() {
    let world = World::new();
    let made = write(&world, "POST", "partners", json!({ "name": " Third " }));
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let third = json!({ "id": id, "name": "Third", "created_at": "2026-11-21T09:00:00Z" });
    made.is(answer(201, third.clone()));
    assert_eq!(read(&world, "partners?limit=1").json()["data"].as_array().unwrap().len(), 1);
    assert!(read(&world, "partners").json()["data"].as_array().unwrap().contains(&third));
    for name in ["", " ", "a\nb", &"a".repeat(101)] {
        write(&world, "POST", "partners", json!({ "name": name })).is(problem("invalid_content").fault(
            "/name",
            "invalid_name",
            "A name has 1 to 100 characters on one line.",
        ));
    }
    let log = world.run(livery_store::operations::audit::platform_following(&world.platform, 0, 9)).unwrap();
    assert_eq!((log.len(), log[0].action.as_str(), &log[0].target), (1, "partner.created", &id));

    let given = write(&world, "PUT", &of(&ACME, "/partner"), json!({ "partner_id": id }));
    assert_eq!(given.json()["partner_id"], json!(id));
    assert_eq!(newest(&world).0, "tenant.partner_changed");
    // Whose it was has lost it at once.
    let theirs = get(&ACME.at("/v1/tenant")).header("x-api-key", partner_key().reveal());
    world.send(theirs).is(problem("not_found"));
    let nobodys = write(&world, "PUT", &of(&ACME, "/partner"), json!({ "partner_id": null }));
    assert_eq!(nobodys.json()["partner_id"], Json::Null);
    let unknown = json!({ "partner_id": "par_019aa52f0e807000800000000000dead" });
    write(&world, "PUT", &of(&ACME, "/partner"), unknown).is(problem("invalid_content").fault(
        "/partner_id",
        "does_not_exist",
        "There is no such partner.",
    ));
    assert_eq!(write(&world, "PUT", &of(&ACME, "/partner"), json!({})).status, 422);
}

#[test]
fn a_partners_keys_are_made_rotated_and_revoked() {
    let world = World::new();
    let keys = format!("partners/{PARTNER}/api-keys");
    let made = write(&world, "POST", &keys, json!({ "name": "Sync", "scopes": ["tenant.read"] })).json();
    let (id, text) = (made["id"].as_str().unwrap(), made["key"].as_str().unwrap());
    assert!(text.starts_with("lvp_"));
    let with = |text: &str| world.send(get(&ACME.at("/v1/tenant")).header("x-api-key", text)).status;
    assert_eq!(with(text), 200);
    let rotated = write(&world, "POST", &format!("{keys}/{id}/rotate"), json!({ "overlap_hours": 1 })).json();
    let next = rotated["key"].as_str().unwrap();
    assert_eq!((with(text), with(next)), (200, 200));
    world.pass_secs(3600);
    assert_eq!((with(text), with(next)), (401, 200));
    let revoke = ask(&world, "DELETE", &format!("{keys}/{}", rotated["id"].as_str().unwrap()));
    assert_eq!(world.send(revoke).status, 204);
    assert_eq!(with(next), 401);
    let listed = read(&world, &keys).json();
    assert_eq!(listed["data"].as_array().unwrap().len(), 3);
    // A key is one of its own partner's.
    let theirs = format!("partners/{OTHER_PARTNER}/api-keys/{PARTNER_KEY}");
    world.send(ask(&world, "DELETE", &theirs)).is(problem("not_found"));
    read(&world, "partners/par_019aa52f0e807000800000000000dead/api-keys").is(problem("not_found"));
    let log = world.run(livery_store::operations::audit::platform_following(&world.platform, 0, 9)).unwrap();
    let actions: Vec<_> = log.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["api_key.created", "api_key.rotated", "api_key.revoked"]);
    assert!(log.iter().all(|entry| entry.actor == by_operator() && entry.hash == entry.expected_hash()));
}

#[test]
fn a_partner_has_twenty_keys_and_not_one_more() {
    let world = World::new();
    let keys = format!("partners/{OTHER_PARTNER}/api-keys");
    let make = || write(&world, "POST", &keys, json!({ "name": "Sync", "scopes": ["tenant.read"] }));
    for _ in 0..20 {
        assert_eq!(make().status, 201);
    }
    make().is(problem("conflict")
        .reason("key_limit_reached")
        .detail("The partner has 20 keys: revoke one first."));
}

#[test]
fn operators_are_met_at_the_platforms_own_host_only() {
    let world = World::new();
    let at_acme = get(&ACME.at("/v1/operator/tenants")).bearer(&world.operator_token());
    world.send(at_acme).is(problem("not_found"));
    world.send(ask(&world, "GET", "tenants").header("x-tenant-key", "acme")).is(problem("not_found"));
    world.platform.memory.execute_batch("DELETE FROM operators").unwrap();
    read(&world, "tenants").is(problem("unauthenticated"));
}
