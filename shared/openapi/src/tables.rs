//! The tables of `docs/api.md` and `docs/aliases.md`, each between `<!-- name -->` and `<!-- /name -->`.

use crate::{operation::Operation, operations};
use livery_http::route::{Caller, Method};

/// The documents that have tables, by name and path in the repository.
pub const DOCUMENTS: [&str; 2] = ["docs/api.md", "docs/aliases.md"];

/// The tables, by the name of their markers.
const TABLES: [&str; 5] = ["team", "operators", "widget", "platform", "aliases"];

/// Replaces every table that `text` has markers for; `None` where an end marker is missing.
#[must_use]
pub fn with_tables(text: &str) -> Option<String> {
    let operations = operations::all();
    let mut text = text.to_owned();
    for name in TABLES {
        let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let Some((before, rest)) = text.split_once(&start) else { continue };
        let (_, after) = rest.split_once(&end)?;
        text = format!("{before}{start}{}{end}{after}", table(name, &operations));
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
