//! `ExactCounter`: exact at the limit, an id counts once.

use crate::{Platform, fresh, holds, same, text};
use futures_util::future::join_all;
use livery_domain::{
    id::ReservationId,
    limits::quota::{Meter, Period, Reservation, Usage},
    tenancy::tenant::TenantScope,
};

/// One tenant's counter of this month.
pub(crate) struct Counter<'a, P> {
    pub(crate) platform: &'a P,
    pub(crate) scope: TenantScope,
    pub(crate) period: Period,
}

impl<'a, P: Platform> Counter<'a, P> {
    pub(crate) async fn new(platform: &'a P) -> Result<Self, String> {
        let scope = fresh::tenant(platform).await?;
        Ok(Self { platform, scope, period: Period::month_of(platform.now()) })
    }

    pub(crate) async fn reserve(
        &self,
        limit: u64,
        units: u64,
        id: ReservationId,
    ) -> Result<Reservation, String> {
        self.platform.reserve(&self.scope, Meter::Messages, self.period, limit, units, id).await.map_err(text)
    }

    pub(crate) async fn take(&self, limit: u64) -> Result<Reservation, String> {
        self.reserve(limit, 1, fresh::reservation(self.platform)).await
    }

    pub(crate) async fn commit(&self, id: ReservationId) -> Result<(), String> {
        self.platform.commit(&self.scope, Meter::Messages, self.period, id).await.map_err(text)
    }

    pub(crate) async fn release(&self, id: ReservationId) -> Result<(), String> {
        self.platform.release(&self.scope, Meter::Messages, self.period, id).await.map_err(text)
    }

    async fn used(&self, wanted: u64) -> Result<(), String> {
        let usage = self.platform.usage(&self.scope, Meter::Messages, self.period, 7).await.map_err(text)?;
        same("where the counter stands", &usage, &Usage { used: wanted, limit: 7 })
    }
}

const fn granted(used: u64, limit: u64) -> Reservation {
    Reservation::Granted { usage: Usage { used, limit }, repeated: false }
}

const fn repeated(used: u64, limit: u64) -> Reservation {
    Reservation::Granted { usage: Usage { used, limit }, repeated: true }
}

const fn exceeded(used: u64, limit: u64) -> Reservation {
    Reservation::Exceeded { usage: Usage { used, limit }, units_may_return_in_secs: None }
}

pub async fn units_are_granted_to_the_limit_and_not_beyond<P: Platform>(platform: &P) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    counter.used(0).await?;
    for used in 1..=3 {
        same("a unit within the limit", &counter.take(3).await?, &granted(used, 3))?;
    }
    for _ in 0..3 {
        same("a unit beyond it", &counter.take(3).await?, &exceeded(3, 3))?;
    }
    counter.used(3).await
}

pub async fn of_fifty_at_once_exactly_the_limit_is_granted<P: Platform>(platform: &P) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    let outcomes = join_all((0..50).map(|_| counter.take(20))).await;
    let outcomes = outcomes.into_iter().collect::<Result<Vec<_>, _>>()?;
    let mut used: Vec<u64> = outcomes
        .iter()
        .filter_map(|outcome| match outcome {
            Reservation::Granted { usage, repeated: false } => Some(usage.used),
            _ => None,
        })
        .collect();
    used.sort_unstable();
    same("what each of the granted was told", &used, &(1..=20).collect::<Vec<u64>>())?;
    counter.used(20).await
}

pub async fn a_limit_of_nothing_grants_nothing<P: Platform>(platform: &P) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    same("a unit of nothing", &counter.take(0).await?, &exceeded(0, 0))?;
    counter.used(0).await
}

pub async fn units_are_held_all_or_none<P: Platform>(platform: &P) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    let id = fresh::reservation(platform);
    same("six of ten", &counter.reserve(10, 6, fresh::reservation(platform)).await?, &granted(6, 10))?;
    same("five more", &counter.reserve(10, 5, id).await?, &exceeded(6, 10))?;
    same("four more under the same id", &counter.reserve(10, 4, id).await?, &granted(10, 10))?;
    counter.release(id).await?;
    counter.used(6).await
}

pub async fn an_id_counts_once_however_often_it_is_sent<P: Platform>(platform: &P) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    let id = fresh::reservation(platform);
    same("the first time", &counter.reserve(1, 1, id).await?, &granted(1, 1))?;
    for _ in 0..3 {
        // At the limit too: it is the same unit.
        same("again", &counter.reserve(1, 1, id).await?, &repeated(1, 1))?;
    }
    counter.commit(id).await?;
    same("again after its commit", &counter.reserve(1, 1, id).await?, &repeated(1, 1))?;
    counter.used(1).await
}

