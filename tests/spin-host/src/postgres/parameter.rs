//! Parameters of a statement, in the binary form of the type that Postgres found out for each.

use std::error::Error;

use bytes::{BufMut as _, BytesMut};
use postgres_protocol::types as binary;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::calendar;
use crate::interfaces::spin::postgres::postgres::{Interval, ParameterValue};

/// A parameter that is known to be good in itself. Whether it suits its place shows when the statement is prepared.
#[derive(Debug)]
pub enum Parameter {
    Boolean(bool),
    Int8(i8),
    Int16(i16),
    Int32(i32),
    Int64(i64),
    Floating32(f32),
    Floating64(f64),
    Str(String),
    Binary(Vec<u8>),
    Date(i32),
    Time(i64),
    Datetime(i64),
    Timestamp(i64),
    Uuid(uuid::Uuid),
    Json(Vec<u8>),
    ArrayInt32(Vec<Option<i32>>),
    ArrayInt64(Vec<Option<i64>>),
    ArrayStr(Vec<Option<String>>),
    Interval(Interval),
    Null,
}

pub fn all(values: Vec<ParameterValue>) -> Result<Vec<Parameter>, String> {
    values.into_iter().map(one).collect()
}

fn one(value: ParameterValue) -> Result<Parameter, String> {
    let unknown = |what: &str| format!("{what} parameters are not supported by this host");
    Ok(match value {
        ParameterValue::Boolean(value) => Parameter::Boolean(value),
        ParameterValue::Int8(value) => Parameter::Int8(value),
        ParameterValue::Int16(value) => Parameter::Int16(value),
        ParameterValue::Int32(value) => Parameter::Int32(value),
        ParameterValue::Int64(value) => Parameter::Int64(value),
        ParameterValue::Floating32(value) => Parameter::Floating32(value),
        ParameterValue::Floating64(value) => Parameter::Floating64(value),
        ParameterValue::Str(value) => Parameter::Str(value),
        ParameterValue::Binary(value) => Parameter::Binary(value),
        ParameterValue::Date(value) => {
            Parameter::Date(calendar::days(value).ok_or_else(|| format!("invalid date {value:?}"))?)
        }
        ParameterValue::Time(value) => {
            Parameter::Time(calendar::micros(value).ok_or_else(|| format!("invalid time {value:?}"))?)
        }
        ParameterValue::Datetime(value) => Parameter::Datetime(
            calendar::timestamp(value).ok_or_else(|| format!("invalid datetime {value:?}"))?,
        ),
        ParameterValue::Timestamp(value) => Parameter::Timestamp(
            calendar::timestamp_of_unix(value).ok_or_else(|| format!("invalid epoch timestamp {value}"))?,
        ),
        ParameterValue::Uuid(value) => Parameter::Uuid(
            uuid::Uuid::parse_str(&value).map_err(|error| format!("invalid UUID {value}: {error}"))?,
        ),
        // Written anew, as Spin does.
        ParameterValue::Jsonb(value) => {
            let parsed: Result<serde_json::Value, _> = serde_json::from_slice(&value);
            Parameter::Json(
                parsed.map_err(|error| format!("invalid JSON: {error}"))?.to_string().into_bytes(),
            )
        }
        ParameterValue::ArrayInt32(values) => Parameter::ArrayInt32(values),
        ParameterValue::ArrayInt64(values) => Parameter::ArrayInt64(values),
        ParameterValue::ArrayStr(values) => Parameter::ArrayStr(values),
        ParameterValue::Interval(value) => Parameter::Interval(value),
        ParameterValue::DbNull => Parameter::Null,
        ParameterValue::Decimal(_) | ParameterValue::ArrayDecimal(_) => return Err(unknown("decimal")),
        ParameterValue::RangeInt32(_) | ParameterValue::RangeInt64(_) | ParameterValue::RangeDecimal(_) => {
            return Err(unknown("range"));
        }
    })
}

