//! The host as a program, with a component of spin-sdk 7 behind it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::disallowed_methods, reason = "measures the host, which is no component")]

mod client;
mod host;

use std::time::{Duration, Instant};

use client::{connect, post};
use host::Host;

#[test]
fn a_component_learns_where_its_request_came_from() {
    let host = Host::start(&[]);
    let headers = host.post("/t/7/x?y=1", "").text;
    assert!(headers.is_empty(), "the component answers only paths that it knows");
    let headers = host.post("/headers", "").text;
    assert!(headers.contains("spin-path-info: /headers\n"));
    assert!(headers.contains(&format!("spin-full-url: http://{}/headers\n", host.address)));
}

#[test]
fn bodies_of_some_size_pass_both_ways_unchanged() {
    let host = Host::start(&[]);
    let body: String = (0..400_000).map(|number| char::from(b'a' + (number % 26) as u8)).collect();
    assert_eq!(host.post("/echo", &body).text, body);
}

#[test]
fn events_arrive_while_the_component_still_writes() {
    let host = Host::start(&[]);
    let start = Instant::now();
    let mut response = connect(&host.address, "/events", "");
    assert!(response.until("data: 1").is_some());
    assert!(start.elapsed() < Duration::from_millis(300));
    assert!(response.until("data: 3").is_some());
    assert!(start.elapsed() >= Duration::from_millis(600));
}

#[test]
fn a_panic_answers_500_and_harms_nobody_else() {
    let host = Host::start(&[]);
    let events = std::thread::spawn({
        let address = host.address.clone();
        move || post(&address, "/events", "")
    });
    assert_eq!(host.post("/panic", "").status, 500);
    assert!(events.join().unwrap().text.contains("data: 3"));
    assert!(host.log("guest_stderr.txt").contains("as the test asked"));
}

#[test]
fn a_body_whose_component_fails_midway_does_not_end_as_if_it_were_whole() {
    let host = Host::start(&[]);
    let mut response = connect(&host.address, "/cut", "");
    assert!(response.until("data: 1").is_some());
    assert!(response.until("\r\n0\r\n\r\n").is_none());
}

#[test]
fn components_that_compute_for_ever_leave_room_for_others() {
    let host = Host::start(&[]);
    let _looping: Vec<_> = (0..8).map(|_| connect(&host.address, "/loop", "")).collect();
    assert_eq!(host.post("/variable", "greeting").text, "Ok(\"hello, world\")");
}

#[test]
fn each_request_has_an_instance_of_its_own_unless_told_otherwise() {
    let fresh = Host::start(&[]);
    assert_eq!([fresh.post("/count", "").text, fresh.post("/count", "").text], ["0", "0"]);
    let reused = Host::start(&["--max-instance-reuse-count", "2"]);
    let counts: Vec<_> = (0..4).map(|_| reused.post("/count", "").text).collect();
    assert_eq!(counts, ["0", "1", "0", "1"]);
}

#[test]
fn a_reused_instance_answers_requests_at_the_same_time_and_a_trap_takes_all_of_them() {
    let host = Host::start(&["--max-instance-reuse-count=9"]);
    let mut sleeping = connect(&host.address, "/sleep", "20000");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(host.post("/count", "").text, "0");
    assert_eq!(host.post("/count", "").text, "1");
    assert_eq!(host.post("/panic", "").status, 500);
    assert!(sleeping.until("500 Internal Server Error").is_some());
    assert_eq!(host.post("/count", "").text, "0");
}

#[test]
fn variables_come_from_the_command_line_and_unknown_ones_are_undefined() {
    let host = Host::start(&["--variable", "greeting=good day"]);
    assert_eq!(host.post("/variable", "greeting").text, "Ok(\"good day, world\")");
    assert!(host.post("/variable", "other").text.contains("Undefined"));
}

#[test]
fn a_store_or_database_that_is_not_granted_is_denied() {
    let host = Host::start(&[]);
    assert_eq!(host.post("/key-value", "other keys").text, "Error::AccessDenied");
    assert_eq!(host.post("/sqlite", "other").text, "Error::AccessDenied");
}

#[test]
fn what_was_stored_is_there_after_the_host_was_killed() {
    let host = Host::start(&[]);
    assert_eq!(host.post("/key-value", "default set a 1").text, "Ok(())");
    host.post("/sqlite", "default\nCREATE TABLE t (a)\nINSERT INTO t VALUES (1)");
    let host = host.killed_and_started_again();
    assert_eq!(host.post("/key-value", "default get a").text, "Some(Ok(\"1\"))");
    assert_eq!(host.post("/key-value", "default keys").text, "[\"a\"]");
    assert_eq!(host.post("/sqlite", "default\nSELECT a FROM t").text, "[Value::Integer(1)]\n");
}

#[test]
fn a_client_that_goes_away_ends_the_instance_and_its_transaction() {
    let host = Host::start(&[]);
    host.post("/sqlite", "default\nCREATE TABLE t (a)");
    let pausing =
        connect(&host.address, "/sqlite", "default\nBEGIN IMMEDIATE\nINSERT INTO t VALUES (1)\npause");
    std::thread::sleep(Duration::from_millis(300));
    drop(pausing);
    // The other connection would wait five seconds for a transaction that is still open, and then give up.
    let start = Instant::now();
    let answer = host.post("/sqlite", "default\nBEGIN IMMEDIATE\nSELECT count(*) FROM t").text;
    assert_eq!(answer, "[Value::Integer(0)]\n");
    assert!(start.elapsed() < Duration::from_secs(4));
}

