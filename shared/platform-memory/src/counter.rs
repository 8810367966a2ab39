use crate::Memory;
use livery_domain::{
    id::ReservationId,
    limits::quota::{Meter, Period, Reservation, Usage},
    tenancy::tenant::TenantScope,
};
use livery_platform::{ExactCounter, Unavailable};
use std::collections::HashMap;

#[derive(Default)]
pub struct Counter {
    used: u64,
    held: HashMap<ReservationId, Hold>,
}

struct Hold {
    units: u64,
    state: State,
}

#[derive(PartialEq)]
enum State {
    Held,
    Committed,
    Released,
}

impl Memory {
    fn with_counter<T>(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        act: impl FnOnce(&mut Counter) -> T,
    ) -> Result<T, Unavailable> {
        self.works()?;
        let key = format!("{}/{}/{}", scope.tenant(), meter.as_str(), period.start.0);
        Ok(act(self.counters.borrow_mut().entry(key).or_default()))
    }
}

impl ExactCounter for Memory {
    async fn reserve(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
        units: u64,
        id: ReservationId,
    ) -> Result<Reservation, Unavailable> {
        self.with_counter(scope, meter, period, |counter| {
            let held = counter.held.get(&id).is_some_and(|hold| hold.state != State::Released);
            if !held {
                if counter.used.saturating_add(units) > limit {
                    let usage = Usage { used: counter.used, limit };
                    return Reservation::Exceeded { usage, units_may_return_in_secs: None };
                }
                counter.used += units;
                counter.held.insert(id, Hold { units, state: State::Held });
            }
            Reservation::Granted { usage: Usage { used: counter.used, limit }, repeated: held }
        })
    }

    async fn commit(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable> {
        self.with_counter(scope, meter, period, |counter| {
            if let Some(hold) = counter.held.get_mut(&id).filter(|hold| hold.state == State::Held) {
                hold.state = State::Committed;
            }
        })
    }

    async fn release(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable> {
        self.with_counter(scope, meter, period, |counter| {
            if let Some(hold) = counter.held.get_mut(&id).filter(|hold| hold.state == State::Held) {
                hold.state = State::Released;
                counter.used -= hold.units;
            }
        })
    }

    async fn usage(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
    ) -> Result<Usage, Unavailable> {
        self.with_counter(scope, meter, period, |counter| Usage { used: counter.used, limit })
    }
}
