//! A batch as one transaction, sent in one piece: it takes one round trip, however many statements there are.
//!
//! Only the extended protocol is used, with unnamed statements. A pooler in transaction mode keeps no named ones,
//! and Hyperdrive was seen to mix up the answers of a connection that uses both protocols.
//!
//! A statement that fails leaves the transaction in a state in which Postgres refuses all later statements, and in which
//! `COMMIT` rolls back. If even `BEGIN` should fail and the rest still run, each by itself, row-level security finds no
//! tenant set, and nothing is read or written.

use super::{
    fault::Fault,
    value::{Param, Room},
};
use crate::wire::Asked;
use futures_util::{TryStreamExt, future::maybe_done};
use livery_domain::id::TenantId;
use livery_platform::{Row, Rows, Value};
use livery_store::postgres_text::{SET_SCOPE, numbered, scope_of_tenant};
use std::{future::poll_fn, pin::pin, task::Poll};
use tokio_postgres::Client;

struct Step {
    sql: String,
    params: Vec<Value>,
    /// Whether its rows are returned.
    asked: bool,
}

impl Step {
    fn own(sql: &str, params: Vec<Value>) -> Self {
        Self { sql: sql.to_owned(), params, asked: false }
    }
}

/// The statements that are sent for a batch: the scope is set before the first statement, and before each that has another
/// scope.
fn steps(statements: &[Asked]) -> Vec<Step> {
    let mut steps = vec![Step::own("BEGIN", Vec::new())];
    let mut current: Option<Option<TenantId>> = None;
    for statement in statements {
        if current != Some(statement.scope) {
            let scope = scope_of_tenant(statement.scope).map(Value::from);
            steps.push(Step::own(&numbered(SET_SCOPE), scope.into()));
            current = Some(statement.scope);
        }
        let params = statement.params.iter().map(|cell| cell.0.clone()).collect();
        steps.push(Step { sql: numbered(&statement.sql), params, asked: true });
    }
    steps.push(Step::own("COMMIT", Vec::new()));
    steps
}

/// Runs the batch. `Ok` means that `COMMIT` was answered, and every statement before it, without an error.
pub(super) async fn run(client: &Client, statements: &[Asked]) -> Result<Vec<Rows>, Fault> {
    let steps = steps(statements);
    let room = Room::new();
    let mut sent: Vec<_> = steps
        .iter()
        .enumerate()
        .map(|(position, step)| Box::pin(maybe_done(answer(client, position, step, &room))))
        .collect();
    // A request is written when it is first polled, so the order of polling is the order of the transaction.
    poll_fn(|context| {
        let mut waiting = false;
        for request in &mut sent {
            waiting |= request.as_mut().poll(context).is_pending();
        }
        if waiting { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    let mut lists = Vec::with_capacity(statements.len());
    for (step, mut request) in steps.iter().zip(sent) {
        let rows = request.as_mut().take_output().unwrap_or_else(|| Err(Fault::of_answer("no answer")))?;
        if step.asked {
            lists.push(rows);
        }
    }
    Ok(lists)
}

async fn answer(client: &Client, position: usize, step: &Step, room: &Room) -> Result<Rows, Fault> {
    let params = step.params.iter().map(|value| {
        let param = Param(value);
        let of_type = param.of_type();
        (param, of_type)
    });
    let fault = |fault: tokio_postgres::Error| Fault::of_statement(position, &fault);
    let mut answer = pin!(client.query_typed_raw(&step.sql, params).await.map_err(fault)?);
    let mut rows = Vec::new();
    while let Some(row) = answer.try_next().await.map_err(fault)? {
        rows.push(Row(room.values(&row)?));
    }
    Ok(rows)
}
