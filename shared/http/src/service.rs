//! What a function needs beside its platform, made once per isolate.

use crate::{
    message::{Client, Request, Response},
    problem::{Problem, ProblemKind},
};
use livery_platform::Settings;
use livery_token::{Keyring, KeyringError};
use thiserror::Error;

/// Why a function does not start.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StartError {
    #[error(transparent)]
    Settings(#[from] livery_platform::SettingsError),
    #[error("{name}: {0}", name = Settings::SIGNING_KEYS)]
    Keys(#[from] KeyringError),
}

/// What a function needs beside its platform, made once per isolate.
pub struct Service {
    keyring: Option<Keyring>,
    pub(crate) show: ShowProblem,
    pub(crate) logs_success: bool,
}

/// How a problem is shown to the caller; the last is the request's id. It is logged before, with its cause.
pub type ShowProblem = fn(&Client, &Request, Problem, &str) -> Response;

fn as_document(_: &Client, _: &Request, problem: Problem, request_id: &str) -> Response {
    problem.into_response(request_id)
}

impl Service {
    /// For functions that sign or check tokens.
    ///
    /// # Errors
    /// Without usable signing keys there is no such service.
    pub fn with_keys(settings: &Settings) -> Result<Self, StartError> {
        Ok(Self {
            keyring: Some(Keyring::parse(&settings.signing_keys)?),
            show: as_document,
            logs_success: true,
        })
    }

    /// For functions that neither sign nor check tokens.
    #[must_use]
    pub const fn without_keys() -> Self {
        Self { keyring: None, show: as_document, logs_success: true }
    }

    /// The same, for a function whose problems are shown to people and not to programs.
    #[must_use]
    pub fn shown_by(self, show: ShowProblem) -> Self {
        Self { show, ..self }
    }

    /// The same, for a function whose answers that went well are so many that they are counted and not logged one by one.
    #[must_use]
    pub fn logging_faults_only(self) -> Self {
        Self { logs_success: false, ..self }
    }

    /// # Errors
    /// 503 in a function that was started without keys.
    pub fn keyring(&self) -> Result<&Keyring, Problem> {
        self.keyring.as_ref().ok_or_else(|| Problem::new(ProblemKind::NotConfigured))
    }
}
