//! The Durable Objects that count: one for each tenant.

use crate::{
    binding,
    quota_counter::wire::{self, Command, Reserve, Tell, Told, Which},
};
use js_sys::Promise;
use livery_domain::{
    clock::UnixMillis,
    id::{ReservationId, TenantId},
    limits::{
        lease::{Lease, Settlement},
        quota::{Meter, Reservation},
    },
};
use livery_platform::Unavailable;
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

/// Which counter of which tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    pub tenant: TenantId,
    pub meter: Meter,
    pub start: UnixMillis,
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

    pub async fn reserve(
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

fn unavailable(fault: impl std::fmt::Display) -> Unavailable {
    Unavailable(format!("quota counter: {fault}"))
}

fn thrown(fault: JsValue) -> Unavailable {
    unavailable(worker::Error::from(fault))
}

/// An answer to another command than the one that was sent.
pub fn unexpected(answer: &Told) -> Unavailable {
    unavailable(format!("unexpected answer {answer:?}"))
}
