//! How a quota shows in headers: IETF `RateLimit` fields and `Retry-After`.

use http::{HeaderName, HeaderValue, header};
use livery_domain::{
    clock::UnixMillis,
    limits::quota::{Period, Usage},
    reason::Reason,
};
use livery_http::{Problem, ProblemKind, Response, headers};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// `RateLimit-Policy: "messages";q=1000;w=2592000` and `RateLimit: "messages";r=999;t=860399`
/// (draft-ietf-httpapi-ratelimit-headers-10).
fn fields(period: Period, usage: Usage, secs_left: i64) -> [(HeaderName, String); 2] {
    [
        (POLICY, format!("\"messages\";q={};w={}", usage.limit, period.secs())),
        (LIMIT, format!("\"messages\";r={};t={secs_left}", usage.remaining())),
    ]
}

pub fn add(response: &mut Response, period: Period, usage: Usage, now: UnixMillis) {
    for (name, value) in fields(period, usage, period.secs_left(now)) {
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
    problem(detail, period, usage, period.secs_left(now))
}

/// 429 where the last units are lent out and some of them may come back within `secs`: asking again makes sense then.
pub fn lent_out(period: Period, usage: Usage, now: UnixMillis, secs: i64) -> Problem {
    let secs = secs.clamp(1, period.secs_left(now));
    let detail = format!(
        "All {} messages of this month are used or about to be. Whether one is left shows in {secs} s.",
        usage.limit
    );
    problem(detail, period, usage, secs).because(Reason::UnitsReserved)
}

fn problem(detail: String, period: Period, usage: Usage, retry_after: i64) -> Problem {
    let problem = Problem::new(ProblemKind::QuotaExceeded)
        .detail(detail)
        .header(header::RETRY_AFTER, HeaderValue::from(retry_after));
    fields(period, usage, retry_after).into_iter().fold(problem, |problem, (name, value)| {
        match HeaderValue::from_str(&value) {
            Ok(value) => problem.header(name, value),
            Err(_) => problem,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::StatusCode;

    #[test]
    fn units_that_are_lent_out_are_asked_for_again_in_seconds_and_not_in_a_month() {
        let now = UnixMillis(1_795_251_600_000);
        let period = Period::month_of(now);
        let usage = Usage { used: 1_000, limit: 1_000 };
        let told = |problem: Problem| {
            let response = problem.into_response("req_test");
            let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
            (response.status(), header("retry-after"), header("ratelimit"))
        };
        let month = (period.end.since(now) / 1000).to_string();
        let too_many = StatusCode::TOO_MANY_REQUESTS;
        let at_the_end = format!("\"messages\";r=0;t={month}");
        assert_eq!(told(exceeded(period, usage, now)), (too_many, month, at_the_end));
        let soon = "\"messages\";r=0;t=3".to_owned();
        assert_eq!(told(lent_out(period, usage, now, 3)), (too_many, "3".to_owned(), soon));
        // At a month's end the next quota is there sooner.
        let last = UnixMillis(period.end.0 - 500);
        assert_eq!(told(lent_out(period, usage, last, 3)).1, "1");
    }
}
