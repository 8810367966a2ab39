//! `ExactCounter` under high load: an adapter may lease units in advance then, and is exact once all leases are settled.

use crate::{Platform, counter::Counter, fresh, holds, same, text};
use futures_util::future::join_all;
use livery_domain::{
    id::ReservationId,
    limits::quota::{Meter, Reservation},
};
use livery_platform::Listener;

/// More than a counter grants before it leases units.
const FLOOD: usize = 600;
/// As many as a browser's visitors would send at once.
const AT_ONCE: usize = 50;
const LARGE: u64 = 100_000;
/// Longer than a lease lasts, and than a failed settlement takes to be sent again.
const PATIENCE_MILLIS: i64 = 10_000;
/// How often the usage is read in between.
const LOOKS: i64 = 40;

impl<P: Platform> Counter<'_, P> {
    /// Reserves each id, so many at the same time. Returns which of them got a unit.
    async fn flood(&self, limit: u64, ids: &[ReservationId]) -> Result<Vec<ReservationId>, String> {
        let mut granted = vec![];
        for some in ids.chunks(AT_ONCE) {
            let outcomes = join_all(some.iter().map(|id| self.reserve(limit, 1, *id))).await;
            for (id, outcome) in some.iter().zip(outcomes) {
                match outcome? {
                    Reservation::Granted { usage, .. } => {
                        holds(&format!("granted at {usage:?}"), (1..=limit).contains(&usage.used))?;
                        granted.push(*id);
                    }
                    Reservation::Exceeded { usage, .. } => {
                        same("where a full counter stands", &usage.used, &limit)?;
                    }
                }
            }
        }
        Ok(granted)
    }

    async fn usage(&self) -> Result<u64, String> {
        let usage = self.platform.usage(&self.scope, Meter::Messages, self.period, LARGE);
        Ok(usage.await.map_err(text)?.used)
    }

    /// Lets time pass: a listener waits if there is no frame.
    async fn pause(&self) -> Result<(), String> {
        let listener = |cursor| Listener { visitor: None, since: Some(0), cursor };
        let heard = self.platform.listen(&self.scope, listener(None), 0).await.map_err(text)?;
        let wait = (PATIENCE_MILLIS / LOOKS).unsigned_abs() as u32;
        self.platform.listen(&self.scope, listener(Some(&heard.cursor)), wait).await.map_err(text)?;
        Ok(())
    }

    /// After all leases are settled.
    async fn comes_to(&self, wanted: u64) -> Result<(), String> {
        for _ in 0..LOOKS {
            if self.usage().await? == wanted {
                return Ok(());
            }
            self.pause().await?;
        }
        same("where the counter comes to stand", &self.usage().await?, &wanted)
    }
}

fn ids<P: Platform>(platform: &P, count: usize) -> Vec<ReservationId> {
    (0..count).map(|_| fresh::reservation(platform)).collect()
}

pub async fn of_a_flood_every_id_is_granted_and_counted_once<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    let ids = ids(platform, FLOOD);
    same("what is granted", &counter.flood(LARGE, &ids).await?, &ids)?;
    // All of them again, from wherever they are held now.
    same("what is granted again", &counter.flood(LARGE, &ids).await?, &ids)?;
    counter.comes_to(FLOOD as u64).await?;
    same("what is granted once it is settled", &counter.flood(LARGE, &ids).await?, &ids)?;
    counter.comes_to(FLOOD as u64).await
}

pub async fn of_a_flood_what_is_released_comes_back_once_and_what_is_committed_stays<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    let ids = ids(platform, FLOOD);
    counter.flood(LARGE, &ids).await?;
    let (sealed, others) = ids.split_at(FLOOD / 3);
    let (freed, _) = others.split_at(FLOOD / 3);
    for id in sealed {
        counter.commit(*id).await?;
    }
    for id in sealed.iter().chain(freed).chain(freed) {
        counter.release(*id).await?;
    }
    let held = (FLOOD - freed.len()) as u64;
    counter.comes_to(held).await?;
    // And after the leases are settled.
    for id in sealed.iter().chain(freed) {
        counter.release(*id).await?;
    }
    counter.comes_to(held).await?;
    same("what was released, again", &counter.flood(LARGE, freed).await?.len(), &freed.len())?;
    counter.comes_to(FLOOD as u64).await
}

pub async fn a_flood_over_the_limit_is_granted_exactly_to_it<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    let limit = 1_100;
    let mut waiting = ids(platform, 2 * FLOOD);
    let mut granted = 0;
    for _ in 0..LOOKS {
        let held = counter.flood(limit, &waiting).await?;
        granted += held.len();
        waiting.retain(|id| !held.contains(id));
        // If the answer says that units may be returned, the call is repeated.
        let last = counter.reserve(limit, 1, fresh::reservation(platform)).await?;
        if let Reservation::Granted { .. } = last {
            granted += 1;
        } else if let Reservation::Exceeded { units_may_return_in_secs: None, .. } = last {
            break;
        }
        counter.pause().await?;
    }
    same("what is granted", &granted, &1_100)?;
    same("where the counter stands", &counter.usage().await?, &limit)
}

pub async fn a_limit_that_was_lowered_amid_a_flood_grants_no_more<P: Platform>(
    platform: &P,
) -> Result<(), String> {
    let counter = Counter::new(platform).await?;
    let ids = ids(platform, FLOOD);
    counter.flood(LARGE, &ids).await?;
    let more = counter.reserve(FLOOD as u64, 1, fresh::reservation(platform)).await?;
    holds(&format!("one more: {more:?}"), matches!(more, Reservation::Exceeded { .. }))
}
