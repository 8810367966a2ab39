use livery_platform_workers::quota_counter;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use worker::{Result, State, worker_sys, worker_sys::web_sys};

/// Written without `durable_object`, whose `fetch` is always a promise: a reservation is answered synchronously.
#[wasm_bindgen]
pub struct QuotaCounter {
    counter: Result<quota_counter::QuotaCounter>,
}

#[wasm_bindgen]
impl QuotaCounter {
    #[wasm_bindgen(constructor)]
    pub fn new(state: worker_sys::DurableObjectState, _env: JsValue) -> Self {
        Self { counter: quota_counter::QuotaCounter::new(&State::from(state)) }
    }

    /// A `Response`, or the promise of one.
    pub fn fetch(&self, request: web_sys::Request) -> std::result::Result<JsValue, JsValue> {
        match &self.counter {
            Ok(counter) => Ok(counter.fetch(&request)?),
            Err(fault) => Err(JsValue::from_str(&fault.to_string())),
        }
    }
}
