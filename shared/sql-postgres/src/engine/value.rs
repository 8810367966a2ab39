//! Conversion of parameters and results: 64-bit integers, text and null.

use super::fault::Fault;
use livery_platform::Value;
use std::{cell::Cell, error::Error, fmt};
use tokio_postgres::{
    Row,
    types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};

/// Most bytes of one answer. The largest value that is read is a release file of at most 1 MiB; D1's limit is about as high.
pub(super) const MAX_ANSWER_BYTES: usize = 8 * 1024 * 1024;
/// What a value counts in addition to its text, so that the number of empty rows is bounded too.
const VALUE_BYTES: usize = 8;

/// A parameter in the type that it has itself.
pub(super) struct Param<'a>(pub &'a Value);

impl Param<'_> {
    /// The type that is declared for the parameter. For a null the server infers it.
    pub const fn of_type(&self) -> Type {
        match self.0 {
            Value::Null => Type::UNKNOWN,
            Value::Integer(_) => Type::INT8,
            Value::Text(_) => Type::TEXT,
        }
    }
}

impl fmt::Debug for Param<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The message does not contain the value: it may be personal data.
        f.write_str("parameter")
    }
}

impl ToSql for Param<'_> {
    fn to_sql(&self, of: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Integer(value) => value.to_sql(of, out),
            Value::Text(text) => text.to_sql(of, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// What is left of [`MAX_ANSWER_BYTES`].
pub(super) struct Room(Cell<usize>);

impl Room {
    pub const fn new() -> Self {
        Self(Cell::new(MAX_ANSWER_BYTES))
    }

    /// A row's values, in the order of its columns.
    pub fn values(&self, row: &Row) -> Result<Vec<Value>, Fault> {
        let values: Result<Vec<_>, _> =
            row.columns().iter().enumerate().map(|(at, column)| value(row, at, column.type_())).collect();
        let values = values?;
        let bytes: usize = values.iter().map(weight).sum();
        let left = self.0.get().checked_sub(bytes);
        self.0.set(left.ok_or_else(|| Fault::of_answer(format!("an answer over {MAX_ANSWER_BYTES} bytes")))?);
        Ok(values)
    }
}

fn weight(value: &Value) -> usize {
    VALUE_BYTES + if let Value::Text(text) = value { text.len() } else { 0 }
}

fn value(row: &Row, at: usize, of: &Type) -> Result<Value, Fault> {
    match *of {
        Type::INT8 => read(row, at, |value: i64| Value::Integer(value)),
        Type::INT4 => read(row, at, |value: i32| Value::Integer(value.into())),
        Type::INT2 => read(row, at, |value: i16| Value::Integer(value.into())),
        Type::TEXT | Type::VARCHAR | Type::NAME | Type::BPCHAR => read(row, at, Value::Text),
        _ => Err(Fault::of_answer(format!("column {at} is of type {of}, neither integer nor text"))),
    }
}

fn read<'a, T: FromSql<'a>>(row: &'a Row, at: usize, made: impl Fn(T) -> Value) -> Result<Value, Fault> {
    match row.try_get::<_, Option<T>>(at) {
        Ok(value) => Ok(value.map_or(Value::Null, made)),
        Err(fault) => Err(Fault::of_answer(format!("column {at}: {fault}"))),
    }
}
