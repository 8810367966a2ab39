//! Outbound Postgres: pooled connections as in Spin, without TLS.

mod calendar;
mod failure;
mod parameter;
mod pool;
mod value;

use std::pin::pin;
use std::sync::Arc;

use deadpool_postgres::Object;
use futures::TryStreamExt as _;

use crate::interfaces::spin::postgres::postgres::{Column, Error, ParameterValue, QueryError, Row};
use failure::failed;
use parameter::Parameter;
pub use pool::Pools;

/// What Spin holds of a result in memory at most.
const RESULT_BYTES: usize = 128 << 20;

/// A connection of the pool. Dropped, it goes back as it is: with its session's settings, and inside its transaction.
#[derive(Clone)]
pub struct Connection(Arc<Object>);

/// The address that a builder will connect to.
pub struct ConnectionBuilder {
    pub address: String,
}

/// What a query found. As in Spin the columns are only known when there is a row, and an error behind the first row
/// comes after the rows in front of it.
pub struct Found {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub outcome: Result<(), Error>,
}

impl Connection {
    pub async fn execute(&self, statement: &str, parameters: Vec<ParameterValue>) -> Result<u64, Error> {
        let parameters = parameter::all(parameters).map_err(Error::ValueConversionFailed)?;
        self.0.execute_raw(statement, parameters).await.map_err(failed)
    }

    pub async fn query(&self, statement: &str, parameters: Vec<ParameterValue>) -> Result<Found, Error> {
        let parameters: Vec<Parameter> = parameter::all(parameters).map_err(Error::BadParameter)?;
        let mut results = pin!(self.0.query_raw(statement, parameters).await.map_err(failed)?);
        let mut found = Found { columns: Vec::new(), rows: Vec::new(), outcome: Ok(()) };
        let Some(first) = results.try_next().await.map_err(failed)? else {
            return Ok(found);
        };
        found.columns = value::columns(&first);
        let (mut next, mut bytes) = (Some(first), 0);
        found.outcome = loop {
            let Some(row) = next else { break Ok(()) };
            let values = match value::values(&row) {
                Ok(values) => values,
                Err(error) => break Err(Error::QueryFailed(QueryError::Text(error))),
            };
            bytes += values.iter().map(value::size).sum::<usize>();
            if bytes > RESULT_BYTES {
                let error = format!("query result exceeds limit of {RESULT_BYTES} bytes");
                break Err(Error::QueryFailed(QueryError::Text(error)));
            }
            found.rows.push(values);
            next = match results.try_next().await {
                Ok(next) => next,
                Err(error) => break Err(failed(error)),
            };
        };
        Ok(found)
    }
}
