use crate::Spin;
use livery_domain::{
    id::ReservationId,
    limits::quota::{Meter, Period, Reservation, Usage},
    tenancy::tenant::TenantScope,
};
use livery_platform::{Clock, ExactCounter, Unavailable};
use livery_store::{
    StoreError,
    limits::counters::{self, Counter},
};

impl ExactCounter for Spin {
    async fn reserve(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
        units: u64,
        id: ReservationId,
    ) -> Result<Reservation, Unavailable> {
        let counter = Counter { scope, meter, period };
        counters::reserve(self, counter, limit, units, id, self.now()).await.map_err(unavailable)
    }

    async fn commit(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable> {
        counters::commit(self, Counter { scope, meter, period }, id).await.map_err(unavailable)
    }

    async fn release(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable> {
        counters::release(self, Counter { scope, meter, period }, id).await.map_err(unavailable)
    }

    async fn usage(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
    ) -> Result<Usage, Unavailable> {
        counters::usage(self, Counter { scope, meter, period }, limit).await.map_err(unavailable)
    }
}

fn unavailable(fault: StoreError) -> Unavailable {
    Unavailable(format!("quota counter: {fault}"))
}
