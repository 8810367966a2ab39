use livery_contract::{names, run};
use livery_platform_workers::{Workers, lease_tally};
use worker::{Context, Env, Method, Request, Response, Result, event};

/// Near a small limit leases are of few units.
const MIN_FROM_LEASES: u64 = 16;

#[event(fetch)]
async fn fetch(request: Request, env: Env, context: Context) -> Result<Response> {
    let path = request.path();
    match (request.method(), path.strip_prefix("/run/")) {
        (Method::Get, None) if path == "/names" => Response::from_json(&names()),
        (Method::Post, Some(name)) => match Workers::new(env) {
            Ok(platform) => match run_here(name, &platform.within(context)).await {
                Ok(()) => Response::ok("ok"),
                Err(fault) => Response::error(fault, 422),
            },
            Err(fault) => Response::error(fault.to_string(), 503),
        },
        _ => Response::error("GET /names or POST /run/{name}", 404),
    }
}

/// Runs a case. One that floods a counter tests leases here, so it fails if too few reservations came from leases.
async fn run_here(name: &str, platform: &Workers) -> std::result::Result<(), String> {
    let before = lease_tally();
    run(name, platform).await?;
    let after = lease_tally();
    if name.starts_with("busy_counter::") && after.from_leases < before.from_leases + MIN_FROM_LEASES {
        return Err(format!("hardly a lease was used: {before:?}, then {after:?}"));
    }
    Ok(())
}
