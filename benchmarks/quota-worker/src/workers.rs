use livery_domain::{
    id::{ReservationId, TenantId},
    limits::quota::{Meter, Period, Reservation},
    tenancy::tenant::TenantScope,
};
use livery_platform::{Clock, ExactCounter};
use livery_platform_workers::{Workers, lease_tally, pathname};
use worker::{Context, Env, Error, Result, event, worker_sys::web_sys};

struct Asked {
    leases: bool,
    tenant: TenantId,
    limit: u64,
    count: u32,
    id: u128,
}

fn asked(path: &str) -> Option<Asked> {
    let mut parts = path.strip_prefix('/')?.split('/');
    let leases = match parts.next()? {
        "with" => true,
        "without" => false,
        _ => return None,
    };
    let tenant = parts.next()?.parse().ok()?;
    let limit = parts.next()?.parse().ok()?;
    let count = parts.next()?.parse().ok()?;
    let id = u128::from_str_radix(parts.next()?, 16).ok()?;
    Some(Asked { leases, tenant, limit, count, id })
}

#[event(fetch)]
async fn fetch(request: web_sys::Request, env: Env, context: Context) -> Result<web_sys::Response> {
    let path = pathname(&request);
    if path == "/tally" {
        let tally = lease_tally();
        return text(&format!("{} {}", tally.from_leases, tally.leases));
    }
    let asked = asked(&path).ok_or_else(|| Error::from("a path that nobody asks for"))?;
    let platform = Workers::new(env).map_err(|fault| Error::from(fault.to_string()))?;
    let platform = if asked.leases { platform.within(context) } else { platform };
    let scope = TenantScope::grant(asked.tenant);
    let period = Period::month_of(platform.now());
    let mut granted = 0;
    for number in 0..asked.count {
        let id = ReservationId::of_work(asked.id.wrapping_add(number.into()).to_be_bytes());
        let outcome = platform.reserve(&scope, Meter::Messages, period, asked.limit, 1, id).await;
        match outcome.map_err(|fault| Error::from(fault.to_string()))? {
            Reservation::Granted { repeated: false, .. } => granted += 1,
            Reservation::Granted { .. } | Reservation::Exceeded { .. } => {}
        }
    }
    text(&granted.to_string())
}

fn text(body: &str) -> Result<web_sys::Response> {
    Ok(web_sys::Response::new_with_opt_str(Some(body))?)
}
