//! One request and its response, through one fresh instance of a component.

use std::future::poll_fn;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Empty, Full};
use hyper::body::Incoming;
use tokio::sync::oneshot;
use wasmtime::Store;
use wasmtime::error::Context as _;
use wasmtime_wasi_http::p3::bindings::ServicePre;
use wasmtime_wasi_http::{WasiBody, WasiHttpView as _, p3};

use crate::application::Application;
use crate::instance::Instance;
use crate::output::report;
use crate::response_body::{ResponseBody, Running};
use crate::spin_headers;

/// Spin keeps the paths below for itself.
const RESERVED: &str = "/.well-known/spin/";

pub async fn answer(
    application: &Application,
    request: Request<Incoming>,
    client: SocketAddr,
) -> Response<ResponseBody> {
    let path = request.uri().path().to_owned();
    if let Some(reserved) = path.strip_prefix(RESERVED) {
        return match reserved {
            "health" => plain(StatusCode::OK, "OK"),
            _ => plain(StatusCode::NOT_FOUND, ""),
        };
    }
    let Some(found) = application.routes.find(&path) else {
        return plain(StatusCode::NOT_FOUND, "");
    };
    let (mut parts, body) = request.into_parts();
    if spin_headers::add(&mut parts, &found, client).is_err() {
        return plain(StatusCode::BAD_REQUEST, "");
    }
    let method = parts.method.clone();
    let component = &found.route.target;
    let store = Instance::store(&application.engine, component, &application.storage);
    let failed = Arc::new(AtomicBool::new(false));
    let (respond, response) = oneshot::channel();
    let request = Request::from_parts(parts, body);
    let running = Running::new(tokio::spawn({
        let (component, failed) = (Arc::clone(component), Arc::clone(&failed));
        async move {
            let mut store = store;
            if let Err(error) = run(&mut store, &component.code, request, respond).await {
                report(&format!("{}: {error:?}", component.name));
                // Before the store goes, and the body's sender with it: an end must not look like a good one.
                failed.store(true, Ordering::SeqCst);
            }
        }
    }));
    match response.await {
        Ok(response) => ResponseBody::attach(response, running, failed, &method),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, ""),
    }
}

/// Until the component has nothing left to do, which is later than its response: it may still write the body, or
/// finish work behind it.
async fn run(
    store: &mut Store<Instance>,
    code: &ServicePre<Instance>,
    request: Request<Incoming>,
    respond: oneshot::Sender<Response<WasiBody>>,
) -> wasmtime::Result<()> {
    let service = code.instantiate_async(&mut *store).await?;
    let (request, request_outcome) = p3::Request::from_http(store.data_mut().http().hooks, request);
    store
        .run_concurrent(async |accessor| -> wasmtime::Result<()> {
            let response =
                service.handle(accessor, request).await?.context("the component answered with an error")?;
            let response = accessor.with(|store| response.into_http(store, request_outcome))?;
            // Nobody waits for it any more when this fails, and then this task is about to be dropped.
            let _ = respond.send(response);
            poll_fn(|context| accessor.poll_no_interesting_tasks(context)).await;
            Ok(())
        })
        .await?
}

fn plain(status: StatusCode, text: &'static str) -> Response<ResponseBody> {
    let body: WasiBody = if text.is_empty() {
        Empty::new().map_err(|never| match never {}).boxed_unsync()
    } else {
        Full::from(text).map_err(|never| match never {}).boxed_unsync()
    };
    let mut response = Response::new(ResponseBody::from(body));
    *response.status_mut() = status;
    response
}
