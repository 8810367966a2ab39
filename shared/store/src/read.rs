use crate::StoreError;
use livery_platform::{Database, Row, Statement};

/// A statement together with what its rows say, so that whoever needs two things of SQL can ask for both in one trip.
pub struct Read<T> {
    statement: Statement,
    parse: fn(&[Row]) -> Result<T, StoreError>,
}

impl<T> Read<T> {
    pub(crate) const fn new(statement: Statement, parse: fn(&[Row]) -> Result<T, StoreError>) -> Self {
        Self { statement, parse }
    }

    /// # Errors
    /// [`StoreError`] where the database fails or holds what can't be read.
    pub async fn from(self, db: &impl Database) -> Result<T, StoreError> {
        (self.parse)(&db.query(self.statement).await?)
    }

    /// Both in one trip, whichever planes they are of.
    ///
    /// # Errors
    /// As [`Read::from`].
    pub async fn with<U>(self, other: Read<U>, db: &impl Database) -> Result<(T, U), StoreError> {
        let lists = db.read(vec![self.statement, other.statement]).await?;
        let rows = |at: usize| lists.get(at).map(Vec::as_slice).unwrap_or_default();
        Ok(((self.parse)(rows(0))?, (other.parse)(rows(1))?))
    }
}
