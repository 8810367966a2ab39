//! `GET /v1/audit`, `GET /v1/audit/verify`, and what is written down

use livery_domain::operations::action::Action;
use livery_world::{ACME, Answer, GLOBEX, VIEWER, World, answer, get, patch, post, problem, put};
use serde_json::{Value as Json, json};

fn log(world: &World, query: &str) -> Answer {
    world.send(get(&ACME.at(&format!("/v1/audit{query}"))).bearer(&world.access_token(&ACME)))
}

fn verify(world: &World, query: &str) -> Json {
    let url = ACME.at(&format!("/v1/audit/verify{query}"));
    let answer = world.send(get(&url).bearer(&world.access_token(&ACME)));
    assert_eq!(answer.status, 200, "{}", answer.whole());
    answer.json()
}

fn rename(world: &World, name: &str) {
    let call = patch(&ACME.at("/v1/tenant")).bearer(&world.access_token(&ACME)).header("if-match", "*");
    assert_eq!(world.send(call.json(json!({ "name": name }))).status, 200);
}

/// A tenant whose name was changed so many times.
fn renamed(times: usize) -> World {
    let world = World::new();
    for n in 0..times {
        rename(&world, &format!("Acme {n}"));
    }
    world
}

fn tamper(world: &World, sql: &str) {
    world.platform.memory.execute_batch(sql).unwrap();
}

fn seqs(answer: &Answer) -> Vec<i64> {
    answer.json()["data"].as_array().unwrap().iter().map(|entry| entry["seq"].as_i64().unwrap()).collect()
}

#[test]
fn an_entry_says_who_changed_what_from_where_and_how() {
    let world = World::new();
    let call = patch(&ACME.at("/v1/tenant")).bearer(&world.access_token(&ACME)).header("if-match", "\"1\"");
    world.send(call.from_address("192.0.2.7").json(json!({ "name": "Acme Ltd" })));
    let page = log(&world, "");
    let entry = page.json()["data"][0].clone();
    page.is(answer(
        200,
        json!({
            "data": [{
                "seq": 1,
                "at": "2026-11-21T09:00:00Z",
                "actor": { "id": ACME.owner, "name": "Acme Owner" },
                "action": "tenant.updated",
                "target": { "id": ACME.id, "name": null },
                "request_id": entry["request_id"],
                "address": "192.0.2.7",
                "before": { "name": "Acme" },
                "after": { "name": "Acme Ltd" },
                "hash": entry["hash"],
            }],
            "next_cursor": null,
        }),
    ));
}

#[test]
fn every_change_of_the_brand_is_written_down_and_long_texts_by_their_hash() {
    let world = World::new();
    let css = format!(".livery-a{{color:red}}/*{}*/", "x".repeat(600));
    world.patch_branding(&ACME, "\"0\"", json!({ "custom_css": css, "texts": { "title": "Hi" } }));
    let owner = world.access_token(&ACME);
    let file = json!({ "color": { "primary": { "$type": "color", "$value": "#aa0000" } } });
    let import = post(&ACME.at("/v1/branding/design-tokens")).bearer(&owner).header("if-match", "\"1\"");
    assert_eq!(world.send(import.json(file)).status, 200);
    let release = world.publish(&ACME);
    let status = put(&ACME.at("/v1/tenant/status")).bearer(&owner).json(json!({ "status": "maintenance" }));
    world.send(status);
    let entries = log(&world, "").json()["data"].clone();
    let actions: Vec<_> = entries.as_array().unwrap().iter().map(|entry| entry["action"].clone()).collect();
    assert_eq!(actions, ["tenant.status_changed", "brand.published", "brand.imported", "brand.changed"]);
    assert_eq!(entries[3]["after"]["custom_css"]["octets"], css.len());
    assert_eq!(entries[3]["after"]["texts"], json!({ "title": "Hi" }));
    assert!(!entries.to_string().contains("xxxxx"));
    assert_eq!(entries[1]["after"]["rev"], release["rev"]);
    assert_eq!(entries[1]["before"], Json::Null);
    assert_eq!(entries[0]["after"], json!({ "status": "maintenance", "reason": null }));
    // Publishing the same again changes nothing, and nothing is written.
    world.publish(&ACME);
    assert_eq!(seqs(&log(&world, "")), [4, 3, 2, 1]);
    assert_eq!(verify(&world, "")["verified"], true);
}

#[test]
fn entries_are_found_by_action_actor_and_target() {
    let world = renamed(2);
    world.patch_branding(&ACME, "\"0\"", json!({ "texts": { "title": "Hi" } }));
    for (query, wanted) in [
        ("?action=tenant.updated", vec![2, 1]),
        ("?action=brand.changed", vec![3]),
        (&format!("?actor={}&action=brand.changed", ACME.owner), vec![3]),
        (&format!("?actor={VIEWER}"), vec![]),
        (&format!("?target={}", ACME.id), vec![3, 2, 1]),
        ("?target=nothing", vec![]),
    ] {
        assert_eq!(seqs(&log(&world, query)), wanted, "{query}");
    }
    let long = "x".repeat(101);
    log(&world, &format!("?action={long}")).is(problem("malformed_request")
        .reason("too_long")
        .detail("`action`, `actor` and `target` have at most 100 characters."));
}

