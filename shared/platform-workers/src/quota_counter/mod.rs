//! The `QuotaCounter` Durable Object: one per tenant, counting in its own SQLite.
//!
//! Called by [`crate::Workers`] as an `ExactCounter`: see [`wire`] for how.
//!
//! Why it is exact: an object runs one thread, every command is answered without awaiting anything between its reads
//! and its writes, and the runtime delays the answer until the writes are on disk (output gate); if they can't be written it
//! ends the object, and with it its memory. See
//! <https://developers.cloudflare.com/durable-objects/reference/in-memory-state/>.
//!
//! A counter's usage is written before the reservation: a fault in between leaves a unit that is counted but not reserved,
//! never one that is reserved but not counted.

mod storage;
pub(crate) mod wire;

use crate::now;
use js_sys::{JsString, Promise};
use livery_domain::{
    clock::UnixMillis,
    limits::{
        lease::{Demand, LENT_MILLIS, Lease, Settlement, lendable},
        quota::{Reservation, Usage},
    },
};
use std::{cell::RefCell, rc::Rc};
use storage::Storage;
use wasm_bindgen::{JsCast, JsValue};
use wire::{Command, Reserve, Tell, Told};
use worker::{Result, State, js_sys::futures, worker_sys::web_sys};

/// How long a reservation id is known at least: a retry after this counts again. As long as an idempotency key lives.
const RESERVATION_MILLIS: i64 = 24 * 3_600_000;
/// After this many reservations old ones are deleted, at most twice as many at a time: they never pile up, and no request
/// waits for the deletion of a whole day's.
const FORGET_EVERY: u64 = 128;
/// Counters in memory. Of one meter two periods are alive at a month's end.
const MAX_COUNTERS: usize = 8;

/// The object behind the exported class.
pub struct QuotaCounter(Rc<Object>);

struct Object {
    storage: Storage,
    memory: RefCell<Memory>,
}

/// The state that is on disk too, and the state that need not be.
#[derive(Default)]
struct Memory {
    counters: Vec<Counter>,
    /// Reservations since old ones were deleted; unknown at first, so that an object which is evicted often deletes them
    /// too.
    since_forgetting: Option<u64>,
}

struct Counter {
    meter: String,
    start: i64,
    used: u64,
    /// Until then leased units may be returned.
    lent_until: i64,
    demand: Demand,
}

impl QuotaCounter {
    /// # Errors
    /// Where the object's SQLite refuses its tables.
    pub fn new(state: &State) -> Result<Self> {
        let storage = Storage::open(state)?;
        Ok(Self(Rc::new(Object { storage, memory: RefCell::default() })))
    }

    /// Answers a reservation with a `Response`, anything else with the promise of one.
    ///
    /// # Errors
    /// Where the command can't be read or SQLite fails; the caller then does not know the outcome and retries under the same
    /// id.
    pub fn fetch(&self, request: &web_sys::Request) -> Result<JsValue> {
        let url = request.url();
        if let Some(reserve) = Reserve::parse(&url) {
            let headers = web_sys::Headers::new()?;
            headers.set(wire::OUTCOME, &wire::outcome(self.0.reserve(&reserve)?))?;
            let init = web_sys::ResponseInit::new();
            init.set_headers(&headers);
            return Ok(web_sys::Response::new_with_opt_str_and_init(None, &init)?.into());
        }
        let (object, body) = (Rc::clone(&self.0), request.text()?);
        Ok(futures::future_to_promise(async move { Ok(object.told(body).await?) }).into())
    }
}

impl Object {
    async fn told(&self, body: Promise) -> Result<JsValue> {
        let body: JsString = futures::JsFuture::from(body).await?.dyn_into()?;
        let tell: Tell = serde_json::from_str(&String::from(body))?;
        // Invariant: no await below this line.
        let answer = serde_json::to_string(&self.tell(&tell)?)?;
        Ok(web_sys::Response::new_with_opt_str(Some(&answer))?.into())
    }

    fn reserve(&self, asked: &Reserve<'_>) -> Result<Reservation> {
        let Reserve { meter, start, limit, units, id } = *asked;
        let now = now();
        self.forget_sometimes(1, now)?;
        self.with_counter(meter, start, |storage, counter| {
            let after = counter.used.saturating_add(units);
            if after > limit {
                let usage = Usage { used: counter.used, limit };
                return Ok(if storage.holds(meter, start, id)? {
                    Reservation::Granted { usage, repeated: true }
                } else {
                    Reservation::Exceeded { usage, units_may_return_in_secs: counter.may_return_in_secs(now) }
                });
            }
            storage.write_used(meter, start, after)?;
            let fresh = storage.hold(meter, start, id, units, now.0)?;
            if fresh {
                counter.used = after;
                counter.demand.note(units, now);
            } else {
                storage.write_used(meter, start, counter.used)?;
            }
            Ok(Reservation::Granted { usage: Usage { used: counter.used, limit }, repeated: !fresh })
        })
    }

