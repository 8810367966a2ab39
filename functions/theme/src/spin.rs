use livery_api::{Service, branding};
use livery_platform_spin::{Reply, answer};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Reply {
    answer(request, Service::with_keys, branding::MAX_BODY_BYTES, async |exchange| {
        branding::route(exchange).await
    })
    .await
}
