//! `Database`: read-your-writes, atomic batches, distinguishable faults, values that come back unchanged.

use crate::{Platform, fresh, holds, same, text};
use futures_util::future::join_all;
use livery_domain::tenancy::tenant::TenantScope;
use livery_platform::{DatabaseError, Row, Rows, Statement, Value};

const ADD_DOMAIN: &str =
    "INSERT INTO domains (host, tenant_id, status, created_at) VALUES (?2, ?1, 'pending', ?3)";
const DOMAINS: &str = "SELECT host FROM domains WHERE tenant_id = ?1 ORDER BY host";
const ADD_CONVERSATION: &str = "
    INSERT INTO conversations (id, tenant_id, visitor_id, status, last_seq, created_at)
    VALUES (?2, ?1, 'v', 'closed', ?3, 0)";

fn add_domain(scope: &TenantScope, host: &str) -> Statement {
    Statement::scoped(scope, ADD_DOMAIN, vec![host.into(), 0.into()])
}

async fn domains<P: Platform>(platform: &P, scope: &TenantScope) -> Result<Rows, String> {
    platform.query(Statement::scoped(scope, DOMAINS, vec![])).await.map_err(text)
}

fn rows(texts: &[&str]) -> Rows {
    texts.iter().map(|text| Row(vec![Value::from(*text)])).collect()
}

fn is_constraint<T: std::fmt::Debug>(told: &str, outcome: Result<T, DatabaseError>) -> Result<(), String> {
    match outcome {
        Err(DatabaseError::Constraint(_)) => Ok(()),
        other => Err(format!("{told}: {other:?} instead of a constraint")),
    }
}

pub async fn a_write_is_read_at_once<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    for n in 0..5 {
        let host = format!("{n}.{}.test", fresh::word(platform));
        platform.query(add_domain(&scope, &host)).await.map_err(text)?;
        let read = domains(platform, &scope).await?;
        same("rows after a write", &read.len(), &(n + 1))?;
        same("the row written", &read.get(n), &rows(&[&host]).first())?;
    }
    Ok(())
}

pub async fn a_batch_sees_its_own_writes<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let host = format!("{}.test", fresh::word(platform));
    let batch = vec![add_domain(&scope, &host), Statement::scoped(&scope, DOMAINS, vec![])];
    let answers = platform.batch(batch).await.map_err(text)?;
    same("what the second statement read", &answers.get(1), &Some(&rows(&[&host])))
}

pub async fn a_batch_gives_the_rows_of_each_statement_in_order<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let select = |text: &str| Statement::platform("SELECT ?1 AS it WHERE ?1 <> ''", vec![text.into()]);
    let answers = platform.batch(vec![select("a"), select(""), select("b")]).await.map_err(text)?;
    same("answers", &answers, &vec![rows(&["a"]), rows(&[]), rows(&["b"])])
}

pub async fn a_read_gives_the_rows_of_each_statement_whichever_plane_it_is_of<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let host = format!("{}.test", fresh::word(platform));
    platform.query(add_domain(&scope, &host)).await.map_err(text)?;
    let conversation = fresh::conversation_id(platform).to_string();
    let add = Statement::scoped(&scope, ADD_CONVERSATION, vec![conversation.as_str().into(), 0.into()]);
    platform.query(add).await.map_err(text)?;
    let of_data = "SELECT id FROM conversations WHERE tenant_id = ?1";
    let reads = vec![
        Statement::scoped(&scope, DOMAINS, vec![]),
        Statement::scoped(&scope, of_data, vec![]),
        Statement::platform("SELECT key FROM plans WHERE key = ?1", vec!["free".into()]),
    ];
    let answers = platform.read(reads).await.map_err(text)?;
    same("answers", &answers, &vec![rows(&[&host]), rows(&[&conversation]), rows(&["free"])])
}

pub async fn a_batch_that_breaks_a_constraint_writes_nothing<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let (first, taken) =
        (format!("a.{}.test", fresh::word(platform)), format!("b.{}.test", fresh::word(platform)));
    platform.query(add_domain(&scope, &taken)).await.map_err(text)?;
    let last = format!("c.{}.test", fresh::word(platform));
    let batch = vec![add_domain(&scope, &first), add_domain(&scope, &taken), add_domain(&scope, &last)];
    is_constraint("the batch", platform.batch(batch).await)?;
    same("rows after it", &domains(platform, &scope).await?, &rows(&[&taken]))
}

