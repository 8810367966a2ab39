//! Postgres, through the one function that connects to it: JSON over its service binding, in the format of `livery-sql-postgres`.
//!
//! JavaScript serialises and parses it, since every function includes this side and serde would be twice as large.

use super::js_value;
use crate::{binding, door::fetched};
use js_sys::{Array, JSON};
use livery_platform::{DatabaseError, Row, Rows, Statement, Value};
use wasm_bindgen::{JsCast, JsValue};
use worker::{Env, js_sys::futures::JsFuture, worker_sys::web_sys};

/// The largest integer up to which JavaScript represents every integer exactly.
const MOST: f64 = 9_007_199_254_740_991.0;

pub(super) async fn batch(env: &Env, statements: &[Statement]) -> Result<Vec<Rows>, DatabaseError> {
    let answer = ask(env, statements)
        .await
        .map_err(|fault| DatabaseError::Unavailable(format!("the postgres function: {fault}")))?;
    match (answer.get(0).as_string().as_deref(), answer.get(1)) {
        (Some("rows"), lists) => each(&lists, rows).filter(|lists| lists.len() == statements.len()),
        (Some("constraint"), why) => {
            return Err(DatabaseError::Constraint(why.as_string().unwrap_or_default()));
        }
        (_, why) => return Err(DatabaseError::Unavailable(why.as_string().unwrap_or_default())),
    }
    .ok_or_else(|| DatabaseError::Unavailable("an unreadable answer".into()))
}

async fn ask(env: &Env, statements: &[Statement]) -> worker::Result<Array> {
    let batch: Array = statements
        .iter()
        .map(|statement| {
            let scope = statement.scope.map(|scope| scope.tenant().to_string());
            let params: Array = statement.params.iter().map(js_value).collect();
            Array::of3(&statement.sql.into(), &scope.into(), &params)
        })
        .collect();
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_body(JSON::stringify(&batch)?.as_ref());
    // The URL's host only names the recipient; it is not resolved.
    let response = fetched(env, binding::POSTGRES, &"https://postgres/".into(), &init).await?;
    Ok(JsFuture::from(response.json()?).await?.dyn_into()?)
}

/// The elements as `read` parses them, if it can parse all.
fn each<T>(list: &JsValue, read: fn(&JsValue) -> Option<T>) -> Option<Vec<T>> {
    let list: &Array = list.dyn_ref()?;
    (0..list.length()).map(|at| read(&list.get(at))).collect()
}

fn rows(list: &JsValue) -> Option<Rows> {
    each(list, |row| each(row, cell).map(Row))
}

fn cell(value: &JsValue) -> Option<Value> {
    if value.is_null() {
        return Some(Value::Null);
    }
    if let Some(text) = value.as_string() {
        return Some(Value::Text(text));
    }
    let number = value.as_f64()?;
    (number.trunc() == number && number.abs() <= MOST).then_some(Value::Integer(number as i64))
}
