//! Leases: units of a quota that were counted ahead, for one isolate to hand out of its memory.
//!
//! A busy tenant would ask its counter for every unit; with a lease it asks once for many. A lease's units are counted
//! when it is given, so that never more than the limit is handed out, whatever becomes of the isolate. Once it is used
//! up or over, the isolate settles it: it tells which reservations were made from it, and what is left comes back.

mod demand;
mod held;
#[cfg(test)]
mod simulation;

pub use demand::Demand;
pub use held::{Held, Leases, MAX_OPEN_LEASES};

use crate::{id::ReservationId, limits::quota::Usage};
use serde::{Deserialize, Serialize};

/// Units a second from which a counter gives leases: 20 million in a month. Whoever uses less calls its counter so seldom
/// that knowing to the second what is left is worth more than the calls saved.
pub const BUSY_UNITS_PER_SECOND: u64 = 8;
/// A lease of less saves next to no calls.
pub const MIN_LEASE_UNITS: u64 = 8;
/// A settlement names every reservation, 39 bytes each: 1,024 are 40 KB, and as many rows in one statement.
pub const MAX_LEASE_UNITS: u64 = 1_024;
/// Of what remains, a lease takes at most this part. So there are none once fewer than 512 units remain, and the last
/// units are handed out one by one.
const LEAST_SHARE: u64 = 64;
/// So long an isolate hands out units of a lease, by its own clock, from when it asked for it. A burst is followed by
/// this at most before unspent units come back.
pub const SPEND_MILLIS: i64 = 2_000;
/// So long a counter says that a lease's units may come back: as long as it is spent, and as long again for the
/// settlement to arrive.
pub const LENT_MILLIS: i64 = 2 * SPEND_MILLIS;

/// A lease of one counter; later ones have higher numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LeaseId(pub i64);

/// What a counter lends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    pub id: LeaseId,
    /// Counted as used already.
    pub units: u64,
    /// Where the counter stood before.
    pub used: u64,
}

/// What became of a lease. Sent twice it counts once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    pub lease: LeaseId,
    /// Each holds one unit of it.
    pub reservations: Vec<ReservationId>,
    /// Those of them that are committed.
    pub committed: Vec<ReservationId>,
}

/// How many units a counter lends to who wishes for `wish`: at `per_second` units lately and standing at `usage`, what is
/// lent to others counted as used.
#[must_use]
pub fn lendable(wish: u64, per_second: u64, usage: Usage) -> Option<u64> {
    let units = wish.min(MAX_LEASE_UNITS).min(usage.remaining() / LEAST_SHARE);
    (per_second >= BUSY_UNITS_PER_SECOND && units >= MIN_LEASE_UNITS).then_some(units)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn usage(used: u64, limit: u64) -> Usage {
        Usage { used, limit }
    }

    #[test]
    fn only_a_busy_counter_lends() {
        assert_eq!(lendable(100, BUSY_UNITS_PER_SECOND - 1, usage(0, 1_000_000)), None);
        assert_eq!(lendable(100, BUSY_UNITS_PER_SECOND, usage(0, 1_000_000)), Some(100));
    }

    #[test]
    fn a_lease_is_at_most_a_64th_of_what_remains() {
        assert_eq!(lendable(1_000, 1_000, usage(0, 6_400)), Some(100));
        assert_eq!(lendable(1_000, 1_000, usage(6_400, 12_800)), Some(100));
    }

    #[test]
    fn nothing_is_lent_of_the_last_512_units_nor_over_the_limit() {
        assert_eq!(lendable(1_000, 1_000, usage(488, 1_000)), Some(8));
        assert_eq!(lendable(1_000, 1_000, usage(489, 1_000)), None);
        assert_eq!(lendable(1_000, 1_000, usage(2_000, 1_000)), None);
    }

    #[test]
    fn a_lease_has_its_bounds() {
        assert_eq!(lendable(u64::MAX, 1_000_000, usage(0, u64::MAX)), Some(MAX_LEASE_UNITS));
        assert_eq!(lendable(MIN_LEASE_UNITS, 1_000, usage(0, 1_000_000)), Some(MIN_LEASE_UNITS));
        assert_eq!(lendable(MIN_LEASE_UNITS - 1, 1_000, usage(0, 1_000_000)), None);
    }
}
