//! What Postgres needs beside the shared text: `$1` where SQLite and D1 read `?1`, and for whom a statement runs.

use livery_platform::Statement;

/// Writes every `?N` as `$N`, but for what stands in quotes.
///
/// A quote within a literal is doubled (`'it''s'`): to this reader two literals in a row, which comes to the same. No
/// statement of ours has a comment, a dollar-quoted text or an operator `?`; a test holds them to that.
#[must_use]
pub fn numbered(sql: &str) -> String {
    let mut quoted_by = None;
    let mut characters = sql.chars().peekable();
    let mut numbered = String::with_capacity(sql.len());
    while let Some(character) = characters.next() {
        match quoted_by {
            Some(quote) if character == quote => quoted_by = None,
            None if matches!(character, '\'' | '"') => quoted_by = Some(character),
            _ => {}
        }
        let placeholder =
            quoted_by.is_none() && character == '?' && characters.peek().is_some_and(char::is_ascii_digit);
        numbered.push(if placeholder { '$' } else { character });
    }
    numbered
}

/// For whom the rest of a transaction runs: row-level security reads these settings, and they end with it.
///
/// A transaction whose client is gone (a function that was stopped half-way) is ended by the server: until then it holds
/// its locks.
pub const SET_SCOPE: &str = "
    SELECT set_config('livery.tenant', ?1, true), set_config('livery.directory', ?2, true),
        set_config('idle_in_transaction_session_timeout', '10s', true)";

/// The parameters of [`SET_SCOPE`] for a statement: its tenant alone, or the platform's own tables.
#[must_use]
pub fn scope_of(statement: &Statement) -> [String; 2] {
    match &statement.scope {
        Some(scope) => [scope.tenant().to_string(), "off".to_owned()],
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

    /// Every text between double quotes in this crate that begins with a word of SQL.
    fn statements() -> Vec<(String, String)> {
        const VERBS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];
        let mut found = Vec::new();
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap() {
            let path = entry.unwrap().path();
            let source = std::fs::read_to_string(&path).unwrap();
            // The examples above are no statements.
            let code = source.split("#[cfg(test)]").next().unwrap();
            for text in code.split('"').skip(1).step_by(2).map(str::trim) {
                if VERBS.iter().any(|verb| text.starts_with(verb)) {
                    found.push((path.display().to_string(), text.to_owned()));
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