#[test]
fn a_request_goes_out_only_to_hosts_that_are_allowed() {
    let other = Host::start(&[]);
    let port = other.address.rsplit(':').next().unwrap().to_owned();
    let host = Host::start(&["--variable", &format!("port={port}")]);
    let url = format!("http://{}/.well-known/spin/health", other.address);
    assert_eq!(host.post("/get", &url).text, "200 OK OK");
    assert_eq!(other.post("/get", &url).text, "ErrorCode::HttpRequestDenied");
}

#[test]
fn an_unknown_path_of_spins_own_is_not_found() {
    let host = Host::start(&[]);
    assert_eq!(host.post("/.well-known/spin/health", "").text, "OK");
    assert_eq!(host.post("/.well-known/spin/info", "").status, 404);
}

/// As in Spin, whose pool does not end a transaction that an instance left behind. Components have to, before they
/// begin their own.
#[test]
#[ignore = "needs a Postgres: LIVERY_SPIN_HOST_POSTGRES=postgres://user@127.0.0.1:port/database"]
fn a_pooled_postgres_connection_keeps_an_open_transaction_and_loses_its_settings() {
    let address = std::env::var("LIVERY_SPIN_HOST_POSTGRES").unwrap();
    let port = address.rsplit(':').next().unwrap().split('/').next().unwrap().to_owned();
    let host = Host::start(&["--variable", &format!("port={port}")]);
    let run = |statements: &str| host.post("/postgres", &format!("{address}\n{statements}")).text;
    run("DROP TABLE IF EXISTS left_behind\nCREATE TABLE left_behind (a int8)");
    let one = run(
        "SELECT pg_backend_pid()\nSET app.tenant = 'one'\nBEGIN\nINSERT INTO left_behind VALUES ($1) -- int64",
    );
    let other = run(
        "SELECT pg_backend_pid()\nSELECT coalesce(current_setting('app.tenant', true), '')\nSELECT count(*) FROM left_behind\nROLLBACK\nSELECT count(*) FROM left_behind",
    );
    assert_eq!(one.lines().next(), other.lines().next());
    let rest: Vec<_> = other.lines().skip(1).collect();
    assert_eq!(rest, ["[DbValue::Str(\"\")]", "[DbValue::Int64(1)]", "[DbValue::Int64(0)]"]);
}

#[test]
#[ignore = "needs a Postgres: LIVERY_SPIN_HOST_POSTGRES=postgres://user@127.0.0.1:port/database"]
fn postgres_types_go_in_and_come_out_as_they_were() {
    let address = std::env::var("LIVERY_SPIN_HOST_POSTGRES").unwrap();
    let port = address.rsplit(':').next().unwrap().split('/').next().unwrap().to_owned();
    let host = Host::start(&["--variable", &format!("port={port}")]);
    for (statement, answer) in [
        (
            "SELECT true, 1::int2, 2::int4, 1.5::float4, 2.5::float8",
            "[DbValue::Boolean(true), DbValue::Int16(1), DbValue::Int32(2), DbValue::Floating32(1.5), DbValue::Floating64(2.5)]",
        ),
        (
            "SELECT 'a'::text, 'b'::varchar, 'c'::bpchar",
            "[DbValue::Str(\"a\"), DbValue::Str(\"b\"), DbValue::Str(\"c\")]",
        ),
        ("SELECT $1::int8 -- int64", "[DbValue::Int64(-9223372036854775808)]"),
        ("SELECT $1::int8 -- null", "[DbValue::DbNull]"),
        ("SELECT $1::text -- str", "[DbValue::Str(\"ä\")]"),
        ("SELECT $1::bytea -- bytes", "[DbValue::Binary([0, 255])]"),
        ("SELECT $1::uuid -- uuid", "[DbValue::Uuid(\"01890a5d-ac96-774b-bcce-b302099a8057\")]"),
        ("SELECT ($1::jsonb)::text -- jsonb", "[DbValue::Str(\"{\\\"a\\\": null, \\\"b\\\": [1]}\")]"),
        ("SELECT $1::timestamp -- datetime", "[DbValue::Datetime((2026, 2, 28, 23, 59, 58, 123456000))]"),
        (
            "SELECT '2024-02-29'::date, '23:59:58.5'::time",
            "[DbValue::Date((2024, 2, 29)), DbValue::Time((23, 59, 58, 500000000))]",
        ),
        ("SELEC", "42601 syntax error at or near \"SELEC\""),
    ] {
        assert_eq!(
            host.post("/postgres", &format!("{address}\n{statement}")).text.trim_end(),
            answer,
            "{statement}"
        );
    }
    for refused in ["SELECT 1::numeric", "SELECT now()", "SELECT $1::int4 -- int64"] {
        assert!(
            host.post("/postgres", &format!("{address}\n{refused}")).text.contains("PgError"),
            "{refused}"
        );
    }
}

#[test]
fn postgres_elsewhere_than_allowed_is_refused() {
    let host = Host::start(&[]);
    let answer = host.post("/postgres", "postgres://user@127.0.0.1:2/database\nSELECT 1").text;
    assert!(answer.contains("address postgres://127.0.0.1:2 is not permitted"));
}
