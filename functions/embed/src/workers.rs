use crate::routes;
use livery_platform_workers::{answer_within, with_keys};
use worker::{Context, Env, Result, event, worker_sys::web_sys};

#[event(fetch)]
async fn fetch(request: web_sys::Request, env: Env, context: Context) -> Result<web_sys::Response> {
    answer_within(context, request, env, with_keys, routes::MAX_BODY_BYTES, async |exchange| {
        routes::answer(exchange).await
    })
    .await
}
