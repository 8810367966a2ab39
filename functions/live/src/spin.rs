use livery_platform_spin::{Reply, answer_live};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Reply {
    answer_live(request).await
}
