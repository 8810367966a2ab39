use crate::StoreError;
use livery_platform::{Database, Row, Rows, Statement};

type Parse<T> = Box<dyn FnOnce(&[Rows]) -> Result<T, StoreError>>;

/// Any number of statements that only read, together with what their rows say. All of them are one trip to the database, in the
/// order in which they were joined.
pub struct Read<T> {
    statements: Vec<Statement>,
    /// Takes one list of rows per statement.
    parse: Parse<T>,
}

impl<T: 'static> Read<T> {
    pub(crate) fn new(
        statement: Statement,
        parse: impl FnOnce(&[Row]) -> Result<T, StoreError> + 'static,
    ) -> Self {
        let first = |lists: &[Rows]| parse(lists.first().map(Vec::as_slice).unwrap_or_default());
        Self { statements: vec![statement], parse: Box::new(first) }
    }

    /// A value that is known already: no statement, and by itself no trip.
    pub fn known(value: T) -> Self {
        Self { statements: vec![], parse: Box::new(|_| Ok(value)) }
    }

    /// What is read only sometimes.
    #[must_use]
    pub fn optional(read: Option<Self>) -> Read<Option<T>> {
        read.map_or_else(|| Read::known(None), |read| read.map(Some))
    }

    /// The same rows, as something else.
    #[must_use]
    pub fn map<U: 'static>(self, then: impl FnOnce(T) -> U + 'static) -> Read<U> {
        let parse = self.parse;
        Read { statements: self.statements, parse: Box::new(|lists| parse(lists).map(then)) }
    }

    /// Both in one trip, this one first, whichever planes they are of.
    #[must_use]
    pub fn and<U: 'static>(self, other: Read<U>) -> Read<(T, U)> {
        let Self { mut statements, parse: first } = self;
        let own = statements.len();
        statements.extend(other.statements);
        let second = other.parse;
        let both = move |lists: &[Rows]| {
            let (of_first, of_second) = lists.split_at_checked(own).unwrap_or((lists, &[]));
            Ok((first(of_first)?, second(of_second)?))
        };
        Read { statements, parse: Box::new(both) }
    }

    /// # Errors
    /// [`StoreError`] where the database fails or holds what can't be read.
    pub async fn from(self, db: &impl Database) -> Result<T, StoreError> {
        (self.parse)(&run(self.statements, db).await?)
    }
}

/// One trip at most, and none without a statement.
async fn run(mut statements: Vec<Statement>, db: &impl Database) -> Result<Vec<Rows>, StoreError> {
    if statements.len() > 1 {
        return Ok(db.read(statements).await?);
    }
    match statements.pop() {
        Some(statement) => Ok(vec![db.query(statement).await?]),
        None => Ok(vec![]),
    }
}
