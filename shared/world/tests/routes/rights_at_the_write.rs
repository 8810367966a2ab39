//! A right that is lost between the first look at the caller and the write: the change is refused, and nothing is written.

use livery_domain::people::{permission::Permission, role::Role};
use livery_world::{
    ACME, Call, PARTNER_KEY, World, delete, partner_key, patch, post, put,
    routes::{ROUTES, Side, two_sides},
};
use serde_json::json;

/// Operations that decide on nothing else of the caller.
const CHANGES: [(&str, &str); 5] = [
    ("PATCH", "/v1/branding"),
    ("POST", "/v1/branding/publish"),
    ("PUT", "/v1/embed-policy"),
    ("PATCH", "/v1/tenant"),
    ("PUT", "/v1/tenant/status"),
];

/// A good request of one of them, with this access token or key.
fn call((method, path): (&str, &str), own: &Side, credentials: &str) -> Call {
    let route = ROUTES.iter().find(|route| (route.method, route.path) == (method, path)).unwrap();
    let who = Side { access: credentials.to_owned(), ..livery_world::routes::nobody() };
    (route.call)(own, &who, own)
}

fn world() -> (World, Side) {
    let (world, own, _) = two_sides();
    // So that publishing has something to change.
    world.send(call(("PUT", "/v1/embed-policy"), &own, &world.access_token(&ACME)));
    (world, own)
}

fn changes_by(world: &World, actor: &str) -> usize {
    world.count(&format!("SELECT 1 FROM audit_entries WHERE actor LIKE '%{actor}'"))
}

#[test]
fn who_loses_the_permission_amid_a_change_does_not_make_it() {
    for change in CHANGES {
        // Before the trip that decides, and before the batch that writes.
        for at in [1, 2] {
            let (world, own) = world();
            let (colleague, token) = world.colleague(1, Role::Owner);
            let demoted = patch(&ACME.at(&format!("/v1/members/{colleague}")))
                .bearer(&world.access_token(&ACME))
                .json(json!({ "role": "viewer" }));
            let (refused, demoted) = world.race(call(change, &own, &token), at, demoted);
            assert_eq!(
                (refused.status, demoted.status),
                (403, 200),
                "{change:?} at {at}: {}",
                refused.whole()
            );
            assert_eq!(changes_by(&world, &colleague.to_string()), 0, "{change:?} at {at}");
        }
    }
}

#[test]
fn who_is_signed_out_before_a_change_is_decided_does_not_make_it() {
    for change in CHANGES {
        let (world, own) = world();
        let (colleague, token) = world.colleague(1, Role::Owner);
        let signed_out = post(&ACME.at("/v1/auth/logout")).bearer(&token);
        let (refused, signed_out) = world.race(call(change, &own, &token), 1, signed_out);
        assert_eq!((refused.status, signed_out.status), (401, 204), "{change:?}: {}", refused.whole());
        assert_eq!(changes_by(&world, &colleague.to_string()), 0, "{change:?}");
    }
}

#[test]
fn a_key_that_is_revoked_amid_a_change_does_not_make_it() {
    let everything: Vec<_> = Permission::ALL.iter().map(|permission| permission.as_str()).collect();
    for change in CHANGES {
        // After the key was found, up to the batch that writes.
        for at in 1..=4 {
            let (world, own) = world();
            let key = world.make_key(&ACME, json!({ "name": "Amid", "scopes": everything }));
            let (id, text) = (key["id"].as_str().unwrap(), key["key"].as_str().unwrap());
            let revoked = delete(&ACME.at(&format!("/v1/api-keys/{id}"))).bearer(&world.access_token(&ACME));
            let (refused, revoked) = world.race(call(change, &own, text), at, revoked);
            assert_eq!(
                (refused.status, revoked.status),
                (401, 204),
                "{change:?} at {at}: {}",
                refused.whole()
            );
            assert_eq!(changes_by(&world, id), 0, "{change:?} at {at}");
        }
    }
}

#[test]
fn a_partner_that_loses_the_tenant_amid_a_change_does_not_make_it() {
    for change in CHANGES {
        // The key and the tenant are found before, and the use of the key is noted.
        for at in [3, 4] {
            let (world, own) = world();
            let call = call(change, &own, partner_key().reveal());
            let given_away = put(&format!("livery.test/v1/operator/tenants/{}/partner", ACME.id))
                .bearer(&world.operator_token())
                .json(json!({ "partner_id": null }));
            let (refused, given_away) = world.race(call, at, given_away);
            assert_eq!(
                (refused.status, given_away.status),
                (401, 200),
                "{change:?} at {at}: {}",
                refused.whole()
            );
            assert_eq!(changes_by(&world, PARTNER_KEY), 0, "{change:?} at {at}");
        }
    }
}
