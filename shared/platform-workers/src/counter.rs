use crate::{
    Workers, binding,
    leases::{self, Key},
    quota_counter::wire::{self, Command, Reserve, Tell, Told, Which},
};
use js_sys::Promise;
use livery_domain::{
    id::ReservationId,
    limits::{
        lease::{Held, Lease, Settlement},
        quota::{Meter, Period, Reservation, Usage},
    },
    tenancy::tenant::TenantScope,
};
use livery_platform::{Clock, ExactCounter, Unavailable};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use worker::{Env, js_sys::futures, worker_sys::web_sys};

#[wasm_bindgen]
extern "C" {
    type Bindings;
    type Namespace;
    type Stub;

    #[wasm_bindgen(method, structural, indexing_getter)]
    fn get(this: &Bindings, name: &str) -> Option<Namespace>;
    #[wasm_bindgen(method, structural, catch, js_name = getByName)]
    fn by_name(this: &Namespace, name: &str) -> Result<Stub, JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    fn fetch(this: &Stub, url: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = fetch)]
    fn fetch_with(this: &Stub, url: &str, init: &web_sys::RequestInit) -> Result<Promise, JsValue>;
}

/// The binding to the tenants' counter objects.
#[derive(Clone)]
pub struct Counters(pub Env);

impl Counters {
    fn object(&self, key: &Key) -> Result<Stub, Unavailable> {
        let bindings: &Bindings = self.0.unchecked_ref();
        let namespace = bindings.get(binding::QUOTA_COUNTER).ok_or_else(|| unavailable("no binding"))?;
        namespace.by_name(&key.tenant.to_string()).map_err(thrown)
    }

    async fn reserve(
        &self,
        key: &Key,
        limit: u64,
        units: u64,
        id: ReservationId,
    ) -> Result<Reservation, Unavailable> {
        let (meter, start, id) = (key.meter.as_str(), key.start.0, id.to_string());
        let url = Reserve { meter, start, limit, units, id: &id }.to_string();
        let answer = answered(self.object(key)?.fetch(&url)).await?;
        let outcome = answer.headers().get(wire::OUTCOME).map_err(thrown)?.unwrap_or_default();
        wire::reservation(&outcome, limit).ok_or_else(|| unavailable(format!("answered {}", answer.status())))
    }

    /// Sends the object the settlements of leases that are over, followed by a command.
    pub async fn tell(
        &self,
        key: &Key,
        settlements: Vec<Settlement>,
        command: Command,
    ) -> Result<Told, Unavailable> {
        let which = Which { meter: key.meter.as_str().to_owned(), start: key.start.0 };
        let text = serde_json::to_string(&Tell { which, settlements, command }).map_err(unavailable)?;
        let init = web_sys::RequestInit::new();
        init.set_method("POST");
        init.set_body(&JsValue::from_str(&text));
        let answer = answered(self.object(key)?.fetch_with(wire::URL, &init)).await?;
        decoded(&answer).await
    }

    pub async fn lend(
        &self,
        key: &Key,
        wish: u64,
        limit: u64,
        settlements: &[Settlement],
    ) -> Result<Option<Lease>, Unavailable> {
        match self.tell(key, settlements.to_vec(), Command::Lend { wish, limit }).await? {
            Told::Lent(lease) => Ok(lease),
            other => Err(unexpected(&other)),
        }
    }
}

async fn answered(promise: Result<Promise, JsValue>) -> Result<web_sys::Response, Unavailable> {
    let answer = futures::JsFuture::from(promise.map_err(thrown)?).await.map_err(thrown)?;
    let answer: web_sys::Response = answer.dyn_into().map_err(thrown)?;
    if answer.ok() { Ok(answer) } else { Err(unavailable(format!("answered {}", answer.status()))) }
}

async fn decoded<T: DeserializeOwned>(answer: &web_sys::Response) -> Result<T, Unavailable> {
    let text = futures::JsFuture::from(answer.text().map_err(thrown)?).await.map_err(thrown)?;
    serde_json::from_str(&text.as_string().unwrap_or_default()).map_err(unavailable)
}

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

fn unavailable(fault: impl std::fmt::Display) -> Unavailable {
    Unavailable(format!("quota counter: {fault}"))
}

fn thrown(fault: JsValue) -> Unavailable {
    unavailable(worker::Error::from(fault))
}

fn unexpected(answer: &Told) -> Unavailable {
    unavailable(format!("unexpected answer {answer:?}"))
}
