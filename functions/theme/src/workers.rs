use crate::routes;
use livery_platform_workers::{answer, with_keys};
use worker::{Context, Env, Result, event, worker_sys::web_sys};

#[event(fetch)]
async fn fetch(request: web_sys::Request, env: Env, _: Context) -> Result<web_sys::Response> {
    answer(request, env, with_keys, routes::MAX_BODY_BYTES, async |exchange| routes::route(exchange).await)
        .await
}
