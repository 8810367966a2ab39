//! The engine against a scripted server: what it sends, and how it handles every kind of answer.

// What a test's own helpers do may fail loudly.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod server;

use livery_domain::tenancy::tenant::TenantScope;
use livery_platform::{DatabaseError, Row, Rows, Statement, Value};
use livery_sql_postgres::{
    engine::{self, Login, Reach},
    wire::{Asked, Cell},
};
use server::{Reply, Script, serve};
use std::{cell::RefCell, collections::VecDeque, time::Duration};
use tokio::{
    io::{DuplexStream, duplex},
    task::{JoinHandle, LocalSet},
    time::Instant,
};

const INT2: u32 = 21;
const INT4: u32 = 23;
const INT8: u32 = 20;
const TEXT: u32 = 25;
const BOOL: u32 = 16;

/// What one connection received: statements, and their parameters as text.
type Heard = Vec<(String, Vec<String>)>;

/// A database whose connections follow these scripts, one after the other; after the last one, connecting fails.
struct Scripted {
    scripts: RefCell<VecDeque<Script>>,
    served: RefCell<Vec<JoinHandle<Heard>>>,
    attempts: RefCell<usize>,
}

impl Reach for Scripted {
    type Stream = DuplexStream;

    fn connect(&self) -> Result<DuplexStream, String> {
        *self.attempts.borrow_mut() += 1;
        let Some(script) = self.scripts.borrow_mut().pop_front() else { return Err("refused".into()) };
        let (ours, theirs) = duplex(64 * 1024);
        self.served.borrow_mut().push(tokio::task::spawn_local(serve(theirs, script)));
        Ok(ours)
    }

    async fn pause(&self, millis: u32) {
        tokio::time::sleep(Duration::from_millis(millis.into())).await;
    }

    fn chance(&self, below: u32) -> u32 {
        below / 2
    }

    fn later(&self, goodbye: impl Future<Output = ()> + 'static) {
        tokio::task::spawn_local(goodbye);
    }
}

struct Seen {
    outcome: Result<Vec<Rows>, DatabaseError>,
    attempts: usize,
    heard: Vec<Heard>,
    took: Duration,
}

async fn run(scripts: impl IntoIterator<Item = Script>, statements: &[Statement]) -> Seen {
    let reach = Scripted {
        scripts: RefCell::new(scripts.into_iter().collect()),
        served: RefCell::default(),
        attempts: RefCell::default(),
    };
    let asked: Vec<Asked> = statements
        .iter()
        .map(|statement| Asked {
            sql: statement.sql.to_owned(),
            params: statement.params.iter().cloned().map(Cell).collect(),
            scope: statement.scope.map(|scope| scope.tenant()),
        })
        .collect();
    let login = Login { user: "app".into(), password: "secret".into(), database: "livery".into() };
    LocalSet::new()
        .run_until(async {
            let began = Instant::now();
            let outcome = engine::run(&reach, &login, &asked).await;
            let took = began.elapsed();
            let mut heard = Vec::new();
            for served in reach.served.take() {
                // The call does not wait for a server that never answers.
                heard.push(
                    tokio::time::timeout(Duration::from_secs(1), served).await.map_or(vec![], Result::unwrap),
                );
            }
            Seen { outcome, attempts: *reach.attempts.borrow(), heard, took }
        })
        .await
}

fn tenant(n: u8) -> TenantScope {
    TenantScope::grant(format!("ten_0198c0de00007000800000000000000{n}").parse().unwrap())
}

fn one() -> [Statement; 1] {
    [Statement::scoped(&tenant(1), "SELECT a FROM b WHERE tenant_id = ?1", vec![])]
}

fn unavailable(outcome: Result<Vec<Rows>, DatabaseError>) -> String {
    match outcome {
        Err(DatabaseError::Unavailable(text)) => text,
        other => panic!("{other:?}"),
    }
}

/// Replies to `BEGIN` and to the scope come before those to the statements.
fn after_scope(replies: impl IntoIterator<Item = Reply>) -> Script {
    Script::of([Reply::Done, Reply::Done].into_iter().chain(replies))
}

