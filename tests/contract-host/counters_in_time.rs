//! How the counters in SQL behave over time. A contract case can't wait for a day; a stopped clock can be moved.

use crate::sql_ports::SqlPorts;
use futures_util::FutureExt;
use livery_domain::{
    clock::UnixMillis,
    id::{ReservationId, TenantId},
    limits::quota::{Meter, Period, Reservation},
    tenancy::tenant::TenantScope,
};
use livery_platform::{Clock, Database, ExactCounter, Statement, fresh_bytes};

const DAY: i64 = 24 * 3_600_000;

struct World {
    platform: SqlPorts,
    scope: TenantScope,
}

fn world() -> World {
    let platform = SqlPorts::new();
    let id = TenantId::new(platform.now(), fresh_bytes(&platform));
    let tenant = format!(
        "INSERT INTO tenants (id, key, name, plan_key, created_at) VALUES ('{id}', 'acme', 'Acme', 'free', 0)"
    );
    platform.memory.execute_batch(&tenant).unwrap();
    World { platform, scope: TenantScope::grant(id) }
}

impl World {
    fn id(&self) -> ReservationId {
        ReservationId::new(self.platform.now(), fresh_bytes(&self.platform))
    }

    fn period(&self) -> Period {
        Period::month_of(self.platform.now())
    }

    /// Whether units were granted, and whether the id held them before.
    fn reserve(&self, limit: u64, units: u64, id: ReservationId) -> Option<bool> {
        let asked = self
            .platform
            .reserve(&self.scope, Meter::Messages, self.period(), limit, units, id)
            .now_or_never();
        match asked.unwrap().unwrap() {
            Reservation::Granted { repeated, .. } => Some(repeated),
            Reservation::Exceeded { .. } => None,
        }
    }

    fn used(&self) -> u64 {
        let asked = self.platform.usage(&self.scope, Meter::Messages, self.period(), 9).now_or_never();
        asked.unwrap().unwrap().used
    }

    fn reservations(&self) -> i64 {
        let count = Statement::platform("SELECT COUNT(*) FROM reservations", vec![]);
        let rows = self.platform.query(count).now_or_never().unwrap().unwrap();
        rows.first().unwrap().integer(0).unwrap()
    }
}

#[test]
fn an_id_is_known_for_a_day_and_then_counts_again() {
    let world = world();
    let id = world.id();
    assert_eq!(world.reserve(5, 1, id), Some(false));
    world.platform.memory.pass_millis(DAY);
    assert_eq!(world.reserve(5, 1, id), Some(true));
    world.platform.memory.pass_millis(1);
    assert_eq!(world.reserve(5, 1, id), Some(false));
    assert_eq!(world.used(), 2);
}

#[test]
fn an_id_that_is_forgotten_holds_nothing_at_the_limit() {
    let world = world();
    // More than are forgotten at once, so that the oldest rows are still there when their ids are not known any more.
    for _ in 0..150 {
        world.reserve(151, 1, world.id());
    }
    let id = world.id();
    assert_eq!(world.reserve(151, 1, id), Some(false));
    world.platform.memory.pass_millis(DAY + 1);
    assert_eq!(world.reserve(151, 1, id), None);
    assert_eq!(world.used(), 151);
}

#[test]
fn old_reservations_go_a_hundred_at_a_time() {
    let world = world();
    for _ in 0..150 {
        world.reserve(500, 1, world.id());
        world.platform.memory.pass_millis(1);
    }
    world.platform.memory.pass_millis(DAY);
    world.reserve(500, 1, world.id());
    assert_eq!(world.reservations(), 51);
    world.reserve(500, 1, world.id());
    assert_eq!(world.reservations(), 2);
    assert_eq!(world.used(), 152);
}

#[test]
fn what_was_made_in_one_millisecond_is_forgotten_together() {
    let world = world();
    for _ in 0..150 {
        world.reserve(500, 1, world.id());
    }
    world.platform.memory.pass_millis(DAY + 1);
    world.reserve(500, 1, world.id());
    assert_eq!(world.reservations(), 1);
}

#[test]
fn reservations_of_an_earlier_month_go_once_the_new_one_is_a_day_old() {
    let world = world();
    world.reserve(9, 1, world.id());
    // The last hour of the month, its first day after, and a day on.
    let to =
        |world: &World, time: UnixMillis| world.platform.memory.pass_millis(time.since(world.platform.now()));
    let end = world.period().end;
    to(&world, UnixMillis(end.0 + DAY - 1));
    world.reserve(9, 1, world.id());
    assert_eq!(world.reservations(), 2);
    to(&world, UnixMillis(end.0 + DAY));
    world.reserve(9, 1, world.id());
    assert_eq!(world.reservations(), 2);
}

#[test]
fn units_without_end_do_not_wrap_around() {
    let world = world();
    assert_eq!(world.reserve(5, u64::MAX, world.id()), None);
    assert_eq!(world.reserve(u64::MAX, 3, world.id()), Some(false));
    assert_eq!(world.reserve(u64::MAX, u64::MAX, world.id()), None);
    assert_eq!(world.used(), 3);
}

#[test]
fn a_reservation_whose_answer_is_lost_is_asked_for_again_and_counts_once() {
    let world = world();
    world.platform.loses_an_answer.set(true);
    assert_eq!(world.reserve(5, 2, world.id()), Some(true));
    assert_eq!(world.used(), 2);
}

#[test]
fn whoever_comes_to_a_full_counter_or_comes_again_takes_no_lock() {
    let world = world();
    let id = world.id();
    assert_eq!(world.reserve(1, 1, id), Some(false));
    let before = world.platform.memory.statements();
    assert_eq!(world.reserve(1, 1, id), Some(true));
    assert_eq!(world.reserve(1, 1, world.id()), None);
    assert_eq!(world.platform.memory.statements() - before, 2);
}
