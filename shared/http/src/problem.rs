//! Every error that a caller can get: RFC 9457 problem documents.

use crate::{headers, message::Response};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use livery_domain::{people::team::Refusal, reason::Reason};
use livery_platform::{DatabaseError, MailFault};
use livery_store::StoreError;
use serde::Serialize;
use std::borrow::Cow;

/// Where each problem has its page: `type` is this path and the code, relative to the host that was asked. A function that did
/// not start, and an edge that reaches no function, answer problems too, and know no host of the platform.
pub const PAGES: &str = "/problems";

/// The closed list of problems. A code is stable: clients act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    MalformedRequest,
    Unauthenticated,
    InvalidCredentials,
    Forbidden,
    PersonNeeded,
    FeatureNotInPlan,
    TenantSuspended,
    TenantDeactivated,
    OriginNotAllowed,
    ForgedForm,
    NotFound,
    MethodNotAllowed,
    Conflict,
    LastOwner,
    SeatLimitReached,
    AlreadyExists,
    InUse,
    Gone,
    PreconditionFailed,
    PayloadTooLarge,
    UnsupportedMediaType,
    InvalidContent,
    UnsafeStylesheet,
    PreconditionRequired,
    QuotaExceeded,
    TooManyAttempts,
    Internal,
    NotOnThisRuntime,
    Unavailable,
    TenantMaintenance,
    NotConfigured,
    SchemaOutdated,
}

impl ProblemKind {
    pub const ALL: [Self; 32] = [
        Self::MalformedRequest,
        Self::Unauthenticated,
        Self::InvalidCredentials,
        Self::Forbidden,
        Self::PersonNeeded,
        Self::FeatureNotInPlan,
        Self::TenantSuspended,
        Self::TenantDeactivated,
        Self::OriginNotAllowed,
        Self::ForgedForm,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::LastOwner,
        Self::SeatLimitReached,
        Self::AlreadyExists,
        Self::InUse,
        Self::Gone,
        Self::PreconditionFailed,
        Self::PayloadTooLarge,
        Self::UnsupportedMediaType,
        Self::InvalidContent,
        Self::UnsafeStylesheet,
        Self::PreconditionRequired,
        Self::QuotaExceeded,
        Self::TooManyAttempts,
        Self::Internal,
        Self::NotOnThisRuntime,
        Self::Unavailable,
        Self::TenantMaintenance,
        Self::NotConfigured,
        Self::SchemaOutdated,
    ];

    /// Status, code and title.
    #[must_use]
    pub const fn facts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::MalformedRequest => {
                (StatusCode::BAD_REQUEST, "malformed_request", "The request can't be read")
            }
            Self::Unauthenticated => (StatusCode::UNAUTHORIZED, "unauthenticated", "A valid token is needed"),
            Self::InvalidCredentials => {
                (StatusCode::UNAUTHORIZED, "invalid_credentials", "E-mail or password is wrong")
            }
            Self::Forbidden => (StatusCode::FORBIDDEN, "forbidden", "Your role does not allow this"),
            Self::PersonNeeded => {
                (StatusCode::FORBIDDEN, "person_needed", "Only a signed-in person can do this")
            }
            Self::FeatureNotInPlan => {
                (StatusCode::FORBIDDEN, "feature_not_in_plan", "The plan does not include this")
            }
            Self::TenantSuspended => (StatusCode::FORBIDDEN, "tenant_suspended", "The tenant is suspended"),
            Self::TenantDeactivated => {
                (StatusCode::FORBIDDEN, "tenant_deactivated", "The tenant is deactivated")
            }
            Self::OriginNotAllowed => {
                (StatusCode::FORBIDDEN, "origin_not_allowed", "This site may not embed the widget")
            }
            Self::ForgedForm => (StatusCode::FORBIDDEN, "forged_form", "The form was not sent by this page"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found", "Not found"),
            Self::MethodNotAllowed => {
                (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "The method is not allowed here")
            }
            Self::Conflict => (StatusCode::CONFLICT, "conflict", "Another change came first"),
            Self::LastOwner => (StatusCode::CONFLICT, "last_owner", "A tenant keeps an owner"),
            Self::SeatLimitReached => {
                (StatusCode::CONFLICT, "seat_limit_reached", "Every seat of the plan is taken")
            }
            Self::AlreadyExists => (StatusCode::CONFLICT, "already_exists", "Already exists"),
            Self::InUse => (StatusCode::CONFLICT, "in_use", "Still in use"),
            Self::Gone => (StatusCode::GONE, "gone", "No longer valid"),
            Self::PreconditionFailed => {
                (StatusCode::PRECONDITION_FAILED, "precondition_failed", "It has changed since you read it")
            }
            Self::PayloadTooLarge => {
                (StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large", "The body is too large")
            }
            Self::UnsupportedMediaType => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "The body has the wrong content type",
            ),
            Self::InvalidContent => {
                (StatusCode::UNPROCESSABLE_ENTITY, "invalid_content", "Some values are not valid")
            }
            Self::UnsafeStylesheet => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "unsafe_stylesheet",
                "The brand can't be made into a safe stylesheet",
            ),
            Self::PreconditionRequired => (
                StatusCode::PRECONDITION_REQUIRED,
                "precondition_required",
                "Say which version you change: send If-Match",
            ),
            Self::QuotaExceeded => {
                (StatusCode::TOO_MANY_REQUESTS, "quota_exceeded", "The month's quota is used up")
            }
            Self::TooManyAttempts => {
                (StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", "Too many attempts: wait a while")
            }
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal", "Internal error"),
            Self::NotOnThisRuntime => {
                (StatusCode::NOT_IMPLEMENTED, "not_on_this_runtime", "This runtime can't serve the route")
            }
            Self::Unavailable => {
                (StatusCode::SERVICE_UNAVAILABLE, "unavailable", "A part of the service does not answer")
            }
            Self::TenantMaintenance => {
                (StatusCode::SERVICE_UNAVAILABLE, "tenant_maintenance", "The tenant is in maintenance")
            }
            Self::NotConfigured => {
                (StatusCode::SERVICE_UNAVAILABLE, "not_configured", "The service is not configured")
            }
            Self::SchemaOutdated => (
                StatusCode::SERVICE_UNAVAILABLE,
                "schema_outdated",
                "The database is older than this version of the service",
            ),
        }
    }
}

