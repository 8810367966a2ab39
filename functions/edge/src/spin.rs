use crate::widget;
use livery_api::{
    Service,
    edge::{self, EdgeMemory, WidgetFiles},
};
use livery_platform_spin::{Reply, answer};
use spin_sdk::{http::Request, http_service};
use std::rc::Rc;

thread_local! {
    static MEMORY: Rc<EdgeMemory> = Rc::default();
    static WIDGET: Rc<WidgetFiles> = Rc::new(widget::files());
}

/// Nothing is handed over here: Spin's own router knows the other functions' paths.
#[http_service]
async fn handle(request: Request) -> Reply {
    let (memory, widget) = (MEMORY.with(Rc::clone), WIDGET.with(Rc::clone));
    answer(
        request,
        |_| Ok(Service::without_keys()),
        edge::MAX_BODY_BYTES,
        async |exchange| edge::route(exchange, &memory, &widget).await,
    )
    .await
}