impl Parameter {
    /// Without the value, which must not be logged.
    fn name(&self) -> &'static str {
        match self {
            Self::Boolean(_) => "a bool",
            Self::Int8(_) => "an int8 of Spin",
            Self::Int16(_) => "an int16 of Spin",
            Self::Int32(_) => "an int32 of Spin",
            Self::Int64(_) => "an int64 of Spin",
            Self::Floating32(_) => "a floating32",
            Self::Floating64(_) => "a floating64",
            Self::Str(_) => "a str",
            Self::Binary(_) => "a binary",
            Self::Date(_) => "a date",
            Self::Time(_) => "a time",
            Self::Datetime(_) => "a datetime",
            Self::Timestamp(_) => "a timestamp",
            Self::Uuid(_) => "a uuid",
            Self::Json(_) => "a jsonb",
            Self::ArrayInt32(_) => "an array of int32",
            Self::ArrayInt64(_) => "an array of int64",
            Self::ArrayStr(_) => "an array of str",
            Self::Interval(_) => "an interval",
            Self::Null => "a null",
        }
    }

    /// The types that Spin's driver takes this for; it never converts one number into another.
    fn suits(&self, ty: &Type) -> bool {
        match self {
            Self::Boolean(_) => *ty == Type::BOOL,
            Self::Int8(_) => *ty == Type::CHAR,
            Self::Int16(_) => *ty == Type::INT2,
            Self::Int32(_) => *ty == Type::INT4,
            Self::Int64(_) => *ty == Type::INT8,
            Self::Floating32(_) => *ty == Type::FLOAT4,
            Self::Floating64(_) => *ty == Type::FLOAT8,
            Self::Str(_) => <String as ToSql>::accepts(ty),
            Self::Binary(_) => *ty == Type::BYTEA,
            Self::Date(_) => *ty == Type::DATE,
            Self::Time(_) => *ty == Type::TIME,
            Self::Datetime(_) => *ty == Type::TIMESTAMP,
            Self::Timestamp(_) => *ty == Type::TIMESTAMPTZ,
            Self::Uuid(_) => *ty == Type::UUID,
            Self::Json(_) => matches!(*ty, Type::JSON | Type::JSONB),
            Self::ArrayInt32(_) => <Vec<Option<i32>> as ToSql>::accepts(ty),
            Self::ArrayInt64(_) => <Vec<Option<i64>> as ToSql>::accepts(ty),
            Self::ArrayStr(_) => <Vec<Option<String>> as ToSql>::accepts(ty),
            Self::Interval(_) => *ty == Type::INTERVAL,
            Self::Null => true,
        }
    }
}

impl ToSql for Parameter {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        if !self.suits(ty) {
            return Err(format!("cannot convert {} to the Postgres type {ty}", self.name()).into());
        }
        match self {
            Self::Boolean(value) => binary::bool_to_sql(*value, out),
            Self::Int8(value) => binary::char_to_sql(*value, out),
            Self::Int16(value) => binary::int2_to_sql(*value, out),
            Self::Int32(value) => binary::int4_to_sql(*value, out),
            Self::Int64(value) => binary::int8_to_sql(*value, out),
            Self::Floating32(value) => binary::float4_to_sql(*value, out),
            Self::Floating64(value) => binary::float8_to_sql(*value, out),
            Self::Str(value) => return value.to_sql(ty, out),
            Self::Binary(value) => binary::bytea_to_sql(value, out),
            Self::Date(value) => binary::date_to_sql(*value, out),
            Self::Time(value) => binary::time_to_sql(*value, out),
            Self::Datetime(value) | Self::Timestamp(value) => binary::timestamp_to_sql(*value, out),
            Self::Uuid(value) => binary::uuid_to_sql(*value.as_bytes(), out),
            Self::Json(value) => {
                if *ty == Type::JSONB {
                    // The version of its format.
                    out.put_u8(1);
                }
                out.put_slice(value);
            }
            Self::ArrayInt32(values) => return values.to_sql(ty, out),
            Self::ArrayInt64(values) => return values.to_sql(ty, out),
            Self::ArrayStr(values) => return values.to_sql(ty, out),
            Self::Interval(value) => {
                out.put_i64(value.micros);
                out.put_i32(value.days);
                out.put_i32(value.months);
            }
            Self::Null => return Ok(IsNull::Yes),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: ParameterValue, ty: &Type) -> Result<(bool, Vec<u8>), String> {
        let mut out = BytesMut::new();
        let null = one(value)?.to_sql_checked(ty, &mut out).map_err(|error| error.to_string())?;
        Ok((matches!(null, IsNull::Yes), out.to_vec()))
    }

    #[test]
    fn null_suits_every_type() {
        for ty in [Type::INT8, Type::TEXT, Type::UUID, Type::JSONB, Type::NUMERIC] {
            assert_eq!(written(ParameterValue::DbNull, &ty), Ok((true, Vec::new())));
        }
    }

    #[test]
    fn a_number_is_not_made_into_another_one_in_silence() {
        assert!(written(ParameterValue::Int64(1), &Type::INT8).is_ok());
        assert!(written(ParameterValue::Int64(1), &Type::INT4).is_err());
        assert!(written(ParameterValue::Int32(1), &Type::INT8).is_err());
        assert!(written(ParameterValue::Str("1".to_owned()), &Type::INT8).is_err());
    }

    #[test]
    fn jsonb_carries_its_version_and_json_does_not() {
        let value = || ParameterValue::Jsonb(b"{ \"a\" : 1 }".to_vec());
        assert_eq!(written(value(), &Type::JSONB).unwrap().1, b"\x01{\"a\":1}");
        assert_eq!(written(value(), &Type::JSON).unwrap().1, b"{\"a\":1}");
        assert!(written(ParameterValue::Jsonb(b"{".to_vec()), &Type::JSONB).is_err());
    }

    #[test]
    fn what_this_host_does_not_have_is_refused() {
        assert!(one(ParameterValue::Decimal("1".to_owned())).is_err());
        assert!(one(ParameterValue::RangeInt32((None, None))).is_err());
        assert!(one(ParameterValue::Uuid("x".to_owned())).is_err());
    }
}
