use livery_api::auth;
use livery_platform_workers::{Keys, answer};
use worker::{Context, Env, Result, event, worker_sys::web_sys};

#[event(fetch)]
async fn fetch(request: web_sys::Request, env: Env, _: Context) -> Result<web_sys::Response> {
    answer(request, env, Keys::Needed, auth::MAX_BODY_BYTES, async |exchange| auth::route(exchange).await).await
}
