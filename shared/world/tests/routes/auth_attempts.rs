//! How often a sign-in may be tried, and that no caller can lock another person out.

use livery_world::{ACME, Answer, Call, GLOBEX, PASSWORD, World, post, problem};
use serde_json::json;

fn login(email: &str, password: &str, address: &str) -> Call {
    post("acme.livery.test/v1/auth/login")
        .from_address(address)
        .json(json!({ "email": email, "password": password }))
}

fn refused(world: &World, email: &str, address: &str) -> Answer {
    world.send(login(email, "wrong", address))
}

fn too_many(secs: &str) -> livery_world::Expected {
    problem("too_many_attempts").header("retry-after", secs)
}

#[test]
fn five_wrong_passwords_from_one_network_and_the_sixth_try_is_not_even_looked_at() {
    let world = World::new();
    for _ in 0..5 {
        refused(&world, ACME.email, "192.0.2.1").is(problem("invalid_credentials"));
        world.pass_secs(60);
    }
    refused(&world, ACME.email, "192.0.2.1").is(too_many("600"));
    world.send(login(ACME.email, PASSWORD, "192.0.2.1")).is(too_many("600"));
    assert_eq!(
        world.send(login(ACME.email, PASSWORD, "192.0.2.2")).status,
        200,
        "from elsewhere they come in"
    );
    world.pass_secs(599);
    world.send(login(ACME.email, PASSWORD, "192.0.2.1")).is(too_many("1"));
    world.pass_secs(1);
    assert_eq!(world.send(login(ACME.email, PASSWORD, "192.0.2.1")).status, 200);
}

#[test]
fn an_address_that_nobody_has_is_treated_the_same_in_answers_and_statements() {
    let world = World::new();
    let cost = |email: &str| {
        let before = world.platform.memory.statements();
        let answer = refused(&world, email, "192.0.2.9").whole();
        (answer, world.platform.memory.statements() - before)
    };
    for _ in 0..7 {
        let known = cost(ACME.email);
        assert_eq!(known, cost("nobody@acme.test"));
        assert_eq!(known, cost(GLOBEX.email));
    }
}

#[test]
fn a_success_forgets_the_failures_before_it() {
    let world = World::new();
    for _ in 0..3 {
        for _ in 0..4 {
            refused(&world, ACME.email, "192.0.2.1").is(problem("invalid_credentials"));
        }
        assert_eq!(world.send(login(ACME.email, PASSWORD, "192.0.2.1")).status, 200);
    }
}

#[test]
fn a_crowd_of_guessers_holds_up_unknown_devices_and_not_the_persons_own() {
    let world = World::new();
    let own = world.send(login(ACME.email, PASSWORD, "192.0.2.1")).json()["device_token"].clone();
    let guess = |n: u32| refused(&world, ACME.email, &format!("198.51.100.{}", n / 5));
    for n in 0..50 {
        guess(n).is(problem("invalid_credentials"));
    }
    guess(50).is(too_many("3600"));
    world.send(login(ACME.email, PASSWORD, "203.0.113.1")).is(too_many("3600"));
    let from_device = |token: &serde_json::Value, address: &str| {
        let body = json!({ "email": ACME.email, "password": PASSWORD, "device_token": token });
        post("acme.livery.test/v1/auth/login").from_address(address).json(body)
    };
    // Another person's device is no device of this person, and neither is text that is no token.
    let others = post("globex.livery.test/v1/auth/login");
    let others = world.send(others.json(json!({ "email": GLOBEX.email, "password": PASSWORD })));
    for token in [&others.json()["device_token"], &json!("x"), &others.json()["access_token"]] {
        world.send(from_device(token, "203.0.113.1")).is(too_many("3600"));
    }
    assert_eq!(world.send(from_device(&own, "203.0.113.1")).status, 200);
    // And then there are no more guesses.
    assert_eq!(world.send(login(ACME.email, PASSWORD, "203.0.113.1")).status, 200);
}

#[test]
fn one_network_cannot_use_up_the_tries_of_all_others() {
    let world = World::new();
    for _ in 0..60 {
        refused(&world, ACME.email, "198.51.100.1");
    }
    // 5 of them counted for the address; 45 from elsewhere fit still.
    for n in 0..45 {
        let elsewhere = refused(&world, ACME.email, &format!("203.0.113.{}", n / 5));
        elsewhere.is(problem("invalid_credentials"));
    }
    refused(&world, ACME.email, "203.0.113.99").is(too_many("3600"));
}

#[test]
fn a_network_may_try_a_hundred_times_at_all_addresses_together() {
    let world = World::new();
    for n in 0..100 {
        // Privacy extensions: one network, many addresses.
        refused(&world, &format!("somebody-{n}@acme.test"), &format!("2001:db8:1:2::{n:x}"))
            .is(problem("invalid_credentials"));
    }
    refused(&world, "somebody@acme.test", "2001:db8:1:2:ffff::1").is(too_many("900"));
    world.send(login(ACME.email, PASSWORD, "2001:db8:1:2::1")).is(too_many("900"));
    assert_eq!(world.send(login(ACME.email, PASSWORD, "2001:db8:1:3::1")).status, 200);
}

#[test]
fn what_is_counted_holds_no_address_and_does_not_pile_up() {
    let world = World::new();
    for n in 0..60 {
        refused(&world, &format!("somebody-{n}@acme.test"), &format!("192.0.2.{n}"));
    }
    let count = |world: &World| world.count("SELECT 1 FROM attempts");
    assert_eq!(count(&world), 180);
    let named = "
        SELECT 1 FROM attempts WHERE bucket LIKE '%@%' OR bucket LIKE '%192.%' OR length(bucket) <> 43";
    assert_eq!(world.count(named), 0);
    world.pass_secs(3601);
    for n in 0..4 {
        refused(&world, &format!("another-{n}@acme.test"), "203.0.113.1");
    }
    assert_eq!(count(&world), 9, "one network, four addresses twice");
}

#[test]
fn a_password_whose_hash_is_of_old_parameters_is_hashed_anew() {
    let world = World::new();
    // 'livery-demo' with 12 MiB and 3 passes.
    let old =
        "$argon2id$v=19$m=12288,t=3,p=1$AwMDAwMDAwMDAwMDAwMDAw$NtOfZCNY2IFrVr3p/tzhnK8oqpehUR0oVzOMSH1l9yU";
    let set = format!("UPDATE users SET password_hash = '{old}' WHERE id = '{}'", ACME.owner);
    world.platform.memory.execute_batch(&set).unwrap();
    for _ in 0..2 {
        assert_eq!(world.send(login(ACME.email, PASSWORD, "192.0.2.1")).status, 200);
        let old = "SELECT 1 FROM users WHERE password_hash LIKE '$argon2id$v=19$m=12288%'";
        assert_eq!(world.count(old), 0);
    }
}
