use crate::{
    clock::UnixMillis,
    id::ReservationId,
    limits::{
        lease::{Demand, Lease, LeaseId, MAX_LEASE_UNITS, MIN_LEASE_UNITS, SPEND_MILLIS, Settlement},
        quota::{Reservation, Usage},
    },
};
use std::collections::HashMap;

/// The one that is spent, and those that were asked for before it was used up: 4,096 units, which is a second of what an
/// isolate can ask for.
pub const MAX_OPEN_LEASES: usize = 4;
/// The next lease is asked for when what is left lasts for less than this: a counter answers once its disk has written,
/// which takes some 50 ms where the disk is busy.
const AHEAD_MILLIS: u64 = 250;
/// Leases that are over and not settled. A counter that gives leases answers, so there are more only where settlements
/// get lost again and again; the oldest is forgotten then, and stays counted.
const MAX_CLOSED_LEASES: usize = 8;
/// How long an answer is waited for before another request asks, and how long a counter that granted no lease is not asked
/// again.
const ASK_AGAIN_MILLIS: i64 = 1_000;
/// A settlement whose teller was ended with its request is told again by another: a call takes less.
const TELL_AGAIN_MILLIS: i64 = 10_000;
/// A settlement that nobody could tell for so long is forgotten, and its lease stays counted. A request's work after
/// its answer is ended after 30 s.
const FORGOTTEN_MILLIS: i64 = 60_000;

/// The leases of one counter that one isolate holds. Decides from values alone; who has them makes the calls.
#[derive(Debug, Default)]
pub struct Leases {
    /// By age: the first is spent first.
    open: Vec<Open>,
    closed: Vec<Closed>,
    demand: Demand,
    /// Until then no other lease is requested: an answer is pending, or was a refusal.
    asks_from: Option<UnixMillis>,
}

#[derive(Debug)]
struct Open {
    lease: Lease,
    /// What the counter was held against.
    limit: u64,
    spent: HashMap<ReservationId, State>,
    until: UnixMillis,
}

#[derive(Debug)]
struct Closed {
    lease: Lease,
    spent: HashMap<ReservationId, State>,
    since: UnixMillis,
    /// A settlement has been under way to the counter since then.
    told: Option<UnixMillis>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Held,
    Committed,
}

/// Where a reservation is known that is to be committed or released.
#[derive(Debug, PartialEq, Eq)]
pub enum Held {
    /// In a lease of this isolate: it is done.
    Here,
    /// At the counter: it is to be told, after this settlement, which it may not have heard of yet.
    There(Option<Settlement>),
}

impl Open {
    fn left(&self) -> u64 {
        self.lease.units.saturating_sub(self.spent.len() as u64)
    }
}

impl Leases {
    /// Holds one unit of a lease for `id`, or finds that it holds one. `None` where there is no unit here: the counter is
    /// to be asked. A limit that was lowered since is the counter's to judge.
    pub fn spend(&mut self, id: ReservationId, limit: u64, now: UnixMillis) -> Option<Reservation> {
        self.close_at(now);
        if let Some(used) = self.used_by(id) {
            return Some(Reservation::Granted { usage: Usage { used, limit }, repeated: true });
        }
        let from = self.open.iter_mut().find(|open| open.left() > 0 && open.limit <= limit)?;
        from.spent.insert(id, State::Held);
        let used = from.lease.used.saturating_add(from.spent.len() as u64);
        Some(Reservation::Granted { usage: Usage { used, limit }, repeated: false })
    }

    /// Where the counter stands as far as its lease knows, if `id` holds a unit here.
    fn used_by(&self, id: ReservationId) -> Option<u64> {
        let open = self.open.iter().map(|open| (open.lease, &open.spent));
        let closed = self.closed.iter().map(|closed| (closed.lease, &closed.spent));
        let (lease, spent) = open.chain(closed).find(|(_, spent)| spent.contains_key(&id))?;
        Some(lease.used.saturating_add(spent.len() as u64))
    }

    /// Notes that a unit was asked for.
    pub fn note(&mut self, now: UnixMillis) {
        self.demand.note(1, now);
    }

