//! `POST /v1/auth/password`, `/v1/auth/password/forgot`, `/v1/auth/password/reset`

use livery_domain::mail::MailKind;
use livery_world::{ACME, Answer, Call, GLOBEX, PASSWORD, World, answer, get, post, problem};
use serde_json::json;

const NEW: &str = "zebra lamp river";

fn text(answer: &Answer, name: &str) -> String {
    answer.json()[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", answer.whole())).to_owned()
}

fn login(world: &World, password: &str) -> Answer {
    let call = post("acme.livery.test/v1/auth/login");
    world.send(call.json(json!({ "email": ACME.email, "password": password })))
}

fn change(access: &str, current: &str, new: &str) -> Call {
    let body = json!({ "current_password": current, "new_password": new });
    post("acme.livery.test/v1/auth/password").bearer(access).json(body)
}

fn forgot(host: &str, email: &str) -> Call {
    post(&format!("{host}/v1/auth/password/forgot")).json(json!({ "email": email }))
}

fn reset(token: &str, new: &str) -> Call {
    post("acme.livery.test/v1/auth/password/reset").json(json!({ "token": token, "new_password": new }))
}

/// Asks for a link and gives the code in the mail.
fn asked(world: &World) -> String {
    assert_eq!(world.send(forgot("acme.livery.test", ACME.email)).status, 202);
    let mail = world.platform.memory.mails().pop().unwrap();
    assert_eq!((mail.kind, mail.to.as_str()), (MailKind::PasswordReset, ACME.email));
    let at = mail
        .text
        .find("http://acme.livery.test/admin/reset#lvw_")
        .expect("a link with the code in its fragment");
    let code = at + "http://acme.livery.test/admin/reset#".len();
    mail.text[code..code + 53].to_owned()
}

#[test]
fn another_password_needs_the_present_one_and_ends_all_other_sessions() {
    let world = World::new();
    let first = login(&world, PASSWORD);
    let there = text(&login(&world, PASSWORD), "access_token");
    let here = text(&first, "access_token");
    world.send(change(&here, "wrong", NEW)).is(problem("invalid_content").fault(
        "/current_password",
        "wrong_password",
        "This is not your password.",
    ));
    world.send(change(&here, PASSWORD, "short")).is(problem("invalid_content").fault(
        "/new_password",
        "too_short",
        "A password has at least 10 characters.",
    ));
    world.pass_secs(1);
    let changed = world.send(change(&here, PASSWORD, NEW));
    // The one there and the one that this world begins with.
    changed.is(answer(200, json!({ "ended": 2, "device_token": text(&changed, "device_token") })));
    world.send(change(&there, NEW, PASSWORD)).is(problem("unauthenticated"));
    assert_eq!((login(&world, PASSWORD).status, login(&world, NEW).status), (401, 200));
    let mails = world.platform.memory.mails();
    assert_eq!(mails.iter().map(|mail| mail.kind).collect::<Vec<_>>(), [MailKind::PasswordChanged]);
    // A device of before the change is none any more; the one that made it is.
    for n in 0..50 {
        let guess = post("acme.livery.test/v1/auth/login").from_address(&format!("198.51.100.{}", n / 5));
        world.send(guess.json(json!({ "email": ACME.email, "password": "wrong" })));
    }
    let from = |device: &str| {
        let body = json!({ "email": ACME.email, "password": NEW, "device_token": device });
        world.send(post("acme.livery.test/v1/auth/login").from_address("203.0.113.1").json(body)).status
    };
    assert_eq!((from(&text(&first, "device_token")), from(&text(&changed, "device_token"))), (429, 200));
}

#[test]
fn a_session_in_hand_does_not_make_guessing_free() {
    let world = World::new();
    let here = text(&login(&world, PASSWORD), "access_token");
    for _ in 0..5 {
        assert_eq!(world.send(change(&here, "wrong", NEW)).status, 422);
    }
    world.send(change(&here, PASSWORD, NEW)).is(problem("too_many_attempts").header("retry-after", "900"));
}

#[test]
fn a_link_gives_another_password_once_and_ends_every_session() {
    let world = World::new();
    let access = text(&login(&world, PASSWORD), "access_token");
    let code = asked(&world);
    // Somebody else is locked out by guesses meanwhile; the link opens the door again.
    for _ in 0..5 {
        login(&world, "wrong");
    }
    assert_eq!(login(&world, PASSWORD).status, 429);
    world.pass_secs(3599);
    world.send(reset(&code, "1234567890")).is(problem("invalid_content").fault(
        "/new_password",
        "weak_password",
        "This is one of the passwords that are tried first. Choose another.",
    ));
    let done = world.send(reset(&code, NEW));
    done.is(answer(200, json!({ "ended": 2, "device_token": text(&done, "device_token") })));
    let over = || {
        problem("gone")
            .reason("link_used_or_expired")
            .detail("The link was used or is over. Ask for another one.")
    };
    world.send(reset(&code, NEW)).is(over());
    assert_eq!((login(&world, PASSWORD).status, login(&world, NEW).status), (401, 200));
    let everywhere = post("acme.livery.test/v1/auth/logout").bearer(&access);
    world.send(everywhere).is(problem("unauthenticated"));
    // A link that ran out.
    let late = asked(&world);
    world.pass_secs(3600);
    world.send(reset(&late, "river lamp zebra")).is(over());
    // Another one makes the first useless once either is used.
    let [one, two] = [asked(&world), asked(&world)];
    assert_eq!(world.send(reset(&two, "river lamp zebra")).status, 200);
    world.send(reset(&one, NEW)).is(over());
}

#[test]
fn what_is_no_code_here_is_one_404() {
    let world = World::new();
    let code = asked(&world);
    for bad in ["", "lvw_", &code.replace("lvw_", "lvr_"), &world.reset_code(&GLOBEX)] {
        world.send(reset(bad, NEW)).is(problem("not_found"));
    }
    assert_eq!(world.send(reset(&format!(" {code}\n"), NEW)).status, 200, "pasted with what is around it");
}

#[test]
fn whether_anybody_has_an_address_is_not_told() {
    let world = World::new();
    let known = world.send(forgot("acme.livery.test", ACME.email)).whole();
    for email in ["nobody@acme.test", GLOBEX.email] {
        assert_eq!(world.send(forgot("acme.livery.test", email)).whole(), known);
    }
    let mails = world.platform.memory.mails().len();
    assert_eq!(mails, 1);
    // At the platform's own host links are for its own people.
    assert_eq!(world.send(forgot("livery.test", ACME.email)).whole(), known);
    assert_eq!(world.platform.memory.mails().len(), mails);
    for _ in 0..5 {
        assert_eq!(world.send(forgot("acme.livery.test", ACME.email)).whole(), known);
    }
    // It is asked for at one address wherever: one of three was at the platform.
    assert_eq!(world.platform.memory.mails().len(), 2);
    for n in 0..11 {
        assert_eq!(world.send(forgot("acme.livery.test", &format!("nobody-{n}@acme.test"))).status, 202);
    }
    let full = world.send(forgot("acme.livery.test", ACME.email));
    full.is(problem("too_many_attempts").header("retry-after", "3600"));
}

#[test]
fn the_keys_are_published_for_whoever_checks_tokens() {
    let world = World::new();
    for host in ["acme.livery.test", "livery.test", "nosuch.livery.test"] {
        let keys = world.send(get(&format!("{host}/.well-known/jwks.json")));
        let x = keys.json()["keys"][0]["x"].as_str().unwrap().to_owned();
        assert_eq!(x.len(), 43);
        let key =
            json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": "test", "x": x });
        keys.is(answer(200, json!({ "keys": [key] })).header("cache-control", "public, max-age=300"));
    }
}
