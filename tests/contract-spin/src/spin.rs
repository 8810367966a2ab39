use bytes::Bytes;
use futures_util::stream::unfold;
use http::{Method, Response, StatusCode};
use livery_contract::{names, run};
use livery_platform_spin::{Reply, Spin, reply, streamed};
use spin_sdk::{http::Request, http_service, time::sleep};
use std::time::Duration;

#[http_service]
async fn handle(request: Request) -> Reply {
    let (method, path) = (request.method(), request.uri().path());
    match (method, path, path.strip_prefix("/run/")) {
        (&Method::GET, "/names", _) => {
            text(method, StatusCode::OK, serde_json::to_string(names()).unwrap_or_default())
        }
        (&Method::GET, "/pieces", _) => streamed(Response::new(()).into_parts().0, pieces()),
        (&Method::POST, _, Some(name)) => match Spin::new().await {
            Ok(platform) => match run(name, &platform).await {
                Ok(()) => text(method, StatusCode::OK, "ok".into()),
                Err(fault) => text(method, StatusCode::UNPROCESSABLE_ENTITY, fault),
            },
            Err(fault) => text(method, StatusCode::SERVICE_UNAVAILABLE, fault.to_string()),
        },
        _ => text(method, StatusCode::NOT_FOUND, "GET /names, GET /pieces or POST /run/{name}".into()),
    }
}

fn text(method: &Method, status: StatusCode, body: String) -> Reply {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    reply(method, response)
}

/// Three pieces, half a second apart.
fn pieces() -> impl futures_util::Stream<Item = Bytes> {
    unfold(0_u8, async |number| {
        if number > 0 {
            sleep(Duration::from_millis(500)).await;
        }
        (number < 3).then(|| (Bytes::from(format!("{number}\n")), number + 1))
    })
}