    /// How many units to ask the counter for; 0 where nobody is to ask now. Who is told a number asks, and calls
    /// [`Self::lent`] with the answer.
    pub fn wish(&mut self, now: UnixMillis) -> u64 {
        self.close_at(now);
        if self.asks_from.is_some_and(|from| now < from) || self.open.len() >= MAX_OPEN_LEASES {
            return 0;
        }
        let left: u64 = self.open.iter().map(Open::left).sum();
        let per_second = self.demand.per_second(now);
        let half = self.open.last().map_or(0, |open| open.lease.units / 2);
        if left > half.max(per_second.saturating_mul(AHEAD_MILLIS) / 1000) {
            return 0;
        }
        // Twice what is spent of it at this pace: a flood that begins doubles its leases, and what is left comes back.
        let wanted = per_second.saturating_mul(2 * SPEND_MILLIS.unsigned_abs()) / 1000;
        let wish = wanted.min(MAX_LEASE_UNITS);
        if wish < MIN_LEASE_UNITS {
            return 0;
        }
        self.asks_from = Some(UnixMillis(now.0.saturating_add(ASK_AGAIN_MILLIS)));
        wish
    }

    /// What the counter lent, asked at `asked` while it was held against `limit`.
    pub fn lent(&mut self, lease: Option<Lease>, limit: u64, asked: UnixMillis) {
        let Some(lease) = lease else { return };
        self.asks_from = None;
        let until = UnixMillis(asked.0.saturating_add(SPEND_MILLIS));
        self.open.push(Open { lease, limit, spent: HashMap::new(), until });
    }

    /// Closes one whose time is over.
    pub fn close(&mut self, id: LeaseId, now: UnixMillis) {
        self.close_where(now, |open| open.lease.id == id);
    }

    fn close_at(&mut self, now: UnixMillis) {
        self.close_where(now, |open| open.left() == 0 || now >= open.until);
    }

    fn close_where(&mut self, now: UnixMillis, over: impl Fn(&Open) -> bool) {
        for open in self.open.extract_if(.., |open| over(open)) {
            self.closed.push(Closed { lease: open.lease, spent: open.spent, since: now, told: None });
        }
        let too_many = self.closed.len().saturating_sub(MAX_CLOSED_LEASES);
        self.closed.drain(..too_many);
    }

    /// What the counter has not been told. Who takes it tells, and calls [`Self::settled`] or [`Self::unsettled`].
    pub fn take_settlements(&mut self, now: UnixMillis) -> Vec<Settlement> {
        self.close_at(now);
        let untold =
            |closed: &&mut Closed| closed.told.is_none_or(|told| now.since(told) >= TELL_AGAIN_MILLIS);
        let tell = |closed: &mut Closed| {
            closed.told = Some(now);
            closed.settlement()
        };
        self.closed.iter_mut().filter(untold).map(tell).collect()
    }

    /// The counter knows of these.
    pub fn settled(&mut self, settlements: &[Settlement]) {
        self.closed.retain(|closed| settlements.iter().all(|settled| settled.lease != closed.lease.id));
    }

    /// It is not known whether the counter has got these: they are sent again.
    pub fn unsettled(&mut self, settlements: &[Settlement]) {
        for closed in &mut self.closed {
            if settlements.iter().any(|unsettled| unsettled.lease == closed.lease.id) {
                closed.told = None;
            }
        }
    }

    /// Seals the reservation: it can't be released any more.
    pub fn commit(&mut self, id: ReservationId) -> Held {
        if let Some(state) = self.open.iter_mut().find_map(|open| open.spent.get_mut(&id)) {
            *state = State::Committed;
            return Held::Here;
        }
        Held::There(self.closed_with(id).map(|closed| closed.settlement()))
    }

    /// Gives the unit back to its lease, unless it is committed.
    pub fn release(&mut self, id: ReservationId) -> Held {
        for open in &mut self.open {
            match open.spent.get(&id) {
                Some(State::Held) => {
                    open.spent.remove(&id);
                    return Held::Here;
                }
                Some(State::Committed) => return Held::Here,
                None => {}
            }
        }
        Held::There(self.closed_with(id).map(|closed| {
            let settlement = closed.settlement();
            // It is known here no longer: the id can be reserved again.
            closed.spent.remove(&id);
            settlement
        }))
    }

    fn closed_with(&mut self, id: ReservationId) -> Option<&mut Closed> {
        self.closed.iter_mut().find(|closed| closed.spent.contains_key(&id))
    }

    /// Units that this isolate may still hand out, and reservations that the counter has not heard of: what it keeps in
    /// memory.
    #[must_use]
    pub fn weight(&self) -> u64 {
        let open: u64 = self.open.iter().map(|open| open.lease.units).sum();
        let closed: usize = self.closed.iter().map(|closed| closed.spent.len()).sum();
        open.saturating_add(closed as u64)
    }

