use crate::Unavailable;
use livery_domain::{
    id::ReservationId,
    quota::{Meter, Period, Reservation, Usage},
    tenant::TenantScope,
};

/// Counters that are exact at the limit.
///
/// *Promise*: linearizable per tenant, meter and period. Of any number of concurrent calls exactly as many are granted
/// as the limit has units. A reservation id counts once, however often it is sent within 24 hours.
///
/// A reservation that is neither committed nor released stays counted: a function that dies after its work was stored
/// must not give the unit back.
pub trait ExactCounter {
    /// Takes `units` of `limit`, all or none.
    async fn reserve(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
        units: u64,
        id: ReservationId,
    ) -> Result<Reservation, Unavailable>;

    /// Seals a reservation: it can't be released any more. Unknown ids are ignored.
    async fn commit(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable>;

    /// Gives the units of an uncommitted reservation back, once. Unknown, released and committed ids are ignored.
    async fn release(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable>;

    /// Where the counter stands against `limit`.
    async fn usage(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
    ) -> Result<Usage, Unavailable>;
}
