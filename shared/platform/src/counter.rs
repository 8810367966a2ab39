use crate::Unavailable;
use livery_domain::{
    id::ReservationId,
    limits::quota::{Meter, Period, Reservation, Usage},
    tenancy::tenant::TenantScope,
};

/// Counters that are exact at the limit.
///
/// *Promise*, per tenant, meter and period: never more units are granted than the limit has, whatever is asked at once and
/// whoever dies. Of any number of calls exactly as many are granted as the limit has units, once what was lent has come
/// back. A reservation id counts once, however often it is sent within 24 hours.
///
/// A reservation that is neither committed nor released stays counted: a function that dies after its work was stored
/// must not give the unit back.
///
/// *Leases*: an adapter may lend units of a busy counter to a process, which then grants them without asking. They are
/// counted when they are lent, so that "never more" holds without exception. What else follows:
///
/// - `usage`, and the `usage` of an answer, may be ahead of what is granted by what is lent, for seconds.
/// - `Exceeded` says within how many seconds units may return, where any are lent out: whoever asks again after that is
///   told how it stands. Of the last 512 units none is lent, so that they are decided one by one.
/// - An id that two processes count at once is told to both as new, and costs two units until both leases are settled,
///   then one.
/// - A process that dies with a lease leaves its units counted, at most 1,024 a lease; a period's end forgets them.
///
/// Where nothing is lent, every answer is linearizable.
pub trait ExactCounter {
    /// Takes `units` of `limit`, all or none. Of a lease only single units are taken.
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

    /// Where the counter stands against `limit`, what is lent counted as used.
    async fn usage(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
    ) -> Result<Usage, Unavailable>;
}