/// One field that is at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldFault {
    /// RFC 6901 pointer into the body.
    pub pointer: String,
    /// Why, for programs.
    pub reason: Reason,
    /// What to do about it.
    pub detail: String,
    /// For faults in a stylesheet: the rule that refuses, and where (1-based).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

impl FieldFault {
    #[must_use]
    pub fn new(pointer: impl Into<String>, reason: Reason, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), reason, detail: detail.into(), rule: None, line: None, column: None }
    }
}

/// Most field faults that one answer lists: enough to mend a form, bounded for a body made of nothing but faults.
const MAX_FAULTS_SHOWN: usize = 50;

/// The only error type that knows HTTP. Boxed: answers are mostly good, and `Result` is passed up many frames.
#[derive(Debug)]
pub struct Problem(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ProblemKind,
    reason: Option<Reason>,
    detail: Option<Cow<'static, str>>,
    faults: Vec<FieldFault>,
    cause: Option<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

#[derive(Serialize)]
struct Document<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    request_id: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldFault],
}

impl Problem {
    #[must_use]
    pub fn new(kind: ProblemKind) -> Self {
        Self(Box::new(Inner {
            kind,
            reason: None,
            detail: None,
            faults: vec![],
            cause: None,
            headers: vec![],
        }))
    }

    /// Says why, for programs, where the code does not say it all.
    #[must_use]
    pub fn because(mut self, reason: Reason) -> Self {
        self.0.reason = Some(reason);
        self
    }

    /// Says more, to the person who reads it.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    #[must_use]
    pub fn faults(mut self, faults: Vec<FieldFault>) -> Self {
        let shown = faults.len().min(MAX_FAULTS_SHOWN);
        if shown < faults.len() {
            self.0.detail = Some(format!("The first {shown} of {} faults are listed.", faults.len()).into());
        }
        self.0.faults = faults;
        self.0.faults.truncate(MAX_FAULTS_SHOWN);
        self
    }

    /// Says why, to the log only.
    #[must_use]
    pub fn cause(mut self, cause: impl ToString) -> Self {
        self.0.cause = Some(cause.to_string());
        self
    }

    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// 422 with the one field at fault.
    #[must_use]
    pub fn field(pointer: impl Into<String>, reason: Reason, detail: impl Into<String>) -> Self {
        Self::new(ProblemKind::InvalidContent).faults(vec![FieldFault::new(pointer, reason, detail)])
    }

    /// 405 with what is allowed.
    #[must_use]
    pub fn method_not_allowed(allow: HeaderValue) -> Self {
        Self::new(ProblemKind::MethodNotAllowed).header(header::ALLOW, allow)
    }

