//! The leases of this isolate, and the task that renews and settles each.

use crate::{
    counter_objects::{Counters, Key},
    now,
    quota_counter::wire::Command,
};
use livery_domain::{
    clock::UnixMillis,
    limits::lease::{Leases, MAX_LEASE_UNITS, SPEND_MILLIS, Settlement},
};
use std::{cell::RefCell, collections::HashMap, time::Duration};
use worker::Delay;

/// Counters of which this isolate remembers the demand. Each is some 200 bytes without a lease.
const MAX_COUNTERS: usize = 1_024;
/// Units of all leases: each may become a reservation in memory, of some 50 bytes. 3.3 MB, of the 128 MB of an isolate.
const MAX_UNITS: u64 = 64 * MAX_LEASE_UNITS;
/// How often a settlement is sent while the object does not answer, a second apart.
const ATTEMPTS: u32 = 4;

#[derive(Default)]
struct Memory {
    counters: HashMap<Key, Leases>,
    /// When those without demand were last dropped.
    swept: Option<UnixMillis>,
    tally: Tally,
}

/// Counts of leases in this isolate since it began.
#[derive(Debug, Default, Clone, Copy)]
pub struct Tally {
    /// Reservations that were made from a lease, without a call.
    pub from_leases: u64,
    /// Leases that were granted.
    pub leases: u64,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// Counts of leases in this isolate since it began, for measurements and tests.
#[must_use]
pub fn tally() -> Tally {
    MEMORY.with_borrow(|memory| memory.tally)
}

/// Does something with the leases of one counter, if they are remembered.
pub fn with<T>(key: &Key, act: impl FnOnce(&mut Leases) -> T) -> Option<T> {
    MEMORY.with_borrow_mut(|memory| memory.counters.get_mut(key).map(act))
}

/// As [`with`], and remembers them from now on where there is room.
pub fn with_new<T>(key: &Key, now: UnixMillis, act: impl FnOnce(&mut Leases) -> T) -> Option<T> {
    MEMORY.with_borrow_mut(|memory| {
        if !memory.counters.contains_key(key) && memory.counters.len() >= MAX_COUNTERS {
            if memory.swept.is_some_and(|swept| now.since(swept) < 1_000) {
                return None;
            }
            memory.swept = Some(now);
            memory.counters.retain(|_, leases| !leases.is_idle(now));
            if memory.counters.len() >= MAX_COUNTERS {
                return None;
            }
        }
        Some(act(memory.counters.entry(*key).or_default()))
    })
}

/// Counts a reservation that was made from a lease.
pub fn spent() {
    MEMORY.with_borrow_mut(|memory| memory.tally.from_leases += 1);
}

/// Whether there is room for one more lease.
pub fn has_room() -> bool {
    MEMORY.with_borrow(|memory| {
        let held: u64 = memory.counters.values().map(Leases::weight).sum();
        held.saturating_add(MAX_LEASE_UNITS) <= MAX_UNITS
    })
}

/// Requests a lease and keeps track of it until it is settled. Continues after the request in which it began, so that a
/// lease is not lost when its client disconnects.
pub async fn tend(counters: Counters, key: Key, wish: u64, limit: u64) {
    let asked = now();
    let settlements = with(&key, |leases| leases.take_settlements(asked)).unwrap_or_default();
    match counters.lend(&key, wish, limit, &settlements).await {
        Ok(lease) => {
            with(&key, |leases| {
                leases.settled(&settlements);
                leases.lent(lease, limit, asked);
            });
            if let Some(lease) = lease {
                MEMORY.with_borrow_mut(|memory| memory.tally.leases += 1);
                Delay::from(Duration::from_millis(SPEND_MILLIS.unsigned_abs())).await;
                with(&key, |leases| leases.close(lease.id, now()));
            }
        }
        Err(_) => {
            with(&key, |leases| leases.unsettled(&settlements));
            Delay::from(Duration::from_secs(1)).await;
        }
    }
    settle(&counters, &key).await;
}

async fn settle(counters: &Counters, key: &Key) {
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            Delay::from(Duration::from_secs(1)).await;
        }
        let taken: Vec<Settlement> = with(key, |leases| leases.take_settlements(now())).unwrap_or_default();
        if taken.is_empty() {
            return;
        }
        match counters.tell(key, taken.clone(), Command::Settle).await {
            Ok(_) => {
                with(key, |leases| leases.settled(&taken));
                return;
            }
            Err(_) => {
                with(key, |leases| leases.unsettled(&taken));
            }
        }
    }
}
