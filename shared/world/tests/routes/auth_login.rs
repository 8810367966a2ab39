//! `POST /v1/auth/login`

use livery_world::{ACME, Answer, Call, GLOBEX, PASSWORD, World, answer, get, owner_of_acme, post, problem};
use serde_json::json;

fn login(url: &str, email: &str, password: &str) -> Call {
    post(url).json(json!({ "email": email, "password": password }))
}

fn at_acme(email: &str, password: &str) -> Call {
    login("acme.livery.test/v1/auth/login", email, password)
}

fn text(answer: &Answer, name: &str) -> String {
    answer.json()[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", answer.whole())).to_owned()
}

fn token_of(answer: &Answer) -> String {
    answer.json()["access_token"].as_str().unwrap().to_owned()
}

#[test]
fn a_member_signs_in_with_any_spelling_of_the_address() {
    let world = World::new();
    for email in ["owner@acme.test", " Owner@ACME.Test "] {
        let signed_in = world.send(at_acme(email, PASSWORD));
        signed_in.is(answer(
            200,
            json!({
                "access_token": token_of(&signed_in),
                "token_type": "Bearer",
                "expires_in": 600,
                "refresh_token": text(&signed_in, "refresh_token"),
                "session_id": text(&signed_in, "session_id"),
                "session_expires_at": "2026-12-21T09:00:00Z",
                "device_token": text(&signed_in, "device_token"),
                "tenant": { "id": ACME.id, "key": "acme", "name": "Acme" },
                "role": "owner",
            }),
        ));
        let me = world.send(get("acme.livery.test/v1/me").bearer(&token_of(&signed_in)));
        me.is(answer(200, owner_of_acme()));
    }
}

#[test]
fn an_unknown_user_a_member_of_another_tenant_and_a_wrong_password_are_the_same_answer() {
    let world = World::new();
    let unknown = world.send(at_acme("nobody@acme.test", PASSWORD));
    unknown.is(problem("invalid_credentials"));
    for (email, password) in [
        ("owner@acme.test", "livery-demo "),
        ("owner@acme.test", ""),
        (GLOBEX.email, PASSWORD),
        (GLOBEX.email, "wrong"),
    ] {
        let refused = world.send(at_acme(email, password));
        assert_eq!(refused.whole(), unknown.whole(), "{email}");
    }
}

#[test]
fn sql_in_an_address_is_only_an_address() {
    let world = World::new();
    world.send(at_acme("'OR/**/1=1--@acme.test", PASSWORD)).is(problem("invalid_credentials"));
    world
        .send(at_acme("owner@acme.test'DROP/**/TABLE/**/users--", PASSWORD))
        .is(problem("invalid_credentials"));
    assert_eq!(world.send(at_acme("owner@acme.test", PASSWORD)).status, 200);
}

#[test]
fn at_the_platforms_own_host_a_tenant_key_says_where_and_the_password_grants() {
    let world = World::new();
    let url = "livery.test/v1/auth/login";
    let entered = world.send(login(url, ACME.email, PASSWORD).header("x-tenant-key", "acme"));
    assert_eq!(entered.status, 200, "{}", entered.whole());
    let elsewhere = world.send(login(url, ACME.email, PASSWORD).header("x-tenant-key", "globex"));
    elsewhere.is(problem("invalid_credentials"));
    // Without a name it is the platform's own people that sign in.
    world.send(login(url, ACME.email, PASSWORD)).is(problem("invalid_credentials"));
    let nowhere = world.send(login(url, ACME.email, PASSWORD).header("x-tenant-key", "nosuch"));
    nowhere.is(problem("not_found"));
    for headers in [
        vec![("x-tenant-key", "acme"), ("x-tenant-key", "globex")],
        vec![("x-tenant-key", "acme"), ("x-tenant-id", GLOBEX.id)],
        vec![("x-tenant-id", ACME.id)],
        vec![("x-tenant-key", "ACME")],
    ] {
        let call = headers.iter().fold(login(url, ACME.email, PASSWORD), |call, (n, v)| call.header(n, v));
        assert_eq!(world.send(call).whole(), nowhere.whole(), "{headers:?}");
    }
}

#[test]
fn at_a_tenants_host_a_header_for_another_tenant_is_the_same_as_an_unknown_host() {
    let world = World::new();
    let unknown = world.send(login("nosuch.livery.test/v1/auth/login", ACME.email, PASSWORD));
    unknown.is(problem("not_found"));
    for (name, value) in [("x-tenant-key", "globex"), ("x-tenant-key", "nosuch"), ("x-tenant-id", GLOBEX.id)]
    {
        // Even with globex's own right password: the host says acme.
        let refused = world.send(at_acme(GLOBEX.email, PASSWORD).header(name, value));
        assert_eq!(refused.whole(), unknown.whole(), "{name}: {value}");
    }
}

#[test]
fn a_body_that_is_no_json_is_told_its_place() {
    let world = World::new();
    let call = || post("acme.livery.test/v1/auth/login");
    world.send(call().body("application/json", "{\"email\": \n oops}")).is(problem("malformed_request")
        .reason("not_json")
        .detail("The body is not JSON: see line 2, column 2."));
    world.send(call().body("application/json", "")).is(problem("malformed_request")
        .reason("not_json")
        .detail("The body is not JSON: see line 1, column 0."));
    let cut = world.send(call().body("application/json", "{\"email\":\"\u{e9}"));
    assert_eq!(cut.status, 400, "{}", cut.whole());
}

#[test]
fn a_body_of_another_shape_is_refused() {
    let world = World::new();
    for (body, told) in [
        (json!({ "email": ACME.email }), "missing field `password`"),
        (json!({ "email": ACME.email, "password": PASSWORD, "tenant": "globex" }), "unknown field `tenant`"),
        (json!({ "email": 1, "password": PASSWORD }), "invalid type"),
        (json!([ACME.email]), "The body has to be a JSON object."),
    ] {
        let refused = world.send(post("acme.livery.test/v1/auth/login").json(body));
        assert_eq!(refused.status, 422, "{}", refused.whole());
        assert!(refused.json()["detail"].as_str().unwrap().contains(told), "{}", refused.whole());
    }
}

#[test]
fn addresses_and_passwords_beyond_their_bounds_are_named() {
    let world = World::new();
    world.send(at_acme("not an address", PASSWORD)).is(problem("invalid_content").fault(
        "/email",
        "not_an_email",
        "not an e-mail address",
    ));
    world.send(at_acme(ACME.email, &"x".repeat(1025))).is(problem("invalid_content").fault(
        "/password",
        "too_long",
        "A password has at most 1024 octets.",
    ));
    world.send(at_acme(ACME.email, &"x".repeat(1024))).is(problem("invalid_credentials"));
}

#[test]
fn another_content_type_is_refused() {
    let world = World::new();
    let text = json!({ "email": ACME.email, "password": PASSWORD }).to_string();
    for content_type in
        ["text/plain", "application/x-www-form-urlencoded", "application/merge-patch+json", ""]
    {
        world
            .send(post("acme.livery.test/v1/auth/login").body(content_type, &text))
            .is(problem("unsupported_media_type").detail("Send the body as application/json."));
    }
    let with_charset = post("acme.livery.test/v1/auth/login").body("Application/JSON; charset=utf-8", &text);
    assert_eq!(world.send(with_charset).status, 200);
}

#[test]
fn over_tls_the_answer_asks_for_tls_ever_after() {
    let world = World::new();
    world.send(at_acme("nobody@acme.test", PASSWORD).secure()).is(problem("invalid_credentials")
        .header("strict-transport-security", "max-age=63072000; includeSubDomains"));
}

#[test]
fn without_a_database_signing_in_is_a_503_and_not_a_refusal() {
    let world = World::new();
    world.platform.memory.set_broken(true);
    world.send(at_acme(ACME.email, PASSWORD)).is(problem("unavailable"));
    world.platform.memory.set_broken(false);
    assert_eq!(world.send(at_acme(ACME.email, PASSWORD)).status, 200);
}
