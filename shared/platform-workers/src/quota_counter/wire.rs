//! How a command reaches the object and its answer comes back.
//!
//! A reservation goes in the URL and its outcome in a header: neither has a body, which both sides would have to await as a
//! stream. All other commands are rare and are sent as JSON.

use livery_domain::{
    id::ReservationId,
    limits::{
        lease::{Lease, Settlement},
        quota::{Reservation, Usage},
    },
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The URL's host only names the recipient.
pub const URL: &str = "https://quota-counter/";
/// The header of a reservation's outcome.
pub const OUTCOME: &str = "outcome";

/// Which counter of the tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Which {
    pub meter: String,
    /// The period's first millisecond.
    pub start: i64,
}

/// `GET https://quota-counter/{meter}/{start}/{limit}/{units}/{id}`
#[derive(Debug, PartialEq, Eq)]
pub struct Reserve<'a> {
    pub meter: &'a str,
    pub start: i64,
    pub limit: u64,
    pub units: u64,
    pub id: &'a str,
}

impl fmt::Display for Reserve<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{URL}{}/{}/{}/{}/{}", self.meter, self.start, self.limit, self.units, self.id)
    }
}

impl<'a> Reserve<'a> {
    pub fn parse(url: &'a str) -> Option<Self> {
        let mut parts = url.strip_prefix(URL)?.split('/');
        let reserve = Self {
            meter: parts.next()?,
            start: parts.next()?.parse().ok()?,
            limit: parts.next()?.parse().ok()?,
            units: parts.next()?.parse().ok()?,
            id: parts.next()?,
        };
        parts.next().is_none().then_some(reserve)
    }
}

/// `granted 12`, `repeated 12`, `exceeded 12`, each with the counter's usage; `exceeded 12 3` where units may return
/// within 3 seconds.
pub fn outcome(reservation: Reservation) -> String {
    match reservation {
        Reservation::Granted { usage, repeated: false } => format!("granted {}", usage.used),
        Reservation::Granted { usage, repeated: true } => format!("repeated {}", usage.used),
        Reservation::Exceeded { usage, units_may_return_in_secs: None } => format!("exceeded {}", usage.used),
        Reservation::Exceeded { usage, units_may_return_in_secs: Some(secs) } => {
            format!("exceeded {} {secs}", usage.used)
        }
    }
}

pub fn reservation(outcome: &str, limit: u64) -> Option<Reservation> {
    let mut words = outcome.split(' ');
    let word = words.next()?;
    let usage = Usage { used: words.next()?.parse().ok()?, limit };
    let units_may_return_in_secs = words.next().map(str::parse).transpose().ok()?;
    match word {
        "granted" => Some(Reservation::Granted { usage, repeated: false }),
        "repeated" => Some(Reservation::Granted { usage, repeated: true }),
        "exceeded" => Some(Reservation::Exceeded { usage, units_may_return_in_secs }),
        _ => None,
    }
}

/// `POST https://quota-counter/`, answered 200 with a [`Told`].
#[derive(Debug, Serialize, Deserialize)]
pub struct Tell {
    pub which: Which,
    /// Settlements of leases, applied before the command.
    pub settlements: Vec<Settlement>,
    pub command: Command,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Only the settlements.
    Settle,
    Lend {
        wish: u64,
        limit: u64,
    },
    Commit(ReservationId),
    Release(ReservationId),
    Usage,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    Done,
    Lent(Option<Lease>),
    Used(u64),
}
