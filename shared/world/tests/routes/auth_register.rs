//! `POST /v1/auth/register`, `GET /v1/auth/subdomains/{key}`, `GET /v1/plans`

use livery_domain::{brand::theme::Theme, mail::MailKind};
use livery_identity::register::DEFAULT_STYLESHEET;
use livery_platform::{Database, MailFault, Statement};
use livery_world::{ACME, Answer, Call, PASSWORD, World, answer, get, post, problem};
use serde_json::{Value as Json, json};

const CHOSEN: &str = "zebra lamp river";

fn initech() -> Json {
    json!({
        "tenant_key": "initech", "tenant_name": "Initech", "email": "Peter@Initech.test",
        "password": CHOSEN, "name": "Peter", "plan": "starter", "locale": "ja",
    })
}

fn with(name: &str, value: Json) -> Json {
    let mut body = initech();
    body[name] = value;
    body
}

fn register(body: Json) -> Call {
    post("livery.test/v1/auth/register").json(body)
}

fn text(answer: &Answer, name: &str) -> String {
    answer.json()[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", answer.whole())).to_owned()
}

/// Every row of every table that a registration writes to.
fn everything(world: &World) -> String {
    let mut all = String::new();
    for sql in [
        "SELECT * FROM tenants ORDER BY id",
        "SELECT * FROM users ORDER BY id",
        "SELECT * FROM memberships ORDER BY tenant_id, user_id",
        "SELECT * FROM subscriptions ORDER BY tenant_id",
        "SELECT * FROM embed_policies ORDER BY tenant_id",
        "SELECT * FROM themes ORDER BY tenant_id",
        "SELECT * FROM artifacts ORDER BY tenant_id, hash",
        "SELECT * FROM releases ORDER BY tenant_id, rev",
        "SELECT * FROM audit_entries ORDER BY tenant_id, seq",
        "SELECT * FROM sessions ORDER BY id",
    ] {
        let rows = world.run(world.platform.memory.query(Statement::platform(sql, vec![]))).unwrap();
        all += &format!("{sql}: {rows:?}\n");
    }
    all
}

#[test]
fn the_default_stylesheet_is_what_the_compiler_makes_of_the_default_brand() {
    let sheet = livery_theme::compile(&Theme::default()).unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../areas/identity/src/default_stylesheet.css");
    if std::env::var_os("LIVERY_RENEW").is_some() {
        std::fs::write(path, &sheet.css).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert_eq!(
        kept, sheet.css,
        "LIVERY_RENEW=1 cargo test -p livery-world --test routes default_stylesheet writes it anew"
    );
    assert_eq!(DEFAULT_STYLESHEET, kept);
}

#[test]
fn a_registration_makes_a_tenant_whose_page_works_and_whose_owner_signs_in() {
    let world = World::new();
    let made = world.send(register(initech()));
    let (tenant, user) = (text_of(&made.json()["tenant"]["id"]), text(&made, "user_id"));
    made.is(answer(
        201,
        json!({
            "tenant": { "id": tenant, "key": "initech", "name": "Initech" },
            "url": "http://initech.livery.test",
            "user_id": user,
            "plan": "starter",
            "trial_ends_at": "2026-12-05T09:00:00Z",
        }),
    ));
    let login = post("initech.livery.test/v1/auth/login");
    let signed = world.send(login.json(json!({ "email": "peter@initech.test", "password": CHOSEN })));
    assert_eq!((signed.status, text(&signed, "role").as_str()), (200, "owner"), "{}", signed.whole());
    let access = text(&signed, "access_token");
    // The default brand is live, as release 1, and is the draft.
    let config = world.send(get("initech.livery.test/v1/edge/config")).json();
    assert_eq!(config["rev"], 1);
    let css = world.send(get(&format!("initech.livery.test{}", text_of(&config["stylesheet"]))));
    assert_eq!((css.status, css.text()), (200, DEFAULT_STYLESHEET.to_owned()));
    let draft = world.send(get("initech.livery.test/v1/branding").bearer(&access));
    assert_eq!((draft.header("etag"), draft.json()), ("\"1\"", Theme::default().to_value()));
    let again = world.send(post("initech.livery.test/v1/branding/publish").bearer(&access));
    assert_eq!((again.status, &again.json()["rev"]), (200, &json!(1)), "publishing would change nothing");
    let policy = world.send(get("initech.livery.test/v1/embed-policy").bearer(&access));
    policy.is(answer(200, json!({ "origins": [] })).header("etag", "\"1\""));
    let subscription = format!(
        "SELECT 1 FROM subscriptions WHERE tenant_id = '{tenant}' AND status = 'trialing' AND trial_ends_at = {}",
        1_796_461_200_000_i64
    );
    assert_eq!(world.count(&subscription), 1);
    let entry = format!(
        "SELECT 1 FROM audit_entries WHERE tenant_id = '{tenant}' AND seq = 1 AND action = 'tenant.registered' AND actor = '{user}' AND address = '192.0.2.1'"
    );
    assert_eq!(world.count(&entry), 1);
}

fn text_of(value: &Json) -> String {
    value.as_str().unwrap().to_owned()
}

#[test]
fn the_owner_is_written_a_welcome_and_a_mail_that_fails_fails_nothing() {
    let world = World::new();
    assert_eq!(world.send(register(initech())).status, 201);
    let mails = world.platform.memory.mails();
    let [mail] = mails.as_slice() else { panic!("{} mails", mails.len()) };
    assert_eq!(
        (mail.kind, mail.to.as_str(), mail.brand.as_str()),
        (MailKind::Welcome, "peter@initech.test", "Initech")
    );
    assert!(mail.text.contains("http://initech.livery.test/admin"), "{}", mail.text);
    assert!(mail.html.contains("lang=\"ja\""));
    world.platform.memory.set_mail_fault(Some(MailFault::TimedOut));
    assert_eq!(world.send(register(with("tenant_key", json!("second")))).status, 201);
}

#[test]
fn a_failure_at_any_statement_leaves_nothing() {
    let mut refused = 0;
    for at in [
        "INSERT ON tenants",
        "INSERT ON users",
        "INSERT ON memberships",
        "INSERT ON subscriptions",
        "INSERT ON embed_policies",
        "INSERT ON artifacts",
        "INSERT ON releases",
        "INSERT ON themes",
        "UPDATE ON themes",
        "INSERT ON audit_entries",
    ] {
        let world = World::new();
        let before = everything(&world);
        let trigger = format!("CREATE TRIGGER stop BEFORE {at} BEGIN SELECT RAISE(ABORT, 'stopped'); END");
        world.platform.memory.execute_batch(&trigger).unwrap();
        world.send(register(initech())).is(problem("conflict"));
        assert_eq!(everything(&world), before, "{at}");
        assert!(world.platform.memory.mails().is_empty());
        world.platform.memory.execute_batch("DROP TRIGGER stop").unwrap();
        assert_eq!(world.send(register(initech())).status, 201, "{at}");
        refused += 1;
    }
    assert_eq!(refused, 10);
    // And with the last statement of somebody known, who has tries to be forgotten.
    let world = World::new();
    let before = everything(&world);
    let trigger = "CREATE TRIGGER stop BEFORE DELETE ON attempts BEGIN SELECT RAISE(ABORT, 'stopped'); END";
    world.platform.memory.execute_batch(trigger).unwrap();
    let mut body = with("email", json!(ACME.email));
    body["password"] = json!(PASSWORD);
    world.send(register(body)).is(problem("conflict"));
    assert_eq!(everything(&world), before);
}

#[test]
fn a_name_that_somebody_has_is_a_409_that_says_so() {
    let world = World::new();
    let taken =
        || problem("conflict").fault("/tenant_key", "name_taken", "This name is taken. Choose another.");
    let before = everything(&world);
    world.send(register(with("tenant_key", json!("acme")))).is(taken());
    assert_eq!(everything(&world), before);
    assert_eq!(world.send(register(initech())).status, 201);
    let again = with("email", json!("other@initech.test"));
    world.send(register(again)).is(taken());
}

#[test]
fn somebody_who_has_an_account_proves_it_and_has_one_more_tenant() {
    let world = World::new();
    let mut body = with("email", json!(ACME.email));
    world.send(register(body.clone())).is(problem("invalid_credentials"));
    // Their old password counts, however short, and nobody asks for another one.
    body["password"] = json!(PASSWORD);
    let made = world.send(register(body.clone()));
    assert_eq!((made.status, text(&made, "user_id").as_str()), (201, ACME.owner), "{}", made.whole());
    for host in ["initech", "acme"] {
        let login = post(&format!("{host}.livery.test/v1/auth/login"));
        let signed = world.send(login.json(json!({ "email": ACME.email, "password": PASSWORD })));
        assert_eq!(text(&signed, "role"), "owner");
    }
    // Guessing through this door counts as guessing through the other.
    body["tenant_key"] = json!("another");
    body["password"] = json!("wrong");
    for _ in 0..5 {
        world.send(register(body.clone())).is(problem("invalid_credentials"));
    }
    let login = post("acme.livery.test/v1/auth/login");
    let signed = world.send(login.json(json!({ "email": ACME.email, "password": PASSWORD })));
    signed.is(problem("too_many_attempts").header("retry-after", "900"));
}

#[test]
fn every_field_at_fault_is_named_at_once() {
    let world = World::new();
    let body = json!({
        "tenant_key": "www", "tenant_name": "", "email": "x", "password": "short", "name": "a\nb",
        "plan": "pro", "locale": "fr",
    });
    let name = "A name has 1 to 100 characters on one line.";
    world.send(register(body)).is(problem("invalid_content").faults(json!([
        { "pointer": "/tenant_key", "reason": "name_reserved", "detail": "This name is kept for the platform itself." },
        { "pointer": "/tenant_name", "reason": "invalid_name", "detail": name },
        { "pointer": "/name", "reason": "invalid_name", "detail": name },
        { "pointer": "/email", "reason": "not_an_email", "detail": "not an e-mail address" },
        { "pointer": "/locale", "reason": "not_one_of", "detail": "Write `en` or `ja`." },
        { "pointer": "/plan", "reason": "does_not_exist", "detail": "There is no such plan: see GET /v1/plans." },
    ])));
    for (password, why, told) in [
        ("zebra-lam", "too_short", "A password has at least 10 characters."),
        ("1234567890", "weak_password", "This is one of the passwords that are tried first. Choose another."),
        (
            "peter@initech.test",
            "weak_password",
            "This is your e-mail address or the name of the workspace, which are tried first. Choose another.",
        ),
    ] {
        let refused = world.send(register(with("password", json!(password))));
        refused.is(problem("invalid_content").fault("/password", why, told));
    }
    let long = register(with("password", json!("x".repeat(1025))));
    world.send(long).is(problem("invalid_content").fault(
        "/password",
        "too_long",
        "A password has at most 1024 octets.",
    ));
}

#[test]
fn only_the_platforms_own_host_registers() {
    let world = World::new();
    for host in ["acme.livery.test", "nosuch.livery.test", "chat.acme.test"] {
        let elsewhere = post(&format!("{host}/v1/auth/register")).json(initech());
        world.send(elsewhere).is(problem("not_found"));
        world.send(get(&format!("{host}/v1/auth/subdomains/initech"))).is(problem("not_found"));
        world.send(get(&format!("{host}/v1/plans"))).is(problem("not_found"));
    }
    world.send(register(initech()).header("x-tenant-key", "acme")).is(problem("not_found"));
}

#[test]
fn one_network_registers_ten_times_an_hour() {
    let world = World::new();
    for n in 0..10 {
        let key = json!(format!("initech-{n}"));
        let mut body = with("tenant_key", key);
        body["email"] = json!(format!("peter-{n}@initech.test"));
        assert_eq!(world.send(register(body)).status, 201);
    }
    let full = world.send(register(initech()));
    full.is(problem("too_many_attempts").header("retry-after", "3600"));
    assert_eq!(world.send(register(initech()).from_address("192.0.2.2")).status, 201);
}

#[test]
fn a_name_is_told_to_be_free_taken_reserved_or_none() {
    let world = World::new();
    let ask = |key: &str| world.send(get(&format!("livery.test/v1/auth/subdomains/{key}")));
    ask("initech").is(answer(200, json!({ "key": "initech", "available": true, "reason": null })));
    ask("acme").is(answer(
        200,
        json!({
            "key": "acme", "available": false, "reason": "taken", "detail": "This name is taken.",
            "suggestions": ["acme-hq", "acme-app", "get-acme"],
        }),
    ));
    ask("www").is(answer(
        200,
        json!({
            "key": "www", "available": false, "reason": "reserved",
            "detail": "This name is kept for the platform itself.",
        }),
    ));
    assert_eq!(ask("Not%20one").json()["reason"], "malformed");
    assert_eq!(world.send(register(with("tenant_key", json!("acme-hq")))).status, 201);
    assert_eq!(ask("acme").json()["suggestions"], json!(["acme-app", "get-acme", "acme-2"]));
    for _ in 0..57 {
        assert_eq!(ask("initech").status, 200);
    }
    ask("initech").is(problem("too_many_attempts").header("retry-after", "60"));
}

#[test]
fn the_plans_on_offer_come_in_their_order_with_price_and_limits() {
    let world = World::new();
    let plans = world.send(get("livery.test/v1/plans"));
    let data = plans.json()["data"].as_array().unwrap().clone();
    let keys: Vec<_> = data.iter().map(|plan| text_of(&plan["key"])).collect();
    assert_eq!(keys, ["free", "starter", "standard", "professional", "enterprise_jp"]);
    let standard = json!({
        "key": "standard", "name": "Standard", "price": { "amount_minor": 49800, "currency": "JPY" },
        "trial_days": 14,
        "limits": {
            "seats": 50, "messages_monthly": 500_000, "sessions_concurrent": 250, "tokens_monthly": 500_000,
        },
    });
    plans.is(answer(200, json!({ "data": [data[0], data[1], standard, data[3], data[4]] })));
    assert_eq!(data[4]["limits"]["seats"], Json::Null);
}

#[test]
fn of_two_who_want_one_name_at_once_one_has_it() {
    let taken =
        || problem("conflict").fault("/tenant_key", "name_taken", "This name is taken. Choose another.");
    for at in [1, 3, 4, 5] {
        let world = World::new();
        let mut other = initech();
        other["email"] = json!("michael@initech.test");
        let (first, second) = world.race(register(initech()), at, register(other));
        let (won, lost) = if first.status == 201 { (first, second) } else { (second, first) };
        assert_eq!(won.status, 201, "{}", won.whole());
        lost.is(taken());
        assert_eq!(world.count("SELECT 1 FROM users WHERE email LIKE '%@initech.test'"), 1, "at {at}");
    }
}

#[test]
fn of_two_with_one_new_address_at_once_one_is_the_person_and_the_other_has_to_prove_it() {
    for at in [1, 3, 4, 5] {
        let world = World::new();
        let mut other = with("tenant_key", json!("initrode"));
        let (first, second) = world.race(register(initech()), at, register(other.clone()));
        assert_eq!((first.status, second.status), (201, 201), "the same person twice, at {at}");
        assert_eq!(text(&first, "user_id"), text(&second, "user_id"));
        let world = World::new();
        other["password"] = json!("river lamp zebra");
        let (first, second) = world.race(register(initech()), at, register(other));
        let (won, lost) = if first.status == 201 { (first, second) } else { (second, first) };
        assert_eq!(won.status, 201, "{}", won.whole());
        lost.is(problem("invalid_credentials"));
        assert_eq!(world.count("SELECT 1 FROM tenants WHERE key LIKE 'init%'"), 1);
    }
}