    /// Whether nothing would be lost with this: no lease, and no demand lately.
    #[must_use]
    pub fn is_idle(&self, now: UnixMillis) -> bool {
        let forgotten = |closed: &Closed| now.since(closed.since) >= FORGOTTEN_MILLIS;
        self.open.is_empty() && self.closed.iter().all(forgotten) && self.demand.per_second(now) == 0
    }
}

impl Closed {
    fn settlement(&self) -> Settlement {
        let committed = self.spent.iter().filter(|(_, state)| **state == State::Committed);
        Settlement {
            lease: self.lease.id,
            reservations: self.spent.keys().copied().collect(),
            committed: committed.map(|(id, _)| *id).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::lease::LENT_MILLIS;

    const fn at(millis: i64) -> UnixMillis {
        UnixMillis(1_795_251_600_000 + millis)
    }

    fn id(number: u64) -> ReservationId {
        ReservationId::of_work(u128::from(number).to_be_bytes())
    }

    const LIMIT: u64 = 100_000;

    /// Leases of which one has so many units, lent at 500 used.
    fn with(units: u64) -> Leases {
        let mut leases = Leases::default();
        leases.lent(Some(Lease { id: LeaseId(1), units, used: 500 }), LIMIT, at(0));
        leases
    }

    const fn granted(used: u64, repeated: bool) -> Option<Reservation> {
        Some(Reservation::Granted { usage: Usage { used, limit: LIMIT }, repeated })
    }

    #[test]
    fn a_lease_is_spent_to_its_last_unit_and_not_beyond() {
        let mut leases = with(2);
        assert_eq!(leases.spend(id(1), LIMIT, at(0)), granted(501, false));
        assert_eq!(leases.spend(id(2), LIMIT, at(0)), granted(502, false));
        assert_eq!(leases.spend(id(3), LIMIT, at(0)), None);
    }

    #[test]
    fn an_id_counts_once_in_a_lease_and_after_it_until_it_is_settled() {
        let mut leases = with(2);
        leases.spend(id(1), LIMIT, at(0));
        assert_eq!(leases.spend(id(1), LIMIT, at(0)), granted(501, true));
        assert_eq!(leases.spend(id(1), LIMIT, at(SPEND_MILLIS)), granted(501, true));
        let told = leases.take_settlements(at(SPEND_MILLIS));
        assert_eq!(leases.spend(id(1), LIMIT, at(SPEND_MILLIS)), granted(501, true));
        leases.settled(&told);
        assert_eq!(leases.spend(id(1), LIMIT, at(SPEND_MILLIS)), None);
    }

    #[test]
    fn nothing_is_spent_once_its_time_is_over_which_is_before_the_counter_says_so() {
        let mut leases = with(8);
        assert!(leases.spend(id(1), LIMIT, at(SPEND_MILLIS - 1)).is_some());
        assert_eq!(leases.spend(id(2), LIMIT, at(SPEND_MILLIS)), None);
        const { assert!(SPEND_MILLIS < LENT_MILLIS) };
    }

    #[test]
    fn nothing_is_spent_against_a_limit_that_was_lowered_and_a_raised_one_is_told() {
        let mut leases = with(8);
        assert_eq!(leases.spend(id(1), LIMIT - 1, at(0)), None);
        let raised = Reservation::Granted { usage: Usage { used: 501, limit: LIMIT + 1 }, repeated: false };
        assert_eq!(leases.spend(id(1), LIMIT + 1, at(0)), Some(raised));
    }

    #[test]
    fn a_release_gives_the_unit_back_once_and_a_commit_seals_it() {
        let mut leases = with(2);
        leases.spend(id(1), LIMIT, at(0));
        assert_eq!((leases.release(id(1)), leases.release(id(1))), (Held::Here, Held::There(None)));
        assert_eq!(leases.spend(id(1), LIMIT, at(0)), granted(501, false));
        assert_eq!((leases.commit(id(1)), leases.release(id(1))), (Held::Here, Held::Here));
        assert_eq!(leases.spend(id(1), LIMIT, at(0)), granted(501, true));
        assert_eq!(leases.spend(id(2), LIMIT, at(0)), granted(502, false));
        leases.close(LeaseId(1), at(0));
        let told = leases.take_settlements(at(0));
        assert_eq!((told[0].reservations.len(), &told[0].committed), (2, &vec![id(1)]));
    }

    #[test]
    fn a_release_of_a_closed_lease_brings_its_settlement_along_and_frees_the_id() {
        let mut leases = with(2);
        leases.spend(id(1), LIMIT, at(0));
        leases.close(LeaseId(1), at(0));
        let settlement = Settlement { lease: LeaseId(1), reservations: vec![id(1)], committed: vec![] };
        assert_eq!(leases.take_settlements(at(0)), std::slice::from_ref(&settlement));
        assert_eq!(leases.commit(id(1)), Held::There(Some(settlement.clone())));
        assert_eq!(leases.release(id(1)), Held::There(Some(settlement)));
        assert_eq!(leases.spend(id(1), LIMIT, at(0)), None);
    }

    #[test]
    fn a_settlement_is_told_by_one_until_that_failed_or_took_too_long() {
        let mut leases = with(8);
        leases.close(LeaseId(1), at(0));
        let told = leases.take_settlements(at(0));
        assert_eq!((told.len(), leases.take_settlements(at(TELL_AGAIN_MILLIS - 1)).len()), (1, 0));
        leases.unsettled(&told);
        assert_eq!(leases.take_settlements(at(1)), told);
        assert_eq!(leases.take_settlements(at(1 + TELL_AGAIN_MILLIS)), told);
        leases.settled(&told);
        assert_eq!(leases.take_settlements(at(9 * TELL_AGAIN_MILLIS)), []);
    }

    #[test]
    fn a_lease_is_wished_for_by_one_once_there_is_demand_and_before_the_last_is_used_up() {
        let mut leases = Leases::default();
        assert_eq!(leases.wish(at(0)), 0);
        for _ in 0..64 {
            leases.note(at(0));
        }
        // 64 in a window of 4 s are 16 a second, for twice 2 s.
        assert_eq!(leases.wish(at(0)), 64);
        assert_eq!(leases.wish(at(ASK_AGAIN_MILLIS - 1)), 0, "an answer is under way");
        leases.lent(Some(Lease { id: LeaseId(1), units: 32, used: 0 }), LIMIT, at(0));
        for number in 0..15 {
            leases.spend(id(number), LIMIT, at(0));
        }
        assert_eq!(leases.wish(at(0)), 0, "17 of 32 are left");
        leases.spend(id(24), LIMIT, at(0));
        assert_eq!(leases.wish(at(0)), 64);
        leases.lent(None, LIMIT, at(0));
        assert_eq!(leases.wish(at(ASK_AGAIN_MILLIS - 1)), 0, "the answer was no");
        assert_eq!(leases.wish(at(ASK_AGAIN_MILLIS)), 64);
    }

    #[test]
    fn a_flood_is_met_with_several_leases_and_no_more_than_there_may_be() {
        let mut leases = Leases::default();
        for _ in 0..100_000 {
            leases.note(at(0));
        }
        for number in 0..4 {
            assert_eq!(leases.wish(at(0)), MAX_LEASE_UNITS);
            let lease = Lease { id: LeaseId(number), units: MAX_LEASE_UNITS, used: 0 };
            leases.lent(Some(lease), LIMIT, at(0));
        }
        assert_eq!(leases.wish(at(0)), 0);
    }

    #[test]
    fn what_is_wished_for_has_its_bounds() {
        let mut leases = Leases::default();
        for _ in 0..100_000 {
            leases.note(at(0));
        }
        assert_eq!(leases.wish(at(0)), MAX_LEASE_UNITS);
        let mut leases = Leases::default();
        for _ in 0..7 {
            leases.note(at(0));
            assert_eq!(leases.wish(at(0)), 0);
        }
        leases.note(at(0));
        assert_eq!(leases.wish(at(0)), MIN_LEASE_UNITS);
    }

    #[test]
    fn settlements_that_nobody_can_tell_do_not_pile_up() {
        let mut leases = Leases::default();
        for number in 0..20 {
            leases.lent(Some(Lease { id: LeaseId(number), units: 8, used: 0 }), LIMIT, at(0));
            leases.spend(id(number.unsigned_abs()), LIMIT, at(0));
            leases.close(LeaseId(number), at(0));
        }
        assert_eq!(leases.weight(), MAX_CLOSED_LEASES as u64);
        assert!(!leases.is_idle(at(FORGOTTEN_MILLIS - 1)));
        assert!(leases.is_idle(at(FORGOTTEN_MILLIS)));
    }
}