#[tokio::test(start_paused = true)]
async fn a_batch_is_one_transaction_that_says_for_whom_before_each_change() {
    let batch = [
        Statement::scoped(&tenant(1), "A ?1", vec![]),
        Statement::scoped(&tenant(1), "B ?1, ?2, ?3", vec![Value::Null, "text".into()]),
        Statement::platform("C '?1' ?1", vec!["x".into()]),
        Statement::scoped(&tenant(2), "D ?1", vec![]),
    ];
    let seen = run([Script::of([])], &batch).await;
    assert_eq!(seen.outcome, Ok(vec![vec![]; 4]));
    let (one, two) = (tenant(1).tenant().to_string(), tenant(2).tenant().to_string());
    let told: Vec<(&str, Vec<&str>)> = seen.heard[0]
        .iter()
        .map(|(sql, params)| {
            let sql = if sql.contains("set_config") { "scope" } else { sql };
            (sql, params.iter().map(String::as_str).collect())
        })
        .collect();
    let wanted: Vec<(&str, Vec<&str>)> = vec![
        ("BEGIN", vec![]),
        ("scope", vec![&one, "off"]),
        ("A $1", vec![&one]),
        ("B $1, $2, $3", vec![&one, "NULL", "text"]),
        ("scope", vec!["", "on"]),
        ("C '?1' $1", vec!["x"]),
        ("scope", vec![&two, "off"]),
        ("D $1", vec![&two]),
        ("COMMIT", vec![]),
    ];
    assert_eq!(told, wanted);
}

#[tokio::test(start_paused = true)]
async fn everything_is_sent_before_anything_is_answered() {
    let batch: Vec<_> = (0..40).map(|_| Statement::platform("SELECT 1", vec![])).collect();
    let seen = run([Script { waits_for: Some("COMMIT"), ..Script::of([]) }], &batch).await;
    assert_eq!(seen.outcome.map(|lists| lists.len()), Ok(40));
}

#[tokio::test(start_paused = true)]
async fn integers_of_every_width_text_and_null_are_read() {
    let values = |values: &[&[u8]]| values.iter().map(|bytes| Some(bytes.to_vec())).collect::<Vec<_>>();
    let first =
        values(&[&(-2_i16).to_be_bytes(), &7_i32.to_be_bytes(), &i64::MAX.to_be_bytes(), "ü".as_bytes()]);
    let rows = Reply::Rows(vec![INT2, INT4, INT8, TEXT], vec![first, vec![None; 4]]);
    let seen = run([after_scope([rows])], &one()).await;
    let wanted =
        vec![Row(vec![(-2).into(), 7.into(), i64::MAX.into(), "ü".into()]), Row(vec![Value::Null; 4])];
    assert_eq!(seen.outcome, Ok(vec![wanted]));
}

#[tokio::test(start_paused = true)]
async fn a_value_of_another_type_is_an_error_that_names_the_type() {
    let seen = run([after_scope([Reply::Rows(vec![BOOL], vec![vec![Some(vec![1])]])])], &one()).await;
    assert!(unavailable(seen.outcome).contains("bool"));
}

