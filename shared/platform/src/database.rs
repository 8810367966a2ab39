use livery_domain::tenancy::tenant::TenantScope;
use thiserror::Error;

/// One SQL value. Times are integers, ids and JSON are text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Null,
    Integer(i64),
    Text(String),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// One statement with its parameters `?1`, `?2`… in the SQL that SQLite and Postgres share.
///
/// No two columns of its answer may have the same name: D1 would return only one of them, and the later columns would be off
/// by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub sql: &'static str,
    pub params: Vec<Value>,
    /// The scope of the statement. An engine with row-level security sets it in the statement's own transaction.
    pub scope: Option<TenantScope>,
}

impl Statement {
    /// A statement over one tenant's rows. `?1` is the tenant's id, which only this function binds.
    #[must_use]
    pub fn scoped(scope: &TenantScope, sql: &'static str, params: Vec<Value>) -> Self {
        let mut all = Vec::with_capacity(params.len() + 1);
        all.push(Value::Text(scope.tenant().to_string()));
        all.extend(params);
        Self { sql, params: all, scope: Some(*scope) }
    }

    /// A statement over rows of the platform: hosts, plans, people. Its parameters begin at `?1`.
    #[must_use]
    pub const fn platform(sql: &'static str, params: Vec<Value>) -> Self {
        Self { sql, params, scope: None }
    }
}

/// One row, columns in the order of the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(pub Vec<Value>);

/// All rows of one statement.
pub type Rows = Vec<Row>;

/// A column is missing or holds another type than the code expects: the schema and the code differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("column {0} is missing or of another type")]
pub struct WrongShape(pub usize);

impl Row {
    /// # Errors
    /// [`WrongShape`] unless the column holds text.
    pub fn text(&self, column: usize) -> Result<&str, WrongShape> {
        match self.0.get(column) {
            Some(Value::Text(text)) => Ok(text),
            _ => Err(WrongShape(column)),
        }
    }

    /// # Errors
    /// [`WrongShape`] unless the column holds an integer.
    pub fn integer(&self, column: usize) -> Result<i64, WrongShape> {
        match self.0.get(column) {
            Some(Value::Integer(value)) => Ok(*value),
            _ => Err(WrongShape(column)),
        }
    }

    /// # Errors
    /// [`WrongShape`] unless the column holds text or null.
    pub fn optional_text(&self, column: usize) -> Result<Option<&str>, WrongShape> {
        match self.0.get(column) {
            Some(Value::Null) => Ok(None),
            _ => self.text(column).map(Some),
        }
    }

    /// # Errors
    /// [`WrongShape`] unless the column holds an integer or null.
    pub fn optional_integer(&self, column: usize) -> Result<Option<i64>, WrongShape> {
        match self.0.get(column) {
            Some(Value::Null) => Ok(None),
            _ => self.integer(column).map(Some),
        }
    }

    /// Text parsed into a type of the domain: an id, a key, a name of a variant.
    ///
    /// # Errors
    /// [`WrongShape`] where the column is no text or the text does not parse.
    pub fn parsed<T: std::str::FromStr>(&self, column: usize) -> Result<T, WrongShape> {
        self.text(column)?.parse().map_err(|_| WrongShape(column))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DatabaseError {
    /// A unique or foreign key, or a check, refused the write. Nothing was written.
    #[error("refused by a constraint: {0}")]
    Constraint(String),
    /// The database did not answer, or answered with a failure. The write may or may not have happened.
    #[error("database: {0}")]
    Unavailable(String),
    /// The database is at migration `found`, this code needs `needed`. Nothing was run.
    #[error("the schema is at {found} and {needed} is needed: run ./scripts/migrate")]
    SchemaTooOld { found: i64, needed: i64 },
}

/// SQL with read-your-writes.
///
/// *Promise*: a statement is atomic; a batch is atomic as a whole, in order, and sees its own writes. There is no
/// interactive transaction: D1 has none.
///
/// *Requirement*: a statement touches tables of one plane, control or data (`schema/planes.json`), and a batch is of one
/// plane.
pub trait Database {
    async fn query(&self, statement: Statement) -> Result<Rows, DatabaseError>;

    /// All or nothing; one list of rows per statement.
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DatabaseError>;

    /// Several reads in one trip; one list of rows per statement. Each statement is of one plane, but they may be of
    /// different planes: rows of two planes are not promised to be of one moment.
    async fn read(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DatabaseError> {
        self.batch(statements).await
    }
}
