//! SQL, by the engine that the operator chose.

mod d1;
mod postgres;

use crate::Workers;
use livery_platform::{Database, DatabaseError, Rows, SettingsError, Statement, Value};
use livery_store::schema;
use std::cell::Cell;
use wasm_bindgen::JsValue;

/// Where the data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    D1,
    Postgres,
}

impl Engine {
    pub const SETTING: &'static str = "LIVERY_DATABASE";

    /// D1 if the setting is absent. An unknown engine is refused, not guessed: the other database would be empty.
    pub fn parse(text: Option<&str>) -> Result<Self, SettingsError> {
        match text {
            None | Some("d1") => Ok(Self::D1),
            Some("postgres") => Ok(Self::Postgres),
            Some(_) => {
                Err(SettingsError::Malformed(Self::SETTING, "neither \"d1\" nor \"postgres\"".to_owned()))
            }
        }
    }
}

impl Database for Workers {
    async fn query(&self, statement: Statement) -> Result<Rows, DatabaseError> {
        self.accept_schema().await?;
        self.run(&statement).await
    }

    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DatabaseError> {
        self.accept_schema().await?;
        match self.engine {
            Engine::D1 => d1::batch(&self.env, &statements).await,
            Engine::Postgres => postgres::batch(&self.env, &statements).await,
        }
    }
}

thread_local! {
    /// Checked once per isolate, since a schema's number only grows. After a refusal it is checked again, so that a
    /// migration takes effect.
    static SCHEMA_ACCEPTED: Cell<bool> = const { Cell::new(false) };
}

impl Workers {
    /// Refuses a database that this code is too new for, before anything is run on it.
    async fn accept_schema(&self) -> Result<(), DatabaseError> {
        if !SCHEMA_ACCEPTED.get() {
            schema::settle(self.run(&schema::question()).await)?;
            SCHEMA_ACCEPTED.set(true);
        }
        Ok(())
    }

    async fn run(&self, statement: &Statement) -> Result<Rows, DatabaseError> {
        match self.engine {
            Engine::D1 => d1::query(&self.env, statement).await,
            Engine::Postgres => {
                let lists = postgres::batch(&self.env, std::slice::from_ref(statement)).await?;
                Ok(lists.into_iter().next().unwrap_or_default())
            }
        }
    }
}

/// A parameter as a JavaScript value.
fn js_value(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        // All integers are times in milliseconds or counts: below 2^53 for the next 285,000 years.
        Value::Integer(value) => JsValue::from_f64(*value as f64),
        Value::Text(text) => JsValue::from_str(text),
    }
}