pub async fn a_batch_with_a_statement_that_is_no_sql_writes_nothing<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let host = format!("{}.test", fresh::word(platform));
    let batch = vec![add_domain(&scope, &host), Statement::platform("SELECT nothing FROM nowhere", vec![])];
    let outcome = platform.batch(batch).await;
    holds("the batch fails", matches!(outcome, Err(DatabaseError::Unavailable(_))))?;
    same("rows after it", &domains(platform, &scope).await?, &rows(&[]))
}

pub async fn a_key_that_is_taken_is_a_constraint<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let host = format!("{}.test", fresh::word(platform));
    platform.query(add_domain(&scope, &host)).await.map_err(text)?;
    is_constraint("a second row under the key", platform.query(add_domain(&scope, &host)).await)
}

pub async fn a_reference_to_nothing_is_a_constraint<P: Platform>(platform: &P) -> Result<(), String> {
    let nobody = TenantScope::grant(fresh::tenant_id(platform));
    let host = format!("{}.test", fresh::word(platform));
    is_constraint("a domain of no tenant", platform.query(add_domain(&nobody, &host)).await)?;
    same("rows after it", &domains(platform, &nobody).await?, &rows(&[]))
}

pub async fn a_value_that_a_check_refuses_is_a_constraint<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let sql = "INSERT INTO domains (host, tenant_id, status, created_at) VALUES (?2, ?1, 'odd', 0)";
    let host = format!("{}.test", fresh::word(platform));
    let outcome = platform.query(Statement::scoped(&scope, sql, vec![host.into()])).await;
    is_constraint("a status that is none", outcome)
}

pub async fn a_null_where_none_may_be_is_a_constraint<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let host = format!("{}.test", fresh::word(platform));
    let outcome = platform.query(Statement::scoped(&scope, ADD_DOMAIN, vec![host.into(), Value::Null])).await;
    is_constraint("a domain made at no time", outcome)
}

pub async fn what_is_no_sql_is_no_constraint<P: Platform>(platform: &P) -> Result<(), String> {
    for sql in ["SELEKT 1", "SELECT nothing FROM nowhere", "SELECT nothing FROM tenants", ""] {
        match platform.query(Statement::platform(sql, vec![])).await {
            Err(DatabaseError::Unavailable(_)) => {}
            other => return Err(format!("{sql:?}: {other:?} instead of a fault")),
        }
    }
    Ok(())
}

pub async fn returning_gives_what_was_written<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    // Of all tables this is the one whose rows the functions insert, update and delete.
    let add = "
        INSERT INTO reservations (tenant_id, meter, period_start, id, units, state, made_at)
        VALUES (?1, 'messages', 0, 'r', 1, ?2, ?3) RETURNING units, state";
    let added =
        platform.query(Statement::scoped(&scope, add, vec!["new".into(), 7.into()])).await.map_err(text)?;
    same("after an insert", &added, &vec![Row(vec![1.into(), "new".into()])])?;
    let change = "UPDATE reservations SET units = units + 1 WHERE tenant_id = ?1 RETURNING made_at, units";
    let changed = platform.query(Statement::scoped(&scope, change, vec![])).await.map_err(text)?;
    same("after an update", &changed, &vec![Row(vec![7.into(), 2.into()])])?;
    let delete = "DELETE FROM reservations WHERE tenant_id = ?1 RETURNING units";
    let batch = vec![Statement::scoped(&scope, delete, vec![]), Statement::scoped(&scope, delete, vec![])];
    let deleted = platform.batch(batch).await.map_err(text)?;
    same("after two deletes in a batch", &deleted, &vec![vec![Row(vec![2.into()])], vec![]])
}

pub async fn returning_gives_nothing_where_nothing_was_written<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let change = "UPDATE embed_policies SET version = 9 WHERE tenant_id = ?1 RETURNING version";
    let changed = platform.query(Statement::scoped(&scope, change, vec![])).await.map_err(text)?;
    same("rows of an update of nothing", &changed, &vec![])
}

