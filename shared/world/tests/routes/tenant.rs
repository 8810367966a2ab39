//! `GET` and `PATCH /v1/tenant`, `GET /v1/tenant/stats`

use livery_world::{ACME, Call, GLOBEX, NOW, Party, World, answer, get, patch, problem};
use serde_json::{Value as Json, json};

const URL: &str = "acme.livery.test/v1/tenant";

/// A tenant of this world as its team sees it, before anything was changed.
pub fn untouched(party: &Party) -> Json {
    let (key, name) = if party.key == ACME.key { ("pro", "Pro") } else { ("free", "Free") };
    json!({
        "id": party.id,
        "key": party.key,
        "name": party.name,
        "status": "active",
        "status_reason": null,
        "status_changed_at": null,
        "settings": {
            "locale": null, "timezone": null, "support_email": null, "support_url": null, "description": null,
        },
        "plan": { "key": key, "name": name },
        "subscription": { "status": "active", "trial_ends_at": null },
        "created_at": "2026-11-21T09:00:00Z",
    })
}

fn change(world: &World, etag: &str, body: Json) -> Call {
    patch(URL).bearer(&world.access_token(&ACME)).header("if-match", etag).json(body)
}

#[test]
fn a_trial_is_shown_with_its_end() {
    let world = World::new();
    let ends = NOW.plus_secs(14 * 86_400).0;
    let sql = format!("UPDATE subscriptions SET status = 'trialing', trial_ends_at = {ends}");
    world.platform.memory.execute_batch(&sql).unwrap();
    let shown = world.send(get(URL).bearer(&world.viewer_token())).json();
    assert_eq!(
        shown["subscription"],
        json!({ "status": "trialing", "trial_ends_at": "2026-12-05T09:00:00Z" })
    );
    world.platform.memory.execute_batch("DELETE FROM subscriptions").unwrap();
    assert_eq!(world.send(get(URL).bearer(&world.viewer_token())).json()["subscription"], Json::Null);
}

#[test]
fn name_and_settings_are_changed_by_a_merge_patch() {
    let world = World::new();
    let mut wanted = untouched(&ACME);
    wanted["name"] = json!("Acme Ltd");
    wanted["settings"]["timezone"] = json!("Asia/Tokyo");
    wanted["settings"]["support_url"] = json!("https://acme.test/help");
    let body = json!({ "name": "Acme Ltd", "settings": {
        "timezone": "asia/tokyo", "support_url": "https://acme.test/help",
    } });
    world.send(change(&world, "\"1\"", body)).is(answer(200, wanted.clone()).header("etag", "\"2\""));
    wanted["settings"]["timezone"] = Json::Null;
    let cleared = json!({ "settings": { "timezone": null } });
    world
        .send(change(&world, "\"2\"", cleared.clone()))
        .is(answer(200, wanted.clone()).header("etag", "\"3\""));
    // What is so already is no change.
    world.send(change(&world, "\"3\"", cleared)).is(answer(200, wanted.clone()).header("etag", "\"3\""));
    world.send(get(URL).bearer(&world.access_token(&ACME))).is(answer(200, wanted).header("etag", "\"3\""));
    let other = world.send(get(&GLOBEX.at("/v1/tenant")).bearer(&world.access_token(&GLOBEX)));
    other.is(answer(200, untouched(&GLOBEX)).header("etag", "\"1\""));
}

#[test]
fn a_new_name_is_on_pages_that_open_a_minute_later() {
    let world = World::published();
    world.send(get(&ACME.at("/embed")));
    world.send(change(&world, "\"1\"", json!({ "name": "Acme <Ltd>" })));
    world.pass_secs(61);
    world.publish(&ACME);
    world.pass_secs(3);
    assert!(world.send(get(&ACME.at("/embed"))).text().contains("<title>Acme &lt;Ltd&gt;</title>"));
}

