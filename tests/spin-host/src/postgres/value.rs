//! The values of a row, by the type of their column.

use std::error::Error;

use postgres_protocol::types as binary;
use tokio_postgres::types::{FromSql, Type};

use super::calendar;
use crate::interfaces::spin::postgres::postgres::{Column, DbDataType, DbValue, Interval};

pub fn columns(row: &tokio_postgres::Row) -> Vec<Column> {
    let column = |column: &tokio_postgres::Column| Column {
        name: column.name().to_owned(),
        data_type: data_type(column.type_()),
    };
    row.columns().iter().map(column).collect()
}

pub fn values(row: &tokio_postgres::Row) -> Result<Vec<DbValue>, String> {
    let value = |(index, column): (usize, &tokio_postgres::Column)| {
        let found: Option<Found> =
            row.try_get(index).map_err(|error| format!("{}: {error:?}", column.name()))?;
        Ok(found.map_or(DbValue::DbNull, |found| found.0))
    };
    row.columns().iter().enumerate().map(value).collect()
}

/// What a value takes in memory, about.
pub fn size(value: &DbValue) -> usize {
    let beyond = match value {
        DbValue::Str(text) | DbValue::Uuid(text) | DbValue::Decimal(text) => text.len(),
        DbValue::Binary(bytes) | DbValue::Jsonb(bytes) | DbValue::Unsupported(bytes) => bytes.len(),
        DbValue::ArrayInt32(values) => size_of_val(values.as_slice()),
        DbValue::ArrayInt64(values) => size_of_val(values.as_slice()),
        DbValue::ArrayStr(values) => {
            size_of_val(values.as_slice()) + values.iter().flatten().map(String::len).sum::<usize>()
        }
        _ => 0,
    };
    size_of::<DbValue>() + beyond
}

fn data_type(ty: &Type) -> DbDataType {
    match *ty {
        Type::BOOL => DbDataType::Boolean,
        Type::BYTEA => DbDataType::Binary,
        Type::FLOAT4 => DbDataType::Floating32,
        Type::FLOAT8 => DbDataType::Floating64,
        Type::INT2 => DbDataType::Int16,
        Type::INT4 => DbDataType::Int32,
        Type::INT8 => DbDataType::Int64,
        Type::TEXT | Type::VARCHAR | Type::BPCHAR => DbDataType::Str,
        Type::TIMESTAMP => DbDataType::Datetime,
        Type::DATE => DbDataType::Date,
        Type::TIME => DbDataType::Time,
        Type::UUID => DbDataType::Uuid,
        Type::JSONB => DbDataType::Jsonb,
        Type::INT4_ARRAY => DbDataType::ArrayInt32,
        Type::INT8_ARRAY => DbDataType::ArrayInt64,
        Type::TEXT_ARRAY | Type::VARCHAR_ARRAY | Type::BPCHAR_ARRAY => DbDataType::ArrayStr,
        Type::INTERVAL => DbDataType::Interval,
        _ => DbDataType::Other(ty.name().to_owned()),
    }
}

struct Found(DbValue);

