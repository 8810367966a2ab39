//! The tables of `docs/api.md`, `docs/aliases.md` and `docs/problems.md`, each between `<!-- name -->` and `<!-- /name -->`.

use crate::{operation::Operation, operations};
use livery_console::problem_text;
use livery_domain::{locale::Locale, reason::Reason};
use livery_http::{
    ProblemKind,
    route::{Caller, Method},
};

/// The documents that have tables, by name and path in the repository.
pub const DOCUMENTS: [&str; 3] = ["docs/api.md", "docs/aliases.md", "docs/problems.md"];

/// The tables, by the name of their markers.
const TABLES: [&str; 7] = ["team", "operators", "widget", "platform", "aliases", "problems", "reasons"];

/// Replaces every table that `text` has markers for; `None` where an end marker is missing.
#[must_use]
pub fn with_tables(text: &str) -> Option<String> {
    let operations = operations::all();
    let mut text = text.to_owned();
    for name in TABLES {
        let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let Some((before, rest)) = text.split_once(&start) else { continue };
        let (_, after) = rest.split_once(&end)?;
        let table = match name {
            "problems" => problems(),
            "reasons" => reasons(),
            _ => table(name, &operations),
        };
        text = format!("{before}{start}{table}{end}{after}");
    }
    Some(text)
}

/// Which table has an operation.
fn table_of(operation: &Operation) -> &'static str {
    match operation.tag {
        _ if operation.deprecated => "aliases",
        "Operators" => "operators",
        "Widget" => "widget",
        "Platform" => "platform",
        _ => "team",
    }
}

fn table(name: &str, operations: &[Operation]) -> String {
    let (path, what) =
        if name == "aliases" { ("older name", "what it is") } else { ("request", "what it does") };
    let mut text = format!("| {path} | who may call | {what} |\n|---|---|---|\n");
    for operation in operations.iter().filter(|operation| table_of(operation) == name) {
        let what = if operation.deprecated { newer_name(operation) } else { &operation.summary };
        text.push_str(&format!(
            "| `{} {}` | {} | {} |\n",
            operation.method.as_str(),
            operation.path,
            caller(operation),
            what.replace('|', "\\|"),
        ));
    }
    text
}

fn problems() -> String {
    let mut text =
        String::from("| code | status | title | what it means | what to do |\n|---|---|---|---|---|\n");
    for kind in ProblemKind::ALL {
        let (status, code, _) = kind.facts();
        let words = problem_text(Locale::En, kind);
        let (title, meaning, advice) = (words.title, words.meaning, words.advice);
        text.push_str(&format!("| `{code}` | {} | {title} | {meaning} | {advice} |\n", status.as_u16()));
    }
    text
}

fn reasons() -> String {
    let mut text = String::from("| reason | what it means and what to do | comes with |\n|---|---|---|\n");
    for reason in Reason::ALL {
        let kinds = ProblemKind::ALL.into_iter().filter(|kind| kind.reasons().contains(reason));
        let codes: Vec<_> = kinds.map(|kind| format!("`{}`", kind.facts().1)).collect();
        text.push_str(&format!("| `{}` | {} | {} |\n", reason.as_str(), reason.about(), codes.join(", ")));
    }
    text
}

/// The sentence of a doc comment that begins with ``As `POST /v1/…` ``; the summary where there is none.
fn newer_name(operation: &Operation) -> &str {
    let description = operation.description.as_deref().unwrap_or_default();
    if operation.summary.starts_with("As `") || !description.starts_with("As `") {
        return &operation.summary;
    }
    let sentence = description.split_once(". ").map_or(description, |(first, _)| first);
    sentence.trim_end_matches('.')
}

fn caller(operation: &Operation) -> String {
    let who = match operation.caller {
        Caller::Anybody => "anyone".to_owned(),
        Caller::AnybodyOrVisitor => "anyone; a visitor sees more".to_owned(),
        Caller::Member(Some(permission)) => format!("`{}`", permission.as_str()),
        Caller::Member(None) => "a member or a key".to_owned(),
        Caller::Person => "a signed-in person".to_owned(),
        Caller::Visitor => "a visitor".to_owned(),
        Caller::Operator => "an operator".to_owned(),
        Caller::Console => "a browser at a console".to_owned(),
    };
    if operation.at_platform { format!("{who}, at the platform's host") } else { who }
}

/// Every operation, as what a table of routes says of one: method, path, id, caller, where it lives.
#[must_use]
pub fn described() -> Vec<(Method, &'static str, String, Caller, bool)> {
    let all = operations::all().into_iter();
    all.map(|one| (one.method, one.path, one.id, one.caller, one.at_platform)).collect()
}
