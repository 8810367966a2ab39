//! What an operation costs in trips to SQL: each is a wait for another machine where the database is one.

use livery_domain::people::role::Role;
use livery_world::{ACME, Call, PASSWORD, World, get, patch, post, put};
use serde_json::json;

/// Trips of one good request to SQL, with whatever it reads or writes there.
fn trips(world: &World, call: Call) -> u64 {
    let before = world.platform.memory.sql_trips();
    let answer = world.send(call);
    assert!((200..300).contains(&answer.status), "{}", answer.whole());
    world.platform.memory.sql_trips() - before
}

/// For a change: who asks and at which host is one trip, what the change is decided on another, the batch a third.
const CHANGE: u64 = 3;

#[test]
fn each_operation_makes_as_many_trips_as_it_needs() {
    let world = World::published();
    let browser = world.browser(&ACME);
    let conversation = world.conversation(&ACME, &browser);
    let (colleague, _) = world.colleague(1, Role::Admin);
    let token = world.access_token(&ACME);
    let at = |path: &str| ACME.at(path);
    let own = |call: Call| call.bearer(&token);
    let sign_in = json!({ "email": ACME.email, "password": PASSWORD });
    let table: Vec<(&str, u64, Call)> = vec![
        (
            "message",
            5,
            post(&at(&format!("/v1/conversations/{conversation}/messages")))
                .bearer(&browser.session)
                .header("idempotency-key", "k1")
                .json(json!({ "text": "Hello" })),
        ),
        (
            "message without an idempotency key",
            5,
            post(&at(&format!("/v1/conversations/{conversation}/messages")))
                .bearer(&browser.session)
                .json(json!({ "text": "Hello" })),
        ),
        ("sign-in", 4, post(&at("/v1/auth/login")).json(sign_in)),
        (
            "draft",
            CHANGE,
            own(patch(&at("/v1/branding")))
                .header("if-match", "*")
                .json(json!({ "texts": { "title": "Hi" } })),
        ),
        // The cache's copy is read back from SQL once it is committed.
        ("publish", CHANGE + 1, own(post(&at("/v1/branding/publish")))),
        (
            "embed policy",
            CHANGE,
            own(put(&at("/v1/embed-policy"))).header("if-match", "*").json(json!({ "origins": [] })),
        ),
        (
            "tenant's name",
            CHANGE,
            own(patch(&at("/v1/tenant"))).header("if-match", "*").json(json!({ "name": "Acme 2" })),
        ),
        (
            "member's role",
            CHANGE,
            own(patch(&at(&format!("/v1/members/{colleague}")))).json(json!({ "role": "manager" })),
        ),
        (
            "API key",
            CHANGE,
            own(post(&at("/v1/api-keys"))).json(json!({ "name": "One", "scopes": ["brand.read"] })),
        ),
        // The mail says in whose name and in which language it is.
        (
            "invite",
            CHANGE + 1,
            own(post(&at("/v1/invitations"))).json(json!({ "email": "new@b.test", "role": "viewer" })),
        ),
        ("draft, read", 1, own(get(&at("/v1/branding")))),
        (
            "tenant's status",
            CHANGE + 1,
            own(put(&at("/v1/tenant/status"))).json(json!({ "status": "maintenance" })),
        ),
    ];
    let wanted: Vec<_> = table.iter().map(|(name, wanted, _)| (*name, *wanted)).collect();
    let made: Vec<_> = table.into_iter().map(|(name, _, call)| (name, trips(&world, call))).collect();
    assert_eq!(made, wanted);
}

#[test]
fn a_change_that_lost_a_race_takes_one_look_and_one_batch_more() {
    let world = World::new();
    let token = world.access_token(&ACME);
    let save = |name: &str| patch(&ACME.at("/v1/me")).bearer(&token).json(json!({ "name": name }));
    let alone = trips(&world, save("First"));
    let before = world.platform.memory.sql_trips();
    let (lost, won) = world.race(save("Second"), 2, save("Third"));
    assert_eq!((lost.status, won.status), (200, 200));
    // The refused batch, the look at the head that tells why, then a look and a batch.
    assert_eq!(world.platform.memory.sql_trips() - before, alone + alone + 3);
}