#[test]
fn pages_follow_their_cursor_and_keep_the_filter() {
    let world = renamed(5);
    let first = log(&world, "?limit=2&action=tenant.updated");
    assert_eq!((seqs(&first), first.json()["next_cursor"].clone()), (vec![5, 4], json!("a4")));
    assert_eq!(first.header("link"), "</v1/audit?action=tenant.updated&limit=2&cursor=a4>; rel=\"next\"");
    let spelled = log(&world, "?%6Cimit=2&limit=5&action=tenant%2Eupdated&other=1&action=brand.changed");
    assert_eq!(seqs(&spelled), [5, 4], "the first of several counts, however it is spelled");
    let link = "</v1/audit?action=tenant.updated&action=brand.changed&limit=2&cursor=a4>; rel=\"next\"";
    assert_eq!(spelled.header("link"), link);
    assert_eq!(seqs(&log(&world, "?limit=3&cursor=a4")), [3, 2, 1]);
    for cursor in ["4", "a", "ax", "a-1", "a0"] {
        log(&world, &format!("?cursor={cursor}"))
            .is(problem("malformed_request").reason("invalid_cursor").detail("`cursor` is not one of ours."));
    }
}

#[test]
fn the_plan_says_how_far_back_the_log_is_shown_and_it_is_verified_whole() {
    let world = renamed(1);
    tamper(&world, "UPDATE plans SET flags = '{\"audit_days\":2}' WHERE key = 'pro'");
    world.pass_secs(2 * 86_400);
    assert_eq!(seqs(&log(&world, "")), [1]);
    world.pass_secs(1);
    assert_eq!(seqs(&log(&world, "")), Vec::<i64>::new());
    assert_eq!(verify(&world, "")["entries"], 1);
}

#[test]
fn a_person_who_left_is_known_by_id_alone() {
    let world = renamed(1);
    tamper(&world, &format!("UPDATE audit_entries SET target = '{VIEWER}'"));
    assert_eq!(log(&world, "").json()["data"][0]["target"], json!({ "id": VIEWER, "name": "Acme Viewer" }));
    tamper(&world, &format!("DELETE FROM memberships WHERE user_id = '{VIEWER}'"));
    assert_eq!(log(&world, "").json()["data"][0]["target"], json!({ "id": VIEWER, "name": null }));
}

#[test]
fn who_may_not_read_it_is_told_so_and_others_see_their_own() {
    let world = renamed(1);
    for path in ["/v1/audit", "/v1/audit/verify"] {
        world.send(get(&ACME.at(path)).bearer(&world.viewer_token())).is(problem("forbidden"));
    }
    world
        .send(get(&GLOBEX.at("/v1/audit")).bearer(&world.access_token(&GLOBEX)))
        .is(answer(200, json!({ "data": [], "next_cursor": null })));
}

#[test]
fn a_log_that_nobody_touched_is_verified_to_its_end() {
    assert_eq!(
        verify(&World::new(), ""),
        json!({
            "verified": true, "entries": 0, "from": null, "to": null, "broken_at": null, "reason": null,
            "next_cursor": null, "checkpoint": null,
        })
    );
    let world = renamed(3);
    let hash = log(&world, "?limit=1").json()["data"][0]["hash"].as_str().unwrap().to_owned();
    assert_eq!(
        verify(&world, ""),
        json!({
            "verified": true, "entries": 3, "from": 1, "to": 3, "broken_at": null, "reason": null,
            "next_cursor": null, "checkpoint": format!("3.{hash}"),
        })
    );
}

/// What a look at a log of five entries comes to after somebody wrote into it.
fn after(sql: &str) -> (Json, Json, Json) {
    let world = renamed(5);
    tamper(&world, sql);
    let found = verify(&world, "");
    (found["verified"].clone(), found["broken_at"].clone(), found["reason"].clone())
}

#[test]
fn an_entry_that_was_altered_removed_or_moved_is_named() {
    let broken = |at: i64, reason: &str| (json!(false), json!(at), json!(reason));
    for (sql, wanted) in [
        ("UPDATE audit_entries SET after = '{\"name\":\"Other\"}' WHERE seq = 3", broken(3, "altered")),
        ("UPDATE audit_entries SET actor = 'system' WHERE seq = 1", broken(1, "altered")),
        ("UPDATE audit_entries SET address = NULL, at = at + 1 WHERE seq = 5", broken(5, "altered")),
        ("DELETE FROM audit_entries WHERE seq = 3", broken(3, "missing")),
        ("DELETE FROM audit_entries WHERE seq = 1", broken(1, "missing")),
        // Two change places.
        (
            "UPDATE audit_entries SET seq = 99 WHERE seq = 2; UPDATE audit_entries SET seq = 2 WHERE seq = 3;
             UPDATE audit_entries SET seq = 3 WHERE seq = 99",
            broken(2, "altered"),
        ),
        // One goes, and those after it close the gap.
        (
            "DELETE FROM audit_entries WHERE seq = 2; UPDATE audit_entries SET seq = seq - 1 WHERE seq > 2",
            broken(2, "altered"),
        ),
    ] {
        assert_eq!(after(sql), wanted, "{sql}");
    }
}

