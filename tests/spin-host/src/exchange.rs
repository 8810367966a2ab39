//! One request and its response.

use std::net::SocketAddr;

use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Empty, Full};
use hyper::body::Incoming;
use wasmtime_wasi_http::WasiBody;

use crate::application::Application;
use crate::response_body::ResponseBody;
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
    let given = component.workers.give(application, component, Request::from_parts(parts, body));
    match given.response.await {
        Ok(response) => ResponseBody::attach(response, given.running, given.failed, &method),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, ""),
    }
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
