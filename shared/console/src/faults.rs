//! What is wrong with a form, in the reader's language.

use crate::words::Words;
use livery_domain::reason::Reason;
use livery_http::{Problem, ProblemKind};

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The id of the field; empty where it concerns the whole form.
    pub field: &'static str,
    pub text: String,
}

/// Everything to mend in one form, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    pub fn one(field: &'static str, text: impl Into<String>) -> Self {
        let mut faults = Self::default();
        faults.add(field, text);
        faults
    }

    pub fn add(&mut self, field: &'static str, text: impl Into<String>) {
        self.0.push(Fault { field, text: text.into() });
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    /// What is wrong with one field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|fault| fault.field == field).map(|fault| fault.text.as_str())
    }
}

/// What the form says about a sign-in that failed; anything that is not about what was typed goes on as it is.
pub fn refusal(words: Words, problem: Problem) -> Result<(Faults, Problem), Problem> {
    let faults = match problem.kind() {
        ProblemKind::InvalidCredentials => Faults::one("", words.wrong_credentials()),
        ProblemKind::TooManyAttempts => Faults::one("", words.too_many_attempts(minutes(&problem))),
        ProblemKind::InvalidContent => {
            let mut faults = Faults::default();
            for fault in problem.shown_faults() {
                match fault.pointer.as_str() {
                    "/email" => faults.add("email", words.email_malformed()),
                    "/password" => faults.add("password", words.password_too_long()),
                    _ => faults.add("", fault.detail.clone()),
                }
            }
            faults
        }
        _ => return Err(problem),
    };
    Ok((faults, problem))
}

/// Whole minutes to wait, from `Retry-After`, at least one.
fn minutes(problem: &Problem) -> i64 {
    let header = problem.headers().iter().find(|(name, _)| name == http::header::RETRY_AFTER);
    let seconds = header.and_then(|(_, value)| value.to_str().ok()?.parse::<i64>().ok()).unwrap_or(60);
    (seconds.max(1) + 59) / 60
}

/// What is wrong with a new password, in the reader's words.
pub const fn weak_password(words: Words, reason: Reason) -> &'static str {
    match reason {
        Reason::TooShort => words.password_too_short(),
        Reason::TooLong => words.password_too_long(),
        Reason::WeakPassword => words.password_too_common(),
        _ => words.password_missing(),
    }
}