#[tokio::test(start_paused = true)]
async fn an_answer_without_end_is_an_error() {
    let row = vec![Some(vec![b'a'; 1024 * 1024])];
    for (rows, fits) in [(7, true), (9, false)] {
        let seen = run([after_scope([Reply::Rows(vec![TEXT], vec![row.clone(); rows])])], &one()).await;
        assert_eq!(seen.outcome.is_ok(), fits, "{rows} MiB");
        assert_eq!(seen.attempts, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn the_error_is_that_of_the_statement_which_failed_first() {
    let batch = [one(), one(), one()].concat();
    let script = after_scope([Reply::Done, Reply::Error("23505", "duplicate key")]);
    let seen = run([script], &batch).await;
    assert_eq!(seen.outcome, Err(DatabaseError::Constraint("23505: duplicate key".into())));
    assert_eq!(seen.attempts, 1);
}

#[tokio::test(start_paused = true)]
async fn what_commit_refuses_is_no_success() {
    let seen = run([after_scope([Reply::Done, Reply::Error("23503", "foreign key")])], &one()).await;
    assert_eq!(seen.outcome, Err(DatabaseError::Constraint("23503: foreign key".into())));
}

#[tokio::test(start_paused = true)]
async fn an_error_about_data_does_not_quote_it() {
    let told = "invalid input syntax for type bigint: \"person@example.com\"";
    let seen = run([after_scope([Reply::Error("22P02", told)])], &one()).await;
    assert_eq!(unavailable(seen.outcome), "22P02: data");
}

#[tokio::test(start_paused = true)]
async fn a_transaction_that_gave_way_to_another_is_tried_again() {
    for code in ["40001", "40P01"] {
        let giving_way = || after_scope([Reply::Error(code, "gave way")]);
        let seen = run([giving_way(), giving_way(), Script::of([])], &one()).await;
        assert_eq!((seen.outcome, seen.attempts), (Ok(vec![vec![]]), 3));
        let seen = run([giving_way(), giving_way(), giving_way(), Script::of([])], &one()).await;
        assert_eq!((unavailable(seen.outcome).as_str(), seen.attempts), (&*format!("{code}: gave way"), 3));
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_is_lost_while_a_transaction_runs_is_not_tried_again() {
    for lost_at in 0..4 {
        let replies = std::iter::repeat_n(Reply::Done, lost_at).chain([Reply::HangUp]);
        let seen = run([Script::of(replies), Script::of([])], &one()).await;
        assert_eq!(seen.attempts, 1, "lost at {lost_at}");
        unavailable(seen.outcome);
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_there_is_tried_three_times() {
    let seen = run([], &one()).await;
    assert_eq!((unavailable(seen.outcome).as_str(), seen.attempts), ("refused", 3));
    assert!(seen.took < Duration::from_secs(1), "{:?}", seen.took);
}

#[tokio::test(start_paused = true)]
async fn no_place_left_and_a_server_that_starts_are_tried_again() {
    for code in ["53300", "57P03", "08P01"] {
        let refusing = Script { refusal: Some((code, "by and by")), ..Script::of([]) };
        let seen = run([refusing, Script::of([])], &one()).await;
        assert_eq!((seen.outcome, seen.attempts), (Ok(vec![vec![]]), 2), "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_password_that_is_wrong_is_not_tried_again() {
    let refusing = Script { refusal: Some(("28P01", "password authentication failed")), ..Script::of([]) };
    let seen = run([refusing, Script::of([])], &one()).await;
    assert_eq!(seen.attempts, 1);
    assert!(!unavailable(seen.outcome).contains("secret"));
}

#[tokio::test(start_paused = true)]
async fn who_does_not_greet_is_given_up_after_five_seconds() {
    let seen = run([Script::default(), Script::of([])], &one()).await;
    assert_eq!((unavailable(seen.outcome).as_str(), seen.attempts), ("no connection within 5 s", 1));
    assert_eq!(seen.took, Duration::from_secs(5));
}

#[tokio::test(start_paused = true)]
async fn who_does_not_answer_is_given_up_after_fifteen_seconds() {
    let seen = run([after_scope([Reply::Silence]), Script::of([])], &one()).await;
    assert_eq!((unavailable(seen.outcome).as_str(), seen.attempts), ("no answer within 15 s", 1));
    assert_eq!(seen.took, Duration::from_secs(15));
}

#[tokio::test(start_paused = true)]
async fn nothing_to_ask_asks_nobody() {
    let seen = run([], &[]).await;
    assert_eq!((seen.outcome, seen.attempts), (Ok(vec![]), 0));
    let seen = run([], &[one()[0].clone(), Statement::platform(" \n", vec![])]).await;
    assert_eq!((unavailable(seen.outcome).as_str(), seen.attempts), ("an empty statement", 0));
}
