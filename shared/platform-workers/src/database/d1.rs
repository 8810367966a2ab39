use super::js_value;
use crate::binding;
use livery_platform::{DatabaseError, Row, Rows, Statement, Value};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use std::fmt;
use wasm_bindgen::JsValue;
use worker::{D1Database, D1PreparedStatement, D1Result, Env};

pub(super) async fn query(env: &Env, statement: &Statement) -> Result<Rows, DatabaseError> {
    rows(&prepared(&open(env)?, statement)?.all().await.map_err(fault)?)
}

pub(super) async fn batch(env: &Env, statements: &[Statement]) -> Result<Vec<Rows>, DatabaseError> {
    let database = open(env)?;
    let prepared =
        statements.iter().map(|statement| prepared(&database, statement)).collect::<Result<_, _>>()?;
    database.batch(prepared).await.map_err(fault)?.iter().map(rows).collect()
}

fn open(env: &Env) -> Result<D1Database, DatabaseError> {
    env.d1(binding::DATABASE).map_err(fault)
}

fn prepared(database: &D1Database, statement: &Statement) -> Result<D1PreparedStatement, DatabaseError> {
    let params: Vec<JsValue> = statement.params.iter().map(js_value).collect();
    database.prepare(statement.sql).bind(&params).map_err(fault)
}

fn rows(answer: &D1Result) -> Result<Rows, DatabaseError> {
    let found: Vec<Columns> = answer.results().map_err(fault)?;
    Ok(found.into_iter().map(|columns| Row(columns.0)).collect())
}

fn fault(fault: worker::Error) -> DatabaseError {
    let text = match &fault {
        worker::Error::D1(d1) => d1.cause(),
        other => other.to_string(),
    };
    // SQLite's own words, which D1 passes on.
    if text.contains("constraint failed") {
        DatabaseError::Constraint(text)
    } else {
        DatabaseError::Unavailable(text)
    }
}

/// A row's values in the order of its columns: D1 gives an object whose keys stand in that order.
struct Columns(Vec<Value>);

impl<'de> Deserialize<'de> for Columns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ColumnsVisitor)
    }
}

struct ColumnsVisitor;

impl<'de> Visitor<'de> for ColumnsVisitor {
    type Value = Columns;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Columns, A::Error> {
        let mut values = Vec::new();
        while map.next_key::<IgnoredAny>()?.is_some() {
            values.push(match map.next_value::<Option<Scalar>>()? {
                None => Value::Null,
                Some(Scalar::Integer(value)) => Value::Integer(value),
                Some(Scalar::Text(text)) => Value::Text(text),
            });
        }
        Ok(Columns(values))
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Integer(i64),
    Text(String),
}
