//! `POST /tenants/register`

use livery_world::{ACME, World, answer, get, post};
use serde_json::{Value as Json, json};

const CHOSEN: &str = "zebra lamp river";

fn umbrella() -> Json {
    json!({
        "company_name": "Umbrella", "subdomain": "umbrella", "admin_email": "Ada@Umbrella.test",
        "admin_password": CHOSEN, "admin_name": "Ada", "plan": "STARTER",
    })
}

fn with(name: &str, value: Json) -> Json {
    let mut body = umbrella();
    body[name] = value;
    body
}

fn without(name: &str) -> Json {
    let mut body = umbrella();
    body.as_object_mut().unwrap().remove(name);
    body
}

#[test]
fn a_registration_under_its_older_name_makes_a_tenant_whose_owner_signs_in() {
    let world = World::new();
    let made = world.send(post("livery.test/tenants/register").json(umbrella()));
    let (tenant, owner) = (made.json()["tenant_id"].clone(), made.json()["admin_user_id"].clone());
    made.is(answer(
        201,
        json!({
            "tenant_id": tenant,
            "subdomain": "umbrella",
            "status": "active",
            "plan": "starter",
            "trial_ends_at": "2026-12-05T09:00:00Z",
            "admin_user_id": owner,
        }),
    ));
    let login = post("umbrella.livery.test/v1/auth/login");
    let signed = world.send(login.json(json!({ "email": "ada@umbrella.test", "password": CHOSEN })));
    assert_eq!((signed.status, &signed.json()["role"]), (200, &json!("owner")), "{}", signed.whole());
    assert_eq!(signed.json()["tenant"]["id"], tenant);
    let me = signed.json()["access_token"].as_str().unwrap().to_owned();
    assert_eq!(world.send(get("umbrella.livery.test/v1/me").bearer(&me)).json()["user_id"], owner);
}

#[test]
fn plans_are_known_by_their_older_names_and_by_their_own() {
    for (name, key) in [
        (json!("STANDARD"), "standard"),
        (json!("PROFESSIONAL"), "professional"),
        (json!("ENTERPRISE"), "enterprise_jp"),
        (json!("standard"), "standard"),
        (json!(null), "free"),
    ] {
        let made = World::new().send(post("livery.test/tenants/register").json(with("plan", name)));
        assert_eq!((made.status, &made.json()["plan"]), (201, &json!(key)), "{}", made.whole());
    }
    let mut other_word = without("company_name");
    other_word["tenant_name"] = json!("Umbrella");
    assert_eq!(World::new().send(post("livery.test/tenants/register").json(other_word)).status, 201);
}

#[test]
fn faults_are_told_by_the_names_of_its_fields() {
    let world = World::new();
    let before = world.count("SELECT 1 FROM tenants");
    for (field, value) in [
        ("subdomain", json!("-x")),
        ("company_name", json!("")),
        ("admin_email", json!("nobody")),
        ("admin_password", json!("short")),
        ("admin_name", json!("")),
        ("plan", json!("PLATINUM")),
    ] {
        let refused = world.send(post("livery.test/tenants/register").json(with(field, value)));
        assert_eq!(
            (refused.status, refused.json()["code"].as_str().unwrap()),
            (422, "invalid_content"),
            "{field}"
        );
        let pointers: Vec<_> = refused.json()["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fault| fault["pointer"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(pointers, [format!("/{field}")]);
        let missing = world.send(post("livery.test/tenants/register").json(without(field)));
        assert_eq!(missing.status, if field == "plan" { 201 } else { 422 }, "{}", missing.whole());
    }
    assert_eq!(world.count("SELECT 1 FROM tenants"), before + 1, "the one without a plan");
    let taken = world.send(post("livery.test/tenants/register").json(with("subdomain", json!("acme"))));
    assert_eq!((taken.status, &taken.json()["errors"][0]["pointer"]), (409, &json!("/subdomain")));
    let twice = world.send(post("livery.test/tenants/register").json(with("tenant_name", json!("Twice"))));
    assert_eq!(twice.status, 422, "one name, not two");
}

#[test]
fn nobody_registers_at_a_tenants_host() {
    let world = World::new();
    let refused = world.send(post(&ACME.at("/tenants/register")).json(umbrella()));
    let same = world.send(post(&ACME.at("/v1/auth/register")).json(umbrella()));
    assert_eq!((refused.status, &refused.json()["code"]), (same.status, &same.json()["code"]));
    assert_eq!(world.count("SELECT 1 FROM users WHERE email = 'ada@umbrella.test'"), 0);
}
