use crate::widget;
use livery_api::{
    edge::{self, EdgeMemory, WidgetFiles},
    routing::{Function, function_for},
    unreachable_function,
};
use livery_platform_workers::{answer, handed_over, pathname, reply, without_keys};
use std::rc::Rc;
use worker::{Context, Env, Result, console_error, event, worker_sys::web_sys};

thread_local! {
    static MEMORY: Rc<EdgeMemory> = Rc::default();
    static WIDGET: Rc<WidgetFiles> = Rc::new(widget::files());
}

/// The service binding of each function; `None` for what the edge answers itself.
const fn service(function: Option<Function>) -> Option<&'static str> {
    match function {
        None | Some(Function::Edge) => None,
        Some(Function::Embed) => Some("EMBED"),
        Some(Function::Live) => Some("LIVE"),
        Some(Function::Auth) => Some("AUTH"),
        Some(Function::Admin) => Some("ADMIN"),
        Some(Function::Theme) => Some("THEME"),
        Some(Function::Console) => Some("CONSOLE"),
    }
}

#[event(fetch)]
async fn fetch(request: web_sys::Request, env: Env, _: Context) -> Result<web_sys::Response> {
    if let Some(service) = service(function_for(&pathname(&request))) {
        return match handed_over(&env, service, request).await {
            Ok(response) => Ok(response),
            Err(fault) => {
                console_error!(
                    "{{\"level\":\"error\",\"message\":\"{service} does not answer\",\"cause\":{:?}}}",
                    fault.to_string()
                );
                reply(&unreachable_function())
            }
        };
    }
    let (memory, widget) = (MEMORY.with(Rc::clone), WIDGET.with(Rc::clone));
    answer(request, env, without_keys, edge::MAX_BODY_BYTES, async |exchange| {
        edge::route(exchange, &memory, &widget).await
    })
    .await
}
