//! A response, and what a test expects of the whole of it.

use bytes::Bytes;
use http::HeaderMap;
use livery_domain::id::RequestId;
use livery_http::Response;
use serde_json::{Value as Json, json};
use std::{collections::BTreeMap, fmt::Write};

#[derive(Clone)]
pub struct Answer {
    pub status: u16,
    headers: BTreeMap<String, String>,
    pub body: Bytes,
    request_id: String,
}

/// What the whole of an answer is to be, but for its request id.
pub struct Expected {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Json,
}

impl Answer {
    pub fn new(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let mut headers = joined(&parts.headers);
        let request_id = headers.remove("x-request-id").expect("every answer has a request id");
        assert!(request_id.parse::<RequestId>().is_ok(), "{request_id}");
        Self { status: parts.status.as_u16(), headers, body, request_id }
    }

    /// The value of a header that has to be there.
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name} in\n{}", self.whole()))
    }

    #[track_caller]
    pub fn json(&self) -> Json {
        serde_json::from_slice(&self.body).unwrap_or_else(|fault| panic!("{fault}: {}", self.whole()))
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }

    /// Status and every header, but for the request id.
    pub fn head(&self) -> String {
        let mut head = format!("{}\n", self.status);
        for (name, value) in &self.headers {
            let _ = writeln!(head, "{name}: {value}");
        }
        head
    }

    /// Everything that was sent, byte for byte, but for the request id.
    pub fn whole(&self) -> String {
        let body = String::from_utf8_lossy(&self.body).replace(&self.request_id, "(request id)");
        format!("{}\n{body}", self.head())
    }

    /// The whole answer is as expected: status, every header, body.
    #[track_caller]
    pub fn is(&self, expected: Expected) {
        let mut body = expected.body;
        if let Some(id) = body.get_mut("request_id") {
            *id = json!(self.request_id);
        }
        let sent = if self.headers.get("content-type").is_some_and(|is| is.contains("json"))
            && !self.body.is_empty()
        {
            self.json()
        } else {
            json!(String::from_utf8_lossy(&self.body))
        };
        assert_eq!((self.status, &self.headers), (expected.status, &expected.headers), "{}", self.whole());
        assert_eq!(sent, body);
    }
}

fn joined(headers: &HeaderMap) -> BTreeMap<String, String> {
    let mut joined = BTreeMap::<String, String>::new();
    for (name, value) in headers {
        let value = value.to_str().unwrap();
        joined
            .entry(name.to_string())
            .and_modify(|all| *all = format!("{all}, {value}"))
            .or_insert(value.to_owned());
    }
    joined
}

/// A good answer in JSON that no cache keeps: what most routes give.
pub fn answer(status: u16, body: Json) -> Expected {
    let headers = [
        ("cache-control", "no-store"),
        ("content-type", "application/json"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    Expected { status, headers, body }
}

/// The problem document with this code, as clients know it.
pub fn problem(code: &str) -> Expected {
    let (status, title) = match code {
        "malformed_request" => (400, "The request can't be read"),
        "unauthenticated" => (401, "A valid token is needed"),
        "invalid_credentials" => (401, "E-mail or password is wrong"),
        "forbidden" => (403, "Your role does not allow this"),
        "person_needed" => (403, "Only a signed-in person can do this"),
        "feature_not_in_plan" => (403, "The plan does not include this"),
        "tenant_suspended" => (403, "The tenant is suspended"),
        "tenant_deactivated" => (403, "The tenant is deactivated"),
        "origin_not_allowed" => (403, "This site may not embed the widget"),
        "not_found" => (404, "Not found"),
        "method_not_allowed" => (405, "The method is not allowed here"),
        "conflict" => (409, "Another change came first"),
        "last_owner" => (409, "A tenant keeps an owner"),
        "seat_limit_reached" => (409, "Every seat of the plan is taken"),
        "already_exists" => (409, "Already exists"),
        "in_use" => (409, "Still in use"),
        "gone" => (410, "No longer valid"),
        "precondition_failed" => (412, "It has changed since you read it"),
        "payload_too_large" => (413, "The body is too large"),
        "unsupported_media_type" => (415, "The body has the wrong content type"),
        "invalid_content" => (422, "Some values are not valid"),
        "unsafe_stylesheet" => (422, "The brand can't be made into a safe stylesheet"),
        "precondition_required" => (428, "Say which version you change: send If-Match"),
        "quota_exceeded" => (429, "The month's quota is used up"),
        "too_many_attempts" => (429, "Too many attempts: wait a while"),
        "internal" => (500, "Internal error"),
        "not_on_this_runtime" => (501, "This runtime can't serve the route"),
        "unavailable" => (503, "A part of the service does not answer"),
        "tenant_maintenance" => (503, "The tenant is in maintenance"),
        "schema_outdated" => (503, "The database is older than this version of the service"),
        other => panic!("no problem has the code {other}"),
    };
    let body = json!({
        "type": format!("/problems/{code}"),
        "title": title,
        "status": status,
        "code": code,
        "request_id": "(request id)",
    });
    let expected = answer(status, body).header("content-type", "application/problem+json");
    match status {
        401 => expected.header("www-authenticate", "Bearer"),
        503 => expected.header("retry-after", "1"),
        _ => expected,
    }
}

impl Expected {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Takes over those of these headers that the answer has: their values are another test's matter.
    pub fn headers_of(mut self, answer: &Answer, names: &[&str]) -> Self {
        for name in names {
            if let Some(value) = answer.headers.get(*name) {
                self.headers.insert((*name).to_owned(), value.clone());
            }
        }
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    pub fn reason(mut self, reason: &str) -> Self {
        self.body["reason"] = json!(reason);
        self
    }

    pub fn detail(mut self, detail: &str) -> Self {
        self.body["detail"] = json!(detail);
        self
    }

    /// One field at fault.
    pub fn fault(self, pointer: &str, reason: &str, detail: &str) -> Self {
        self.faults(json!([{ "pointer": pointer, "reason": reason, "detail": detail }]))
    }

    pub fn faults(mut self, faults: Json) -> Self {
        self.body["errors"] = faults;
        self
    }
}