pub async fn on_conflict_the_old_row_stays_or_is_changed<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let keep = "
        INSERT INTO embed_policies (tenant_id, origins, version, updated_at) VALUES (?1, ?2, 1, 0)
        ON CONFLICT (tenant_id) DO NOTHING RETURNING origins";
    let change = "
        INSERT INTO embed_policies (tenant_id, origins, version, updated_at) VALUES (?1, ?2, 1, 0)
        ON CONFLICT (tenant_id) DO UPDATE SET origins = excluded.origins, version = embed_policies.version + 1
        RETURNING origins, version";
    let first = platform.query(Statement::scoped(&scope, keep, vec!["a".into()])).await.map_err(text)?;
    same("the first insert", &first, &rows(&["a"]))?;
    let second = platform.query(Statement::scoped(&scope, keep, vec!["b".into()])).await.map_err(text)?;
    same("the second, which keeps", &second, &rows(&[]))?;
    let third = platform.query(Statement::scoped(&scope, change, vec!["c".into()])).await.map_err(text)?;
    same("the third, which changes", &third, &vec![Row(vec!["c".into(), 2.into()])])
}

pub async fn integers_survive_to_the_last_unit<P: Platform>(platform: &P) -> Result<(), String> {
    const MOST: i64 = (1 << 53) - 1;
    let scope = fresh::tenant(platform).await?;
    // An engine that kept a fraction would halve it to one.
    let read = "
        SELECT last_seq, last_seq + 0 AS sum, last_seq / 2 AS half FROM conversations
        WHERE tenant_id = ?1 AND id = ?2";
    for number in [0, 1, -1, i64::from(i32::MAX) + 1, 1_795_251_600_000, MOST, -MOST, MOST - 1] {
        let id = fresh::conversation_id(platform).to_string();
        let add = Statement::scoped(&scope, ADD_CONVERSATION, vec![id.as_str().into(), number.into()]);
        platform.query(add).await.map_err(text)?;
        let found = platform.query(Statement::scoped(&scope, read, vec![id.into()])).await.map_err(text)?;
        let wanted = vec![Row(vec![number.into(), number.into(), (number / 2).into()])];
        same("a number read back", &found, &wanted)?;
    }
    Ok(())
}

pub async fn null_is_null_and_no_empty_text<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    fresh::publish(platform, &scope, 1, "a{}").await?;
    let read = "SELECT published_by, rev FROM releases WHERE tenant_id = ?1";
    let found = platform.query(Statement::scoped(&scope, read, vec![])).await.map_err(text)?;
    same("a column without a value", &found, &vec![Row(vec![Value::Null, 1.into()])])?;
    let echo = "SELECT ?1 AS one, ?2 AS two, COALESCE(?1, 'none') AS three, COALESCE(?2, 'none') AS four";
    let echoed =
        platform.query(Statement::platform(echo, vec![Value::Null, "".into()])).await.map_err(text)?;
    same("null and empty", &echoed, &vec![Row(vec![Value::Null, "".into(), "none".into(), "".into()])])
}

pub async fn text_survives_in_every_script<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let add = "
        INSERT INTO artifacts (tenant_id, hash, kind, body, created_at) VALUES (?1, ?2, 'config', ?3, 0)";
    let read = "SELECT body FROM artifacts WHERE tenant_id = ?1 AND hash = ?2";
    for (n, body) in [
        "",
        " leading and trailing ",
        "line\nbreak\r\nand\ttab",
        "'\"`;--\\%_?1:a@b$c",
        "\u{3053}\u{3093}\u{306b}\u{3061}\u{306f} \u{0645}\u{0631}\u{062d}\u{0628}\u{0627} \u{202e}x",
        "\u{1f44b}\u{1f3fd} \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} e\u{301} \u{feff}\u{fffd}\u{10ffff}",
        "123",
        "1e5",
        "null",
        "{\"a\": [1, null]}",
    ]
    .into_iter()
    .enumerate()
    {
        let hash = format!("h{n}");
        let params = vec![hash.as_str().into(), body.into()];
        platform.query(Statement::scoped(&scope, add, params)).await.map_err(text)?;
        let found = platform.query(Statement::scoped(&scope, read, vec![hash.into()])).await.map_err(text)?;
        same("a text read back", &found, &rows(&[body]))?;
    }
    Ok(())
}

