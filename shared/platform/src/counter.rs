use crate::Unavailable;
use livery_domain::{
    id::ReservationId,
    limits::quota::{Meter, Period, Reservation, Usage},
    tenancy::tenant::TenantScope,
};

/// Counters that are exact at the limit.
///
/// *Promise*, per tenant, meter and period: never more units are granted than the limit has, however many calls run at the
/// same time and whichever process dies. Of any number of calls exactly as many are granted as the limit has units, once all
/// leases are settled. A reservation id counts once, however often it is sent within 24 hours.
///
/// A reservation that is neither committed nor released stays counted: a function that dies after its work was stored
/// must not give the unit back.
///
/// *Leases*: an adapter may lease units of a busy counter to a process, which then grants them without a call. They are
/// counted when they are leased, so that "never more" is true without exception. The other consequences:
///
/// - `usage`, and the `usage` of an answer, may for seconds exceed the granted units by the units of open leases.
/// - `Exceeded` says within how many seconds units may be returned, if any are leased: a call after that gets a final
///   answer. Of the last 512 units none is leased, so that they are decided one by one.
/// - An id that two processes count at the same time is new to both, and costs two units until both leases are settled,
///   then one.
/// - A process that dies with a lease leaves its units counted, at most 1,024 a lease, until the end of the period.
///
/// While no units are leased, every answer is linearizable.
pub trait ExactCounter {
    /// Reserves `units` of `limit`, all or none. From a lease only single units are reserved.
    async fn reserve(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
        units: u64,
        id: ReservationId,
    ) -> Result<Reservation, Unavailable>;

    /// Commits a reservation: it can't be released any more. Unknown ids are ignored.
    async fn commit(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable>;

    /// Returns the units of an uncommitted reservation, once. Unknown, released and committed ids are ignored.
    async fn release(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable>;

    /// The usage of the counter against `limit`; leased units count as used.
    async fn usage(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
    ) -> Result<Usage, Unavailable>;
}
