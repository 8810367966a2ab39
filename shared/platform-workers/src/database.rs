use crate::{Workers, binding};
use livery_platform::{Database, DatabaseError, Row, Rows, Statement, Value};
use livery_store::schema;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use std::{cell::Cell, fmt};
use wasm_bindgen::JsValue;
use worker::{D1Database, D1PreparedStatement, D1Result};

impl Database for Workers {
    async fn query(&self, statement: Statement) -> Result<Rows, DatabaseError> {
        let database = self.open()?;
        accept_schema(&database).await?;
        run(&database, &statement).await
    }

    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DatabaseError> {
        let database = self.open()?;
        accept_schema(&database).await?;
        let prepared =
            statements.iter().map(|statement| prepared(&database, statement)).collect::<Result<_, _>>()?;
        database.batch(prepared).await.map_err(fault)?.iter().map(rows).collect()
    }
}

thread_local! {
    /// Once per isolate: a schema only ever grows. One that was refused is asked again, so that migrating it helps.
    static SCHEMA_ACCEPTED: Cell<bool> = const { Cell::new(false) };
}

/// Refuses a database that this code is too new for, before anything is run on it.
async fn accept_schema(database: &D1Database) -> Result<(), DatabaseError> {
    if !SCHEMA_ACCEPTED.get() {
        schema::settle(run(database, &schema::question()).await)?;
        SCHEMA_ACCEPTED.set(true);
    }
    Ok(())
}

async fn run(database: &D1Database, statement: &Statement) -> Result<Rows, DatabaseError> {
    rows(&prepared(database, statement)?.all().await.map_err(fault)?)
}

impl Workers {
    fn open(&self) -> Result<D1Database, DatabaseError> {
        self.env.d1(binding::DATABASE).map_err(fault)
    }
}

fn prepared(database: &D1Database, statement: &Statement) -> Result<D1PreparedStatement, DatabaseError> {
    let params: Vec<JsValue> = statement
        .params
        .iter()
        .map(|value| match value {
            Value::Null => JsValue::NULL,
            // Our integers are times in milliseconds and counts: below 2^53 for the next 285,000 years.
            Value::Integer(value) => JsValue::from_f64(*value as f64),
            Value::Text(text) => JsValue::from_str(text),
        })
        .collect();
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