    fn tell(&self, tell: &Tell) -> Result<Told> {
        let (meter, start, now) = (tell.which.meter.as_str(), tell.which.start, now());
        let made = tell.settlements.iter().map(|settlement| settlement.reservations.len() as u64).sum();
        self.forget_sometimes(made, now)?;
        self.with_counter(meter, start, |storage, counter| {
            for settlement in &tell.settlements {
                settle(storage, counter, settlement, now)?;
            }
            Ok(match tell.command {
                Command::Settle => Told::Done,
                Command::Lend { wish, limit } => Told::Lent(lend(storage, counter, wish, limit, now)?),
                Command::Commit(id) => {
                    storage.commit(meter, start, id)?;
                    Told::Done
                }
                Command::Release(id) => {
                    let freed = storage.release(meter, start, id)?;
                    if freed > 0 {
                        let used = counter.used.saturating_sub(freed);
                        storage.write_used(meter, start, used)?;
                        counter.used = used;
                    }
                    Told::Done
                }
                Command::Usage => Told::Used(counter.used),
            })
        })
    }

    /// After a fault the memory is discarded: it may be ahead of the disk, or behind it.
    fn with_counter<T>(
        &self,
        meter: &str,
        start: i64,
        act: impl FnOnce(&Storage, &mut Counter) -> Result<T>,
    ) -> Result<T> {
        let mut memory = self.memory.borrow_mut();
        let done =
            memory.counter(&self.storage, meter, start).and_then(|counter| act(&self.storage, counter));
        if done.is_err() {
            memory.counters.clear();
        }
        done
    }

    /// Notes that so many reservations are made.
    fn forget_sometimes(&self, made: u64, now: UnixMillis) -> Result<()> {
        let mut memory = self.memory.borrow_mut();
        let since = memory.since_forgetting.unwrap_or(FORGET_EVERY).saturating_add(made);
        if since < FORGET_EVERY {
            memory.since_forgetting = Some(since);
            return Ok(());
        }
        memory.since_forgetting = Some(0);
        let before = now.0.saturating_sub(RESERVATION_MILLIS);
        self.storage.forget_reservations(2 * since, before)?;
        self.storage.forget_leases(before)
    }
}

impl Memory {
    fn counter(&mut self, storage: &Storage, meter: &str, start: i64) -> Result<&mut Counter> {
        let known = self.counters.iter().position(|counter| counter.start == start && counter.meter == meter);
        let at = if let Some(at) = known {
            at
        } else {
            let (used, lent_until) = storage.read(meter, start)?;
            if self.counters.len() >= MAX_COUNTERS {
                self.counters.remove(0);
            }
            let demand = Demand::default();
            self.counters.push(Counter { meter: meter.to_owned(), start, used, lent_until, demand });
            self.counters.len() - 1
        };
        self.counters.get_mut(at).ok_or_else(|| "a counter went missing".into())
    }
}

impl Counter {
    fn may_return_in_secs(&self, now: UnixMillis) -> Option<i64> {
        let left = self.lent_until.saturating_sub(now.0);
        (left > 0).then(|| (left + 999) / 1000)
    }
}

/// A reservation that was also counted without the lease costs one unit, not two: the lease's unit is returned.
fn settle(storage: &Storage, counter: &mut Counter, settlement: &Settlement, now: UnixMillis) -> Result<()> {
    let (meter, start) = (counter.meter.as_str(), counter.start);
    let Some(units) = storage.end(meter, start, settlement.lease)? else { return Ok(()) };
    let held = storage.hold_all(meter, start, settlement, now.0)?;
    let used = counter.used.saturating_sub(units).saturating_add(held);
    storage.write_used(meter, start, used)?;
    counter.used = used;
    counter.lent_until = storage.lent_until(meter, start)?;
    counter.demand.note(held, now);
    Ok(())
}

fn lend(
    storage: &Storage,
    counter: &mut Counter,
    wish: u64,
    limit: u64,
    now: UnixMillis,
) -> Result<Option<Lease>> {
    let used = counter.used;
    let Some(units) = lendable(wish, counter.demand.per_second(now), Usage { used, limit }) else {
        return Ok(None);
    };
    let (meter, start) = (counter.meter.as_str(), counter.start);
    let until = now.0.saturating_add(LENT_MILLIS);
    storage.write_used(meter, start, used.saturating_add(units))?;
    let id = storage.lend(meter, start, units, until)?;
    counter.used = used.saturating_add(units);
    counter.lent_until = counter.lent_until.max(until);
    Ok(Some(Lease { id, units, used }))
}
