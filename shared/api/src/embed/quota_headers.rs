//! How a quota shows in headers: IETF `RateLimit` fields and `Retry-After`.

use crate::{Problem, ProblemKind, Response, headers};
use http::{HeaderName, HeaderValue, header};
use livery_domain::{
    clock::UnixMillis,
    quota::{Period, Usage},
};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// `RateLimit-Policy: "messages";q=1000;w=2592000` and `RateLimit: "messages";r=999;t=860399`
/// (draft-ietf-httpapi-ratelimit-headers-10).
fn fields(period: Period, usage: Usage, now: UnixMillis) -> [(HeaderName, String); 2] {
    [
        (POLICY, format!("\"messages\";q={};w={}", usage.limit, period.secs())),
        (LIMIT, format!("\"messages\";r={};t={}", usage.remaining(), period.secs_left(now))),
    ]
}

pub fn add(response: &mut Response, period: Period, usage: Usage, now: UnixMillis) {
    for (name, value) in fields(period, usage, now) {
        headers::set(response, name, &value);
    }
}

/// 429 with the moment when asking again makes sense: the first second of the next period.
pub fn exceeded(period: Period, usage: Usage, now: UnixMillis) -> Problem {
    let detail = format!(
        "All {} messages of this month are used. The quota begins anew on {}.",
        usage.limit,
        period.end.rfc3339()
    );
    let retry_after = HeaderValue::from(period.secs_left(now));
    let problem =
        Problem::new(ProblemKind::QuotaExceeded).detail(detail).header(header::RETRY_AFTER, retry_after);
    fields(period, usage, now).into_iter().fold(
        problem,
        |problem, (name, value)| match HeaderValue::from_str(&value) {
            Ok(value) => problem.header(name, value),
            Err(_) => problem,
        },
    )
}
