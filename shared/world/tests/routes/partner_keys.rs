//! What a partner does with its key, and where that ends.

use livery_world::{ACME, Call, GLOBEX, PARTNER_KEY, World, get, partner_key, post, problem, put};
use serde_json::json;

fn at(url: &str) -> Call {
    get(url).header("x-api-key", partner_key().reveal())
}

#[test]
fn a_partner_acts_for_its_tenant_at_its_host_and_by_name_at_the_platforms() {
    let world = World::new();
    for call in [
        at(&ACME.at("/v1/tenant")),
        at(&ACME.at("/v1/tenant")).header("x-tenant-id", ACME.id),
        at("livery.test/v1/tenant").header("x-tenant-id", ACME.id),
        at("livery.test/v1/tenant").header("x-tenant-key", ACME.key),
        at("livery.test/v1/tenant").header("x-tenant-key", ACME.key).header("x-tenant-id", ACME.id),
        get(&ACME.at("/v1/tenant")).bearer(partner_key().reveal()),
    ] {
        assert_eq!(world.send(call).json()["id"], ACME.id);
    }
    let policy = put("livery.test/v1/embed-policy").header("x-api-key", partner_key().reveal());
    let policy = policy.header("x-tenant-id", ACME.id).header("if-match", "*");
    assert_eq!(world.send(policy.json(json!({ "origins": [] }))).status, 200);
    let entries =
        world.run(livery_store::operations::audit::following(&world.platform, &ACME.scope(), 0, 9)).unwrap();
    assert_eq!(entries.last().unwrap().actor, format!("partner:{PARTNER_KEY}"));
}

#[test]
fn a_tenant_of_somebody_else_is_as_unknown_as_one_that_never_was() {
    let world = World::new();
    for call in [
        at(&GLOBEX.at("/v1/tenant")),
        at("nosuch.livery.test/v1/tenant"),
        at("livery.test/v1/tenant").header("x-tenant-id", GLOBEX.id),
        at("livery.test/v1/tenant").header("x-tenant-id", "ten_019aa52f0e80700080000000000000ff"),
        at("livery.test/v1/tenant").header("x-tenant-id", "%"),
        at("livery.test/v1/tenant").header("x-tenant-key", GLOBEX.key),
        at("livery.test/v1/tenant").header("x-tenant-key", "nosuch"),
        // The two name different tenants.
        at("livery.test/v1/tenant").header("x-tenant-id", ACME.id).header("x-tenant-key", GLOBEX.key),
        at(&ACME.at("/v1/tenant")).header("x-tenant-key", GLOBEX.key),
    ] {
        world.send(call).is(problem("not_found"));
    }
}

#[test]
fn at_the_platforms_host_a_partner_says_which_tenant_it_means() {
    let world = World::new();
    let told = "Name the tenant with `X-Tenant-ID` or `X-Tenant-Key`, or ask at its own host.";
    world
        .send(at("livery.test/v1/tenant"))
        .is(problem("malformed_request").reason("tenant_not_named").detail(told));
}

#[test]
fn a_partner_reads_a_tenant_that_was_given_up_and_changes_nothing_of_it() {
    let world = World::new();
    let sql = format!("UPDATE tenants SET status = 'deactivated' WHERE id = '{}'", ACME.id);
    world.platform.memory.execute_batch(&sql).unwrap();
    assert_eq!(world.send(at(&ACME.at("/v1/tenant"))).status, 200);
    let policy = put(&ACME.at("/v1/embed-policy")).header("x-api-key", partner_key().reveal());
    let policy = policy.header("if-match", "*").json(json!({ "origins": [] }));
    world.send(policy).is(problem("tenant_deactivated"));
}

#[test]
fn a_partner_is_no_operator_and_makes_its_tenants_keys() {
    let world = World::new();
    world.send(at("livery.test/v1/operator/tenants")).is(problem("unauthenticated"));
    let make = post(&ACME.at("/v1/api-keys")).header("x-api-key", partner_key().reveal());
    let made = world.send(make.json(json!({ "name": "Theirs", "scopes": ["brand.read"] })));
    assert_eq!(made.status, 201, "{}", made.whole());
    assert_eq!(made.json()["created_by"], format!("partner:{PARTNER_KEY}"));
}