pub async fn a_megabyte_of_text_survives<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    // Octets of every length: one, two, three and four.
    let body = "a\u{e9}\u{3042}\u{1f44b}".repeat(1024 * 1024 / 10);
    let add = "
        INSERT INTO artifacts (tenant_id, hash, kind, body, created_at) VALUES (?1, 'h', 'config', ?2, 0)";
    platform.query(Statement::scoped(&scope, add, vec![body.as_str().into()])).await.map_err(text)?;
    let read = "SELECT body FROM artifacts WHERE tenant_id = ?1";
    let found = platform.query(Statement::scoped(&scope, read, vec![])).await.map_err(text)?;
    holds("a megabyte is read back as it was", found == rows(&[&body]))
}

pub async fn columns_come_in_the_order_of_the_statement<P: Platform>(platform: &P) -> Result<(), String> {
    let sql = "SELECT ?1 AS zebra, ?2 AS apple, ?3 AS mango, ?1 AS banana";
    let found = platform.query(Statement::platform(sql, vec!["z".into(), "a".into(), "m".into()])).await;
    let wanted = vec![Row(vec!["z".into(), "a".into(), "m".into(), "z".into()])];
    same("columns", &found.map_err(text)?, &wanted)
}

pub async fn parameters_may_be_named_twice_and_in_any_order<P: Platform>(platform: &P) -> Result<(), String> {
    let sql = "SELECT ?3 AS a, ?1 AS b, ?2 AS c, ?3 AS d, ?1 AS e";
    let params = vec![Value::from("one"), Value::Null, Value::from(3)];
    let found = platform.query(Statement::platform(sql, params)).await.map_err(text)?;
    let wanted = vec![Row(vec![3.into(), "one".into(), Value::Null, 3.into(), "one".into()])];
    same("columns", &found, &wanted)
}

pub async fn sql_in_a_parameter_is_text<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let (other, _) = fresh::tenant_with_key(platform).await?;
    platform.query(add_domain(&other, &format!("{}.test", fresh::word(platform)))).await.map_err(text)?;
    let host = format!("{}'); DROP TABLE messages; --", fresh::word(platform));
    platform.query(add_domain(&scope, &host)).await.map_err(text)?;
    same("the row written", &domains(platform, &scope).await?, &rows(&[&host]))?;
    let sql = "SELECT host FROM domains WHERE tenant_id = ?1 AND host = ?2";
    let found = platform.query(Statement::scoped(&scope, sql, vec!["' OR 1=1 --".into()])).await;
    same("rows under a name of SQL", &found.map_err(text)?, &rows(&[]))
}

pub async fn many_rows_come_in_the_order_asked_for<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let hosts: Vec<String> = (0..100).map(|n| format!("{n:03}.{}.test", fresh::word(platform))).collect();
    platform.batch(hosts.iter().rev().map(|host| add_domain(&scope, host)).collect()).await.map_err(text)?;
    let wanted: Vec<&str> = hosts.iter().map(String::as_str).collect();
    same("rows", &domains(platform, &scope).await?, &rows(&wanted))
}

pub async fn of_many_writers_of_one_key_one_wins<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let host = format!("{}.test", fresh::word(platform));
    let outcomes = join_all((0..10).map(|_| platform.query(add_domain(&scope, &host)))).await;
    same("writers who won", &outcomes.iter().filter(|outcome| outcome.is_ok()).count(), &1)?;
    for outcome in outcomes.into_iter().filter(Result::is_err) {
        is_constraint("a writer who lost", outcome)?;
    }
    Ok(())
}

pub async fn no_increment_is_lost_among_many<P: Platform>(platform: &P) -> Result<(), String> {
    let scope = fresh::tenant(platform).await?;
    let id = fresh::conversation_id(platform).to_string();
    let add = Statement::scoped(&scope, ADD_CONVERSATION, vec![id.as_str().into(), 0.into()]);
    platform.query(add).await.map_err(text)?;
    let sql = "UPDATE conversations SET last_seq = last_seq + 1 WHERE tenant_id = ?1 AND id = ?2 RETURNING last_seq";
    let writes = (0..20).map(|_| platform.query(Statement::scoped(&scope, sql, vec![id.as_str().into()])));
    let mut seen = Vec::new();
    for outcome in join_all(writes).await {
        let found = outcome.map_err(text)?;
        seen.push(found.first().ok_or("an update gave no row")?.integer(0).map_err(text)?);
    }
    seen.sort_unstable();
    same("numbers given out", &seen, &(1..=20).collect::<Vec<i64>>())
}