    #[must_use]
    pub fn not_found() -> Self {
        Self::new(ProblemKind::NotFound)
    }

    #[must_use]
    pub fn kind(&self) -> ProblemKind {
        self.0.kind
    }

    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        self.0.reason
    }

    #[must_use]
    pub fn shown_faults(&self) -> &[FieldFault] {
        &self.0.faults
    }

    /// Headers that belong to the answer however it looks, such as `Allow`.
    #[must_use]
    pub fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.0.headers
    }

    pub fn logged_cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    pub fn into_response(self, request_id: &str) -> Response {
        let (status, code, title) = self.0.kind.facts();
        let document = Document {
            r#type: format!("{PAGES}/{code}"),
            title,
            status: status.as_u16(),
            code,
            reason: self.0.reason,
            detail: self.0.detail.as_deref(),
            request_id,
            errors: &self.0.faults,
        };
        let body = serde_json::to_vec(&document).unwrap_or_default();
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = status;
        let out = response.headers_mut();
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static(headers::NO_STORE));
        if status == StatusCode::UNAUTHORIZED {
            out.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            out.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        for (name, value) in self.0.headers {
            out.insert(name, value);
        }
        response
    }
}

impl From<ProblemKind> for Problem {
    fn from(kind: ProblemKind) -> Self {
        Self::new(kind)
    }
}

impl From<StoreError> for Problem {
    fn from(fault: StoreError) -> Self {
        let problem = match &fault {
            // Numbers of migrations are no secret, and whoever sees this first is whoever deployed.
            StoreError::Database(DatabaseError::SchemaTooOld { found, needed }) => {
                Self::new(ProblemKind::SchemaOutdated).detail(format!(
                    "the database is at {found}, this version needs {needed}: run ./scripts/migrate"
                ))
            }
            StoreError::Database(_) => Self::new(ProblemKind::Unavailable),
            StoreError::Stored(_) => Self::new(ProblemKind::Internal),
        };
        problem.cause(fault)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let kind = match refusal {
            Refusal::LastOwner => ProblemKind::LastOwner,
            Refusal::OwnersOnly | Refusal::GivesMoreThanItsOwn | Refusal::ConcernsSomebodyAbove => {
                ProblemKind::Forbidden
            }
        };
        Self::new(kind).because(refusal.reason()).detail(refusal.to_string())
    }
}

impl From<livery_platform::Unavailable> for Problem {
    fn from(fault: livery_platform::Unavailable) -> Self {
        Self::new(ProblemKind::Unavailable).cause(fault)
    }
}

impl From<MailFault> for Problem {
    fn from(fault: MailFault) -> Self {
        let problem = match &fault {
            MailFault::NotConfigured(_) => {
                Self::new(ProblemKind::NotConfigured).because(Reason::MailNotConfigured).detail(
                    "No mail can be sent: an operator has to complete the configuration; the log says how.",
                )
            }
            MailFault::Throttled
            | MailFault::TimedOut
            | MailFault::Refused { .. }
            | MailFault::Failed { .. }
            | MailFault::Unreachable(_) => Self::new(ProblemKind::Unavailable)
                .because(Reason::MailNotSent)
                .detail("The mail could not be sent. Try again."),
        };
        problem.cause(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_its_own_code_and_an_error_status() {
        let mut codes: Vec<_> = ProblemKind::ALL.iter().map(|kind| kind.facts().1).collect();
        for kind in ProblemKind::ALL {
            let (status, code, title) = kind.facts();
            assert!(status.is_client_error() || status.is_server_error(), "{code}");
            assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') && !title.is_empty());
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ProblemKind::ALL.len());
    }

    #[test]
    fn the_cause_stays_in_the_log() {
        let problem = Problem::new(ProblemKind::Unavailable).cause("postgres://user:secret@db");
        assert!(problem.logged_cause().is_some());
        let response = problem.into_response("req_1");
        let body = String::from_utf8(response.body().to_vec()).unwrap();
        assert!(!body.contains("secret"), "{body}");
        assert_eq!(response.headers()[header::RETRY_AFTER], "1");
    }

    #[test]
    fn a_flood_of_faults_is_cut_and_says_so() {
        let faults = (0..200).map(|n| FieldFault::new(format!("/{n}"), Reason::Empty, "no")).collect();
        let response = Problem::new(ProblemKind::InvalidContent).faults(faults).into_response("req_1");
        let document: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(document["errors"].as_array().map(Vec::len), Some(MAX_FAULTS_SHOWN));
        assert_eq!(document["detail"], "The first 50 of 200 faults are listed.");
    }
}
