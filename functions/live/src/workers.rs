use livery_platform_workers::answer_live;
use worker::{Context, Env, Result, event, worker_sys::web_sys};

#[event(fetch)]
async fn fetch(request: web_sys::Request, env: Env, _: Context) -> Result<web_sys::Response> {
    answer_live(request, env).await
}