#[test]
fn a_chain_that_was_written_anew_in_its_midst_is_unlinked() {
    let world = renamed(3);
    let other = World::new();
    rename(&other, "Elsewhere");
    rename(&other, "Acme 1");
    // Entry 2 with a sound hash of its own, after another entry 1.
    let copied = copy_of(&other, 2);
    tamper(&world, &format!("DELETE FROM audit_entries WHERE seq = 2; {copied}"));
    let found = verify(&world, "");
    assert_eq!((&found["broken_at"], &found["reason"]), (&json!(2), &json!("unlinked")));
    assert_eq!((&found["to"], &found["next_cursor"]), (&json!(1), &Json::Null));
}

/// The statement that writes an entry as it stands in another world.
fn copy_of(world: &World, seq: i64) -> String {
    let entries = world
        .run(livery_store::operations::audit::following(&world.platform, &ACME.scope(), seq - 1, 1))
        .unwrap();
    let entry = &entries[0];
    let text = |text: &Option<String>| text.as_ref().map_or("NULL".to_owned(), |text| format!("'{text}'"));
    format!(
        "INSERT INTO audit_entries VALUES ('{}', {seq}, {}, '{}', '{}', '{}', '{}', {}, {}, {}, '{}', '{}')",
        ACME.id,
        entry.at.0,
        entry.actor,
        entry.action,
        entry.target,
        entry.request_id,
        text(&entry.address),
        text(&entry.before),
        text(&entry.after),
        entry.prev_hash,
        entry.hash,
    )
}

#[test]
fn a_checkpoint_kept_elsewhere_shows_that_the_end_was_cut_off_or_written_anew() {
    let world = renamed(3);
    let checkpoint = verify(&world, "")["checkpoint"].as_str().unwrap().to_owned();
    rename(&world, "Later");
    let query = format!("?cursor={checkpoint}");
    let found = verify(&world, &query);
    assert_eq!((&found["verified"], &found["from"], &found["to"]), (&json!(true), &json!(3), &json!(4)));
    tamper(&world, "DELETE FROM audit_entries WHERE seq > 2");
    assert_eq!(verify(&world, "")["verified"], true, "a chain alone does not know its end");
    let found = verify(&world, &query);
    assert_eq!((&found["broken_at"], &found["reason"]), (&json!(3), &json!("missing")));
    rename(&world, "Another history");
    let found = verify(&world, &query);
    assert_eq!((&found["broken_at"], &found["reason"]), (&json!(3), &json!("altered")));
    for cursor in ["3", "3.x", "0.", "x.y", &checkpoint.replace("3.", "-3.")] {
        let url = ACME.at(&format!("/v1/audit/verify?cursor={cursor}"));
        world
            .send(get(&url).bearer(&world.access_token(&ACME)))
            .is(problem("malformed_request").reason("invalid_cursor").detail("`cursor` is not one of ours."));
    }
}

#[test]
fn a_long_log_is_verified_in_bounded_pages_that_join() {
    let world = renamed(1);
    let scope = ACME.scope();
    for _ in 0..1_000 {
        world.run(async {
            use livery_store::operations::audit::{self, Change, Outcome};
            let head = audit::head(&world.platform, &scope).await.unwrap();
            let change = Change {
                actor: livery_domain::actor::Actor::System,
                action: Action::ProfileChanged,
                target: ACME.id.into(),
                request_id: "req_019aa52f0e80700080000000000000a1".parse().unwrap(),
                address: None,
                at: world.now(),
                before: None,
                after: None,
            };
            let made = audit::commit(&world.platform, &scope, &head, &change, vec![]).await.unwrap();
            assert!(matches!(made, Outcome::Done(_)));
        });
    }
    let first = verify(&world, "");
    assert_eq!((&first["entries"], &first["to"]), (&json!(1_000), &json!(1_000)));
    let cursor = first["next_cursor"].as_str().unwrap();
    let last = verify(&world, &format!("?cursor={cursor}"));
    // The last one of a page is looked at again with the next: it has to be what the cursor says.
    assert_eq!(
        (&last["verified"], &last["from"], &last["to"], &last["next_cursor"]),
        (&json!(true), &json!(1_000), &json!(1_001), &Json::Null)
    );
}