#[test]
fn what_is_not_allowed_is_named_and_nothing_is_changed() {
    let world = World::new();
    let body = json!({ "name": "", "settings": { "timezone": "Mars/Olympus" } });
    world.send(change(&world, "\"1\"", body)).is(problem("invalid_content").faults(json!([
        { "pointer": "/name", "reason": "invalid_name", "detail": "A name has 1 to 100 characters on one line." },
        {
            "pointer": "/settings/timezone",
            "reason": "not_one_of", "detail": "must be a name of the IANA time zone database, for example `Asia/Tokyo`",
        },
    ])));
    world
        .send(change(&world, "\"1\"", json!({ "plan": "enterprise" })))
        .is(problem("invalid_content").fault("/plan", "unknown_field", "no such field to change"));
    assert_eq!(world.send(get(URL).bearer(&world.access_token(&ACME))).header("etag"), "\"1\"");
}

#[test]
fn a_writer_names_the_version_and_may() {
    let world = World::new();
    let body = json!({ "name": "Other" });
    world.send(change(&world, "\"2\"", body.clone())).is(problem("precondition_failed"));
    let without = patch(URL).bearer(&world.access_token(&ACME)).json(body.clone());
    world.send(without).is(problem("precondition_required"));
    let viewer = patch(URL).bearer(&world.viewer_token()).header("if-match", "\"1\"").json(body);
    world.send(viewer).is(problem("forbidden"));
}

#[test]
fn the_figures_of_a_tenant_are_its_own() {
    let world = World::published();
    let browser = world.browser(&ACME);
    let conversation = world.conversation(&ACME, &browser);
    world.say(&ACME, &browser, &conversation, "k1", "hello");
    let (now, later) = (NOW.0, NOW.plus_secs(60).0);
    let invitation = |n: u8, status: &str, expires: i64| {
        format!(
            "INSERT INTO invitations (id, tenant_id, email, role, token_hash, status, sent_count, sent_at, expires_at, created_at)
             VALUES ('inv_{n}', '{}', '{n}@x.test', 'viewer', 'h{n}', '{status}', 1, {now}, {expires}, {now});",
            ACME.id
        )
    };
    let key = |n: u8, expires: &str, revoked: &str| {
        format!(
            "INSERT INTO api_keys (id, tenant_id, name, hint, hash, scopes, created_at, expires_at, revoked_at)
             VALUES ('key_{n}', '{}', 'k', 'k', 'h{n}', '[]', {now}, {expires}, {revoked});",
            ACME.id
        )
    };
    let sql = [
        invitation(1, "pending", later),
        invitation(2, "pending", now),
        invitation(3, "revoked", later),
        key(1, "NULL", "NULL"),
        key(2, &later.to_string(), "NULL"),
        key(3, &now.to_string(), "NULL"),
        key(4, "NULL", &now.to_string()),
    ];
    world.platform.memory.execute_batch(&sql.concat()).unwrap();
    let period = json!({ "start": "2026-11-01T00:00:00Z", "end": "2026-12-01T00:00:00Z" });
    world.send(get(&ACME.at("/v1/tenant/stats")).bearer(&world.viewer_token())).is(answer(
        200,
        json!({
            "members": { "used": 2, "limit": 25 },
            "invitations_pending": 1,
            "conversations": { "total": 1, "open": 1 },
            "usage": { "period": period, "messages": { "used": 1, "limit": 10_000, "remaining": 9_999 } },
            "releases": { "total": 1, "live_rev": 1 },
            "api_keys": 2,
        }),
    ));
    let theirs = world.send(get(&GLOBEX.at("/v1/tenant/stats")).bearer(&world.access_token(&GLOBEX))).json();
    assert_eq!(
        (&theirs["members"], &theirs["conversations"], &theirs["api_keys"], &theirs["invitations_pending"]),
        (&json!({ "used": 2, "limit": 3 }), &json!({ "total": 0, "open": 0 }), &json!(0), &json!(0))
    );
}

#[test]
fn a_plan_without_a_bound_of_seats_says_so() {
    let world = World::new();
    world.platform.memory.execute_batch("UPDATE tenants SET plan_key = 'enterprise_jp'").unwrap();
    let stats = world.send(get(&ACME.at("/v1/tenant/stats")).bearer(&world.viewer_token())).json();
    assert_eq!(stats["members"], json!({ "used": 2, "limit": null }));
}
