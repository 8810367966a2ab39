//! What Postgres needs beside the shared text: `$1` where SQLite and D1 read `?1`, and for whom a statement runs.

use livery_domain::{id::TenantId, tenancy::tenant::TenantScope};
use livery_platform::{Statement, Value};

/// Writes every `?N` as `$N`, but for what stands in quotes. For a client that tells Postgres the type of each parameter.
#[must_use]
pub fn numbered(sql: &str) -> String {
    rewritten(sql, |number| format!("${number}"))
}

/// Writes every `?N` with the type of its value, and gives the values in the order of their new numbers. For a client
/// that lets Postgres guess: of `SELECT ?1` it guesses text, and then takes no number.
///
/// What is null stands in the text, where it is of any type.
#[must_use]
pub fn typed(sql: &str, params: &[Value]) -> (String, Vec<Value>) {
    let mut used: Vec<usize> = Vec::new();
    let text = rewritten(sql, |number| {
        let kind = match params.get(number.wrapping_sub(1)) {
            Some(Value::Null) => return "NULL".to_owned(),
            Some(Value::Integer(_)) => "::bigint",
            Some(Value::Text(_)) => "::text",
            // No value was given: Postgres reports that.
            None => "",
        };
        let place = used.iter().position(|known| *known == number).unwrap_or_else(|| {
            used.push(number);
            used.len() - 1
        });
        format!("${}{kind}", place + 1)
    });
    let values = used.iter().filter_map(|number| params.get(number.wrapping_sub(1)).cloned()).collect();
    (text, values)
}

/// Replaces every placeholder by what `with` makes of its number.
///
/// A quote within a literal is doubled (`'it''s'`): to this reader two literals in a row, which comes to the same. No
/// statement of ours has a comment, a dollar-quoted text or an operator `?`; a test holds them to that.
fn rewritten(sql: &str, mut with: impl FnMut(usize) -> String) -> String {
    let mut quoted_by = None;
    let mut written = String::with_capacity(sql.len());
    let mut rest = sql.char_indices().peekable();
    while let Some((at, character)) = rest.next() {
        match quoted_by {
            Some(quote) if character == quote => quoted_by = None,
            None if matches!(character, '\'' | '"') => quoted_by = Some(character),
            None if character == '?' => {
                while rest.next_if(|(_, next)| next.is_ascii_digit()).is_some() {}
                let end = rest.peek().map_or(sql.len(), |(end, _)| *end);
                if let Some(number) = sql.get(at + 1..end).and_then(|digits| digits.parse().ok()) {
                    written.push_str(&with(number));
                    continue;
                }
            }
            _ => {}
        }
        written.push(character);
    }
    written
}

/// For whom the rest of a transaction runs: row-level security reads these settings, and they end with it.
///
/// The server ends a statement that takes too long for anybody to be waiting still, and a transaction whose client is
/// gone (a function that was stopped half-way): until then it would hold its locks.
pub const SET_SCOPE: &str = "
    SELECT set_config('livery.tenant', ?1, true), set_config('livery.directory', ?2, true),
        set_config('statement_timeout', '10s', true),
        set_config('idle_in_transaction_session_timeout', '10s', true)";

/// The parameters of [`SET_SCOPE`] for a statement: its tenant alone, or the platform's own tables.
#[must_use]
pub fn scope_of(statement: &Statement) -> [String; 2] {
    scope_of_tenant(statement.scope.as_ref().map(TenantScope::tenant))
}

/// The same for a statement that came over a wire.
#[must_use]
pub fn scope_of_tenant(tenant: Option<TenantId>) -> [String; 2] {
    match tenant {
        Some(tenant) => [tenant.to_string(), "off".to_owned()],
        None => [String::new(), "on".to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_numbered_with_a_dollar() {
        assert_eq!(numbered("SELECT ?1, ?12 WHERE a=?2 AND ?1<>?2"), "SELECT $1, $12 WHERE a=$2 AND $1<>$2");
        assert_eq!(numbered("(?1,?2)"), "($1,$2)");
        assert_eq!(numbered("?1"), "$1");
        assert_eq!(numbered(""), "");
    }

    #[test]
    fn what_stands_in_quotes_is_left_alone() {
        for (sql, wanted) in [
            ("SELECT '?1', ?1", "SELECT '?1', $1"),
            ("SELECT 'it''s ?1', ?2", "SELECT 'it''s ?1', $2"),
            ("SELECT '''?1', ?2", "SELECT '''?1', $2"),
            ("SELECT '\"?1', ?2", "SELECT '\"?1', $2"),
            ("SELECT \"a?1\" AS b, ?2", "SELECT \"a?1\" AS b, $2"),
            ("SELECT \"a'?1\", ?2", "SELECT \"a'?1\", $2"),
            ("SELECT 'ünï ?1', ?1 AS ü", "SELECT 'ünï ?1', $1 AS ü"),
        ] {
            assert_eq!(numbered(sql), wanted);
        }
    }

    #[test]
    fn a_question_mark_without_a_number_stays() {
        assert_eq!(numbered("SELECT ? ?a ?"), "SELECT ? ?a ?");
    }

    #[test]
    fn a_value_brings_its_type_along() {
        let params = [Value::from("one"), Value::Null, 3.into()];
        let (text, values) = typed("SELECT ?3 AS a, ?1, ?2, '?1', ?3 IS NULL, ?2 IS NULL", &params);
        assert_eq!(text, "SELECT $1::bigint AS a, $2::text, NULL, '?1', $1::bigint IS NULL, NULL IS NULL");
        assert_eq!(values, [3.into(), Value::from("one")]);
        assert_eq!(typed("DELETE FROM t", &params), ("DELETE FROM t".to_owned(), vec![]));
        // A number without a value is the server's to refuse.
        assert_eq!(typed("SELECT ?4, ?0", &params).0, "SELECT $1, $2");
    }

    /// Every text between double quotes in this crate that begins with a word of SQL.
    fn statements() -> Vec<(String, String)> {
        const VERBS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];
        let mut found = Vec::new();
        let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let source = std::fs::read_to_string(&path).unwrap();
                // The examples above are no statements.
                let code = source.split("#[cfg(test)]").next().unwrap();
                for text in code.split('"').skip(1).step_by(2).map(str::trim) {
                    if VERBS.iter().any(|verb| text.starts_with(verb)) {
                        found.push((path.display().to_string(), text.to_owned()));
                    }
                }
            }
        }
        found
    }

    #[test]
    fn every_statement_of_the_stores_is_read_the_same_by_both_engines() {
        let statements = statements();
        assert!(statements.len() >= 20, "only {} statements were found", statements.len());
        for (file, sql) in statements {
            let plain: String = sql.split('\'').step_by(2).collect();
            for foreign in ["$", "--", "/*", "\\", "? ", "?)", "?,"] {
                assert!(!plain.contains(foreign), "{foreign:?} in {file}: {sql}");
            }
            let numbered = numbered(&sql);
            let plain_numbered: String = numbered.split('\'').step_by(2).collect();
            assert!(!plain_numbered.contains('?'), "{file}: {numbered}");
            assert_eq!(plain_numbered.replace('$', "?"), plain, "{file}");
            // Numbers begin at 1 and leave none out: an engine would wait for the parameter.
            let numbers = plain
                .split('?')
                .skip(1)
                .filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse::<usize>().ok());
            let numbers: std::collections::BTreeSet<usize> = numbers.collect();
            assert!(numbers.iter().copied().eq(1..=numbers.len()), "{numbers:?} in {file}: {sql}");
        }
    }
}
