use livery_platform_workers::{answer, with_keys};
use worker::{Context, Env, Result, event, worker_sys::web_sys};

#[event(fetch)]
async fn fetch(request: web_sys::Request, env: Env, _: Context) -> Result<web_sys::Response> {
    answer(
        request,
        env,
        |settings| Ok(with_keys(settings)?.shown_by(livery_console::show_problem)),
        livery_console::MAX_BODY_BYTES,
        async |exchange| livery_console::route(exchange).await,
    )
    .await
}
