use livery_platform_workers::quota_counter;
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

#[durable_object]
pub struct QuotaCounter {
    counter: Result<quota_counter::QuotaCounter>,
}

impl DurableObject for QuotaCounter {
    fn new(state: State, _: Env) -> Self {
        Self { counter: quota_counter::QuotaCounter::new(&state) }
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        match &self.counter {
            Ok(counter) => counter.fetch(request).await,
            Err(fault) => Response::error(fault.to_string(), 500),
        }
    }
}
