use livery_api::{Service, admin};
use livery_platform_spin::{Reply, answer};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Reply {
    answer(request, Service::with_keys, admin::MAX_BODY_BYTES, async |exchange| admin::route(exchange).await)
        .await
}