impl<'a> FromSql<'a> for Found {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        let out_of_range = || format!("a {ty} is out of range");
        Ok(Self(match *ty {
            Type::BOOL => DbValue::Boolean(binary::bool_from_sql(raw)?),
            Type::BYTEA => DbValue::Binary(raw.to_vec()),
            Type::FLOAT4 => DbValue::Floating32(binary::float4_from_sql(raw)?),
            Type::FLOAT8 => DbValue::Floating64(binary::float8_from_sql(raw)?),
            Type::INT2 => DbValue::Int16(binary::int2_from_sql(raw)?),
            Type::INT4 => DbValue::Int32(binary::int4_from_sql(raw)?),
            Type::INT8 => DbValue::Int64(binary::int8_from_sql(raw)?),
            Type::TEXT | Type::VARCHAR | Type::BPCHAR => DbValue::Str(binary::text_from_sql(raw)?.to_owned()),
            Type::DATE => {
                DbValue::Date(calendar::date(binary::date_from_sql(raw)?).ok_or_else(out_of_range)?)
            }
            Type::TIME => {
                DbValue::Time(calendar::time(binary::time_from_sql(raw)?).ok_or_else(out_of_range)?)
            }
            Type::TIMESTAMP => DbValue::Datetime(
                calendar::date_time(binary::timestamp_from_sql(raw)?).ok_or_else(out_of_range)?,
            ),
            // Spin reads this into a type without a zone, which its driver refuses to do.
            Type::TIMESTAMPTZ => return Err("Spin cannot read timestamptz, cast it in the statement".into()),
            Type::UUID => DbValue::Uuid(uuid::Uuid::from_bytes(binary::uuid_from_sql(raw)?).to_string()),
            Type::JSONB => DbValue::Jsonb(jsonb(raw)?),
            Type::INT4_ARRAY => DbValue::ArrayInt32(FromSql::from_sql(ty, raw)?),
            Type::INT8_ARRAY => DbValue::ArrayInt64(FromSql::from_sql(ty, raw)?),
            Type::TEXT_ARRAY | Type::VARCHAR_ARRAY | Type::BPCHAR_ARRAY => {
                DbValue::ArrayStr(FromSql::from_sql(ty, raw)?)
            }
            Type::INTERVAL => DbValue::Interval(interval(raw).ok_or_else(out_of_range)?),
            Type::NUMERIC | Type::NUMERIC_ARRAY | Type::INT4_RANGE | Type::INT8_RANGE | Type::NUM_RANGE => {
                return Err(
                    format!("this host does not read {ty}, Spin does: cast it in the statement").into()
                );
            }
            // As Spin does, json and name among them: the component is told that it got no value.
            _ => DbValue::Unsupported(raw.to_vec()),
        }))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// Without the version in front of it, and written anew, as Spin does.
fn jsonb(raw: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Sync + Send>> {
    match raw.split_first() {
        Some((1, text)) => Ok(serde_json::from_slice::<serde_json::Value>(text)?.to_string().into_bytes()),
        _ => Err("this version of jsonb is unknown".into()),
    }
}

fn interval(raw: &[u8]) -> Option<Interval> {
    let (micros, rest) = raw.split_first_chunk()?;
    let (days, rest) = rest.split_first_chunk()?;
    Some(Interval {
        micros: i64::from_be_bytes(*micros),
        days: i32::from_be_bytes(*days),
        months: i32::from_be_bytes(rest.try_into().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(ty: &Type, raw: &[u8]) -> Result<String, String> {
        Found::from_sql(ty, raw).map(|found| format!("{:?}", found.0)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_value_is_read_by_the_type_of_its_column() {
        assert_eq!(read(&Type::INT8, &[0, 0, 0, 0, 0, 0, 0, 7]).unwrap(), format!("{:?}", DbValue::Int64(7)));
        assert_eq!(
            read(&Type::JSONB, b"\x01{\"b\": 1, \"a\": 2}").unwrap(),
            format!("{:?}", DbValue::Jsonb(b"{\"a\":2,\"b\":1}".to_vec()))
        );
        assert_eq!(read(&Type::DATE, &[0, 0, 0, 0]).unwrap(), format!("{:?}", DbValue::Date((2000, 1, 1))));
    }

    #[test]
    fn what_spin_does_not_read_is_told_to_be_unsupported() {
        assert_eq!(read(&Type::JSON, b"{}").unwrap(), format!("{:?}", DbValue::Unsupported(b"{}".to_vec())));
    }

    #[test]
    fn what_only_spin_reads_is_an_error() {
        assert!(read(&Type::NUMERIC, &[0; 8]).unwrap_err().contains("numeric"));
        assert!(read(&Type::TIMESTAMPTZ, &[0; 8]).unwrap_err().contains("timestamptz"));
    }
}
