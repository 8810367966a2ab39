use livery_http::Service;
use livery_platform_spin::{Reply, answer};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Reply {
    let with_keys = |settings: &_| Ok(Service::with_keys(settings)?.shown_by(livery_console::show_problem));
    answer(request, with_keys, livery_console::MAX_BODY_BYTES, async |exchange| {
        livery_console::route(exchange).await
    })
    .await
}
