use livery_api::{Service, embed};
use livery_platform_spin::{Reply, answer};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Reply {
    answer(request, Service::with_keys, embed::MAX_BODY_BYTES, async |exchange| embed::route(exchange).await)
        .await
}
