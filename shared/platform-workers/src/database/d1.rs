use super::js_value;
use crate::binding;
use livery_platform::{DatabaseError, Row, Rows, Statement, Value};
use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, Visitor},
};
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};
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

/// `Env::d1` compares the name of the class of the binding at every call: 15 of 260 µs of a signed-in read.
fn open(env: &Env) -> Result<D1Database, DatabaseError> {
    match js_sys::Reflect::get(env.as_ref(), &JsValue::from_str(binding::DATABASE)) {
        Ok(bound) if bound.is_object() => Ok(bound.unchecked_into()),
        _ => Err(DatabaseError::Unavailable(format!("no binding {}", binding::DATABASE))),
    }
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
    // SQLite's own messages, which D1 passes on.
    if text.contains("constraint failed") {
        DatabaseError::Constraint(text)
    } else {
        DatabaseError::Unavailable(text)
    }
}

/// A row's values in the order of its columns: D1 returns an object whose keys are in that order.
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
            values.push(map.next_value::<Cell>()?.0);
        }
        Ok(Columns(values))
    }
}

/// One value, read by its actual type: each conversion that fails would make a JavaScript error with its stack, which takes
/// longer than the query.
struct Cell(Value);

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl Visitor<'_> for CellVisitor {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null, a whole number or text")
    }

    fn visit_unit<E: Error>(self) -> Result<Cell, E> {
        Ok(Cell(Value::Null))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Cell, E> {
        Ok(Cell(Value::Integer(value)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell(Value::Text(text.to_owned())))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Cell, E> {
        Ok(Cell(Value::Text(text)))
    }
}