pub async fn one_id_at_once_many_times_counts_once<P: Platform>(platform: &P) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    let id = fresh::reservation(platform);
    let outcomes = join_all((0..10).map(|_| counter.reserve(5, 1, id))).await;
    let outcomes = outcomes.into_iter().collect::<Result<Vec<_>, _>>()?;
    let first = outcomes.iter().filter(|outcome| **outcome == granted(1, 5)).count();
    let again = outcomes.iter().filter(|outcome| **outcome == repeated(1, 5)).count();
    same("granted, and granted again", &(first, again), &(1, 9))?;
    counter.used(1).await
}

pub async fn a_released_unit_is_free_again_once<P: Platform>(platform: &P) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    let id = fresh::reservation(platform);
    counter.reserve(2, 1, id).await?;
    same("another", &counter.take(2).await?, &granted(2, 2))?;
    for _ in 0..3 {
        counter.release(id).await?;
    }
    counter.used(1).await?;
    same("the unit given back", &counter.take(2).await?, &granted(2, 2))?;
    same("and no second one", &counter.take(2).await?, &exceeded(2, 2))
}

pub async fn a_released_id_can_be_reserved_again<P: Platform>(platform: &P) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    let id = fresh::reservation(platform);
    counter.reserve(1, 1, id).await?;
    counter.release(id).await?;
    same("the id again", &counter.reserve(1, 1, id).await?, &granted(1, 1))?;
    counter.used(1).await?;
    counter.release(id).await?;
    same("somebody else", &counter.take(1).await?, &granted(1, 1))?;
    same("the id, too late", &counter.reserve(1, 1, id).await?, &exceeded(1, 1))
}

pub async fn a_committed_unit_stays_counted<P: Platform>(platform: &P) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    let id = fresh::reservation(platform);
    counter.reserve(1, 1, id).await?;
    for _ in 0..2 {
        counter.commit(id).await?;
        counter.release(id).await?;
    }
    counter.used(1).await?;
    same("somebody else", &counter.take(1).await?, &exceeded(1, 1))
}

pub async fn ids_that_are_unknown_are_ignored<P: Platform>(platform: &P) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    let id = fresh::reservation(platform);
    counter.commit(id).await?;
    counter.release(id).await?;
    counter.used(0).await?;
    // A commit before the reservation has no effect.
    counter.reserve(1, 1, id).await?;
    counter.release(id).await?;
    counter.commit(id).await?;
    counter.used(0).await
}

pub async fn a_limit_that_was_lowered_grants_no_more<P: Platform>(platform: &P) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    let id = fresh::reservation(platform);
    counter.reserve(5, 5, id).await?;
    same("under a lower limit", &counter.take(3).await?, &exceeded(5, 3))?;
    same("what was held is held", &counter.reserve(3, 5, id).await?, &repeated(5, 3))
}

pub async fn a_limit_that_was_raised_grants_the_rest<P: Platform>(platform: &P) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    counter.take(1).await?;
    same("at the limit", &counter.take(1).await?, &exceeded(1, 1))?;
    same("under a higher one", &counter.take(2).await?, &granted(2, 2))
}

pub async fn periods_are_counted_apart<P: Platform>(platform: &P) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    let next = Counter { platform, scope: counter.scope, period: Period::month_of(counter.period.end) };
    holds("the next month is another", next.period != counter.period)?;
    let id = fresh::reservation(platform);
    same("in this month", &counter.reserve(1, 1, id).await?, &granted(1, 1))?;
    same("the same id in the next", &next.reserve(1, 1, id).await?, &granted(1, 1))?;
    next.release(id).await?;
    counter.used(1).await?;
    next.used(0).await
}

pub async fn tenants_are_counted_apart<P: Platform>(platform: &P) -> Result<(), String> {
    let (ours, theirs) = (Counter::new(platform).await?, Counter::new(platform).await?);
    let id = fresh::reservation(platform);
    same("ours", &ours.reserve(1, 1, id).await?, &granted(1, 1))?;
    theirs.used(0).await?;
    same("the same id of theirs", &theirs.reserve(1, 1, id).await?, &granted(1, 1))?;
    theirs.release(id).await?;
    theirs.commit(id).await?;
    ours.used(1).await?;
    same("ours is full", &ours.take(1).await?, &exceeded(1, 1))
}
