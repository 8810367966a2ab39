use crate::{
    Workers,
    counter_objects::{Counters, Key, unexpected},
    leases,
    quota_counter::wire::{Command, Told},
};
use livery_domain::{
    id::ReservationId,
    limits::{
        lease::{Held, Settlement},
        quota::{Meter, Period, Reservation, Usage},
    },
    tenancy::tenant::TenantScope,
};
use livery_platform::{Clock, ExactCounter, Unavailable};
use wasm_bindgen::JsValue;
use worker::js_sys::futures;

impl Workers {
    fn counters(&self) -> Counters {
        Counters(self.env.clone())
    }

    /// Reserves a unit from this isolate's leases, if one is left, and requests the next lease in time.
    fn spend_lease(&self, key: &Key, limit: u64, id: ReservationId) -> Option<Reservation> {
        // Without a request's context the rest of the lease could not be settled.
        let context = self.context.as_ref()?;
        let now = self.now();
        let (found, wish) = leases::with_new(key, now, |leases| {
            leases.note(now);
            (leases.spend(id, limit, now), leases.wish(now))
        })?;
        if wish > 0 && leases::has_room() {
            let work = leases::tend(self.counters(), *key, wish, limit);
            let work = futures::future_to_promise(async move {
                work.await;
                Ok(JsValue::UNDEFINED)
            });
            // If the runtime accepts no more work, the lease is not settled and its units stay counted.
            let _ = context.as_ref().wait_until(&work);
        }
        if found.is_some() {
            leases::spent();
        }
        found
    }

    /// Routes a command to the leases of this isolate if it is about one of them, else to the object.
    async fn about(
        &self,
        key: &Key,
        find: impl FnOnce(&mut livery_domain::limits::lease::Leases) -> Held,
        command: Command,
    ) -> Result<(), Unavailable> {
        let settlement = match leases::with(key, find) {
            Some(Held::Here) => return Ok(()),
            Some(Held::There(settlement)) => settlement,
            None => None,
        };
        let settlements: Vec<Settlement> = settlement.into_iter().collect();
        match self.counters().tell(key, settlements.clone(), command).await? {
            Told::Done => {
                leases::with(key, |leases| leases.settled(&settlements));
                Ok(())
            }
            other => Err(unexpected(&other)),
        }
    }
}

const fn key(scope: &TenantScope, meter: Meter, period: Period) -> Key {
    Key { tenant: scope.tenant(), meter, start: period.start }
}

impl ExactCounter for Workers {
    async fn reserve(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
        units: u64,
        id: ReservationId,
    ) -> Result<Reservation, Unavailable> {
        let key = key(scope, meter, period);
        // A lease is of single units.
        if units == 1
            && let Some(found) = self.spend_lease(&key, limit, id)
        {
            return Ok(found);
        }
        let answer = self.counters().reserve(&key, limit, units, id).await;
        if units == 1 && !matches!(answer, Ok(Reservation::Granted { .. })) {
            // A lease may have arrived meanwhile, with units that the counter no longer has or does not report.
            let now = self.now();
            if let Some(found) = leases::with(&key, |leases| leases.spend(id, limit, now)).flatten() {
                leases::spent();
                return Ok(found);
            }
        }
        answer
    }

    async fn commit(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable> {
        self.about(&key(scope, meter, period), |leases| leases.commit(id), Command::Commit(id)).await
    }

    async fn release(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable> {
        self.about(&key(scope, meter, period), |leases| leases.release(id), Command::Release(id)).await
    }

    async fn usage(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
    ) -> Result<Usage, Unavailable> {
        match self.counters().tell(&key(scope, meter, period), vec![], Command::Usage).await? {
            Told::Used(used) => Ok(Usage { used, limit }),
            other => Err(unexpected(&other)),
        }
    }
}
