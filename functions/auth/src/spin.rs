use livery_api::{Service, auth};
use livery_platform_spin::{Reply, answer};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Reply {
    answer(request, Service::with_keys, auth::MAX_BODY_BYTES, async |exchange| auth::route(exchange).await)
        .await
}
