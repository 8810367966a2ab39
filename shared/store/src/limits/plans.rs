//! The plans that a new tenant may choose.

use crate::StoreError;
use livery_platform::{Database, Row, Statement};

const OFFERED: &str = "
    SELECT key, name, price_minor, currency, trial_days, seats, messages_monthly, sessions_concurrent, tokens_monthly
    FROM plans WHERE place IS NOT NULL ORDER BY place, key LIMIT 50";

/// A plan that is offered. `None` in a limit: there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedPlan {
    pub key: String,
    pub name: String,
    /// A month, in minor units of the currency; `None`: on request.
    pub price_minor: Option<i64>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// 0: no trial.
    pub trial_days: i64,
    pub seats: Option<i64>,
    pub messages_monthly: i64,
    pub sessions_concurrent: i64,
    pub tokens_monthly: Option<i64>,
}

/// In the order in which they are shown.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn offered(db: &impl Database) -> Result<Vec<OfferedPlan>, StoreError> {
    db.query(Statement::platform(OFFERED, vec![])).await?.iter().map(plan).collect()
}

fn plan(row: &Row) -> Result<OfferedPlan, StoreError> {
    Ok(OfferedPlan {
        key: row.text(0)?.to_owned(),
        name: row.text(1)?.to_owned(),
        price_minor: row.optional_integer(2)?,
        currency: row.optional_text(3)?.map(str::to_owned),
        trial_days: row.integer(4)?,
        seats: row.optional_integer(5)?,
        messages_monthly: row.integer(6)?,
        sessions_concurrent: row.integer(7)?,
        tokens_monthly: row.optional_integer(8)?,
    })
}
