use crate::widget::WIDGET;
use livery_edge::{self as edge, EdgeMemory};
use livery_http::Service;
use livery_platform_spin::{Reply, answer};
use spin_sdk::{http::Request, http_service};
use std::rc::Rc;

thread_local! {
    static MEMORY: Rc<EdgeMemory> = Rc::default();
}

/// Nothing is forwarded here: Spin's own router knows the other functions' paths.
#[http_service]
async fn handle(request: Request) -> Reply {
    let memory = MEMORY.with(Rc::clone);
    answer(
        request,
        |_| Ok(Service::without_keys()),
        edge::MAX_BODY_BYTES,
        async |exchange| edge::route(exchange, &memory, &WIDGET).await,
    )
    .await
}
