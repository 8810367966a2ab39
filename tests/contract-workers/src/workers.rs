use livery_contract::{names, run};
use livery_platform_workers::Workers;
use worker::{Context, Env, Method, Request, Response, Result, event};

#[event(fetch)]
async fn fetch(request: Request, env: Env, _: Context) -> Result<Response> {
    let path = request.path();
    match (request.method(), path.strip_prefix("/run/")) {
        (Method::Get, None) if path == "/names" => Response::from_json(&names()),
        (Method::Post, Some(name)) => match Workers::new(env) {
            Ok(platform) => match run(name, &platform).await {
                Ok(()) => Response::ok("ok"),
                Err(fault) => Response::error(fault, 422),
            },
            Err(fault) => Response::error(fault.to_string(), 503),
        },
        _ => Response::error("GET /names or POST /run/{name}", 404),
    }
}
