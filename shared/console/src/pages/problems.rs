//! `/problems`, and a page for each code of the API's problems: where the `type` of a problem leads, at every host.

use crate::{
    answer,
    problem_words::{ProblemText, problem_text, reason_text},
    shell::Shell,
};
use askama::Template;
use http::StatusCode;
use livery_http::{Exchange, Problem, ProblemKind, Response, route::Parts};

livery_http::routes! {
    /// What the API answers where it refuses a request.
    Route in Console tagged "Console";

    /// Lists the problems.
    ShowProblems = Get "/problems", Any, Anybody;
    /// What one means and what to do.
    ShowProblem = Get "/problems/{code}", Any, Anybody;
}

#[derive(Template)]
#[template(path = "problems.html")]
pub struct ProblemsPage {
    pub shell: Shell,
    pub problems: Vec<Listed>,
}

/// A problem in the list.
pub struct Listed {
    pub code: &'static str,
    pub status: u16,
    pub title: &'static str,
}

#[derive(Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    pub shell: Shell,
    pub code: &'static str,
    pub status: u16,
    pub text: ProblemText,
    /// The reasons that can come with it: code and line.
    pub reasons: Vec<(&'static str, &'static str)>,
}

/// # Errors
/// 404 for a code that no problem has.
pub async fn answer<P>(
    route: Route,
    exchange: &Exchange<'_, P>,
    parts: &Parts<'_>,
) -> Result<Response, Problem> {
    let shell = Shell::public(&exchange.client, &exchange.request);
    match route {
        Route::ShowProblems => {
            let page = list(shell);
            answer::page(StatusCode::OK, &page, &page.shell)
        }
        Route::ShowProblem => {
            let page = one(shell, ProblemKind::parse(parts.text(0)).ok_or_else(Problem::not_found)?);
            answer::page(StatusCode::OK, &page, &page.shell)
        }
    }
}

pub fn list(shell: Shell) -> ProblemsPage {
    let listed = |kind: ProblemKind| {
        let (status, code, _) = kind.facts();
        Listed { code, status: status.as_u16(), title: problem_text(shell.words.0, kind).title }
    };
    let problems = ProblemKind::ALL.map(listed).into();
    ProblemsPage { shell, problems }
}

pub fn one(shell: Shell, kind: ProblemKind) -> ProblemPage {
    let locale = shell.words.0;
    let (status, code, _) = kind.facts();
    let reasons = kind.reasons().iter().map(|reason| (reason.as_str(), reason_text(locale, *reason)));
    ProblemPage {
        code,
        status: status.as_u16(),
        text: problem_text(locale, kind),
        reasons: reasons.collect(),
        shell,
    }
}

/// The parts of a line, and whether each is code: what stands between backticks.
pub fn spans(line: &str) -> impl Iterator<Item = (bool, &str)> {
    line.split('`').enumerate().map(|(place, part)| (place % 2 == 1, part))
}
