use crate::{Memory, planes};
use livery_platform::{Database, DatabaseError, Row, Rows, Statement, Value};
use rusqlite::{Connection, ErrorCode, params_from_iter, types::ValueRef};
use std::collections::HashSet;

impl Database for Memory {
    async fn query(&self, statement: Statement) -> Result<Rows, DatabaseError> {
        self.works().map_err(|fault| DatabaseError::Unavailable(fault.0))?;
        planes::hold(std::slice::from_ref(&statement), false).map_err(fault)?;
        self.count(1);
        run(&self.sqlite.borrow(), &statement)
    }

    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DatabaseError> {
        self.works().map_err(|fault| DatabaseError::Unavailable(fault.0))?;
        planes::hold(&statements, false).map_err(fault)?;
        self.transact(&statements)
    }

    async fn read(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DatabaseError> {
        self.works().map_err(|fault| DatabaseError::Unavailable(fault.0))?;
        planes::hold(&statements, true).map_err(fault)?;
        self.transact(&statements)
    }
}

impl Memory {
    fn count(&self, statements: usize) {
        self.sql_trips.set(self.sql_trips.get() + 1);
        self.statements.set(self.statements.get() + statements as u64);
    }

    fn transact(&self, statements: &[Statement]) -> Result<Vec<Rows>, DatabaseError> {
        self.count(statements.len());
        let mut sqlite = self.sqlite.borrow_mut();
        let transaction = sqlite.transaction().map_err(fault)?;
        let answers =
            statements.iter().map(|statement| run(&transaction, statement)).collect::<Result<_, _>>()?;
        transaction.commit().map_err(fault)?;
        Ok(answers)
    }
}

fn run(sqlite: &Connection, statement: &Statement) -> Result<Rows, DatabaseError> {
    let mut prepared = sqlite.prepare_cached(statement.sql).map_err(fault)?;
    let columns = prepared.column_count();
    told_apart(prepared.column_names())?;
    let params = statement.params.iter().map(|value| match value {
        Value::Null => rusqlite::types::Value::Null,
        Value::Integer(value) => rusqlite::types::Value::Integer(*value),
        Value::Text(value) => rusqlite::types::Value::Text(value.clone()),
    });
    let mut found = prepared.query(params_from_iter(params)).map_err(fault)?;
    let mut rows = Rows::new();
    while let Some(row) = found.next().map_err(fault)? {
        let values = (0..columns)
            .map(|column| value(row.get_ref(column).map_err(fault)?))
            .collect::<Result<_, _>>()?;
        rows.push(Row(values));
    }
    Ok(rows)
}

/// D1 returns a row as an object: of two columns with the same name it returns one, and all later columns are off by one.
fn told_apart<'a>(mut names: impl Iterator<Item = &'a str>) -> Result<(), DatabaseError> {
    let mut seen = HashSet::new();
    match names.find(|name| !seen.insert(*name)) {
        None => Ok(()),
        Some(name) => {
            Err(DatabaseError::Unavailable(format!("two columns are called {name}: name one with AS")))
        }
    }
}

fn value(value: ValueRef<'_>) -> Result<Value, DatabaseError> {
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(value) => Ok(Value::Integer(value)),
        ValueRef::Text(text) => Ok(Value::Text(String::from_utf8_lossy(text).into_owned())),
        ValueRef::Real(_) | ValueRef::Blob(_) => {
            Err(DatabaseError::Unavailable("a column of a type we do not use".into()))
        }
    }
}

fn fault(fault: rusqlite::Error) -> DatabaseError {
    match fault.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => DatabaseError::Constraint(fault.to_string()),
        _ => DatabaseError::Unavailable(fault.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_columns_with_one_name_are_refused_as_d1_would_give_only_one() {
        let sqlite = Connection::open_in_memory().unwrap();
        let ask = |sql| run(&sqlite, &Statement::platform(sql, vec![]));
        let refused =
            ask("WITH n AS (SELECT 1 AS one) SELECT a.one, b.one FROM n a, n b").unwrap_err().to_string();
        assert!(refused.contains("two columns are called one"), "{refused}");
        assert_eq!(ask("WITH n AS (SELECT 1 AS one) SELECT one, 2 AS two FROM n").unwrap().len(), 1);
    }
}
