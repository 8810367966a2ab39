use crate::routes;
use livery_http::Service;
use livery_platform_spin::{Reply, answer};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Reply {
    answer(request, Service::with_keys, routes::MAX_BODY_BYTES, async |exchange| {
        routes::answer(exchange).await
    })
    .await
}
