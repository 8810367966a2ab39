//! What Postgres answers instead of a result, as components see it.

use tokio_postgres::error::DbError as Reported;

use crate::interfaces::spin::postgres::postgres::{DbError, Error, QueryError};

pub fn failed(error: tokio_postgres::Error) -> Error {
    let as_text = format!("{error:?}");
    Error::QueryFailed(match error.as_db_error() {
        None => QueryError::Text(as_text),
        Some(reported) => QueryError::DbError(DbError {
            as_text,
            severity: reported.severity().to_owned(),
            code: reported.code().code().to_owned(),
            message: reported.message().to_owned(),
            detail: reported.detail().map(str::to_owned),
            extras: extras(reported),
        }),
    })
}

fn extras(reported: &Reported) -> Vec<(String, String)> {
    [
        ("column", reported.column().map(str::to_owned)),
        ("constraint", reported.constraint().map(str::to_owned)),
        ("routine", reported.routine().map(str::to_owned)),
        ("hint", reported.hint().map(str::to_owned)),
        ("table", reported.table().map(str::to_owned)),
        ("datatype", reported.datatype().map(str::to_owned)),
        ("schema", reported.schema().map(str::to_owned)),
        ("file", reported.file().map(str::to_owned)),
        ("line", reported.line().map(|line| line.to_string())),
        ("where_", reported.where_().map(str::to_owned)),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
    .collect()
}
