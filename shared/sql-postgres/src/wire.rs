//! The messages over the service binding, as JSON.
//!
//! Request: `[["… ?1", "ten_…" or null, [null, 1, "text"]]]`, for each statement its text, its tenant, its parameters.
//! Answer: `["rows", [[[1, "text", null]]]]`, a list of rows for each statement, or `["constraint", "why"]` or
//! `["unavailable", "why"]`.
//!
//! Here serde parses and serialises it; on the other side, which every function includes, JavaScript does.

use livery_domain::id::TenantId;
use livery_platform::{DatabaseError, Row, Rows, Value};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};
use std::fmt;

/// One statement as the function behind the binding reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub sql: String,
    /// The tenant of its scope; none for a statement over the platform's rows.
    pub scope: Option<TenantId>,
    pub params: Vec<Cell>,
}

/// One value: null, an integer or text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell(pub Value);

/// A batch as it arrives.
///
/// # Errors
/// Where the text is no batch.
pub fn asked(text: &str) -> Result<Vec<Asked>, DatabaseError> {
    let batch: Vec<(String, Option<TenantId>, Vec<Cell>)> =
        serde_json::from_str(text).map_err(|fault| unreadable(&fault))?;
    Ok(batch.into_iter().map(|(sql, scope, params)| Asked { sql, scope, params }).collect())
}

/// An outcome as it is sent back.
#[must_use]
pub fn answer(outcome: Result<Vec<Rows>, DatabaseError>) -> String {
    let written = match outcome {
        Ok(lists) => {
            let cells = |row: Row| row.0.into_iter().map(Cell).collect();
            let lists: Vec<Vec<Vec<Cell>>> =
                lists.into_iter().map(|rows| rows.into_iter().map(cells).collect()).collect();
            serde_json::to_string(&("rows", lists))
        }
        Err(DatabaseError::Constraint(why)) => serde_json::to_string(&("constraint", why)),
        Err(DatabaseError::Unavailable(why)) => serde_json::to_string(&("unavailable", why)),
        // The calling side knows the schema and checks its number; this side never produces this error.
        Err(fault @ DatabaseError::SchemaTooOld { .. }) => {
            serde_json::to_string(&("unavailable", fault.to_string()))
        }
    };
    written.unwrap_or_else(|_| r#"["unavailable","unwritable answer"]"#.to_owned())
}

fn unreadable(fault: &serde_json::Error) -> DatabaseError {
    // Serde's messages name a position and what was expected, and may quote the input.
    DatabaseError::Unavailable(format!("unreadable JSON at column {}", fault.column()))
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Integer(value) => serializer.serialize_i64(*value),
            Value::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl Visitor<'_> for CellVisitor {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null, an integer or text")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Cell, E> {
        Ok(Cell(Value::Null))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Cell, E> {
        Ok(Cell(Value::Integer(value)))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Cell, E> {
        i64::try_from(value).map(|value| Cell(Value::Integer(value))).map_err(E::custom)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell(Value::Text(text.to_owned())))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Cell, E> {
        Ok(Cell(Value::Text(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_read_as_it_was_asked() {
        let text = r#"[
            ["a ?1", "ten_0198c0de000070008000000000000001", ["ten_0198c0de000070008000000000000001"]],
            ["a ?1", null, [null, 9223372036854775807, -9223372036854775808, 0, "", "\"\\\u00fc\n"]]
        ]"#;
        let asked = asked(text).unwrap();
        let [first, second] = asked.as_slice() else { panic!("{asked:?}") };
        assert_eq!(first.scope.unwrap().to_string(), "ten_0198c0de000070008000000000000001");
        assert_eq!(first.params, [Cell("ten_0198c0de000070008000000000000001".into())]);
        assert_eq!((second.sql.as_str(), second.scope), ("a ?1", None));
        let wanted: [Value; 6] =
            [Value::Null, i64::MAX.into(), i64::MIN.into(), 0.into(), "".into(), "\"\\\u{fc}\n".into()];
        assert_eq!(second.params, wanted.map(Cell));
    }

    #[test]
    fn an_outcome_is_rows_by_statement_or_one_word_with_its_reason() {
        let row = Row(vec![Value::Null, i64::MAX.into(), (-1).into(), "".into(), "null \"".into()]);
        for (outcome, wanted) in [
            (Ok(vec![vec![], vec![row]]), r#"["rows",[[],[[null,9223372036854775807,-1,"","null \""]]]]"#),
            (Err(DatabaseError::Constraint("a".into())), r#"["constraint","a"]"#),
            (Err(DatabaseError::Unavailable("b".into())), r#"["unavailable","b"]"#),
        ] {
            assert_eq!(answer(outcome), wanted);
        }
    }

    #[test]
    fn what_is_no_batch_is_an_error_that_quotes_nothing() {
        for text in [
            "",
            "{",
            "{}",
            r#"["secret"]"#,
            r#"[["a", null, ["secret", 1.5]]]"#,
            r#"[["a", null, [true]]]"#,
            r#"[["a", null, [9223372036854775808]]]"#,
            r#"[["a", "secret", []]]"#,
        ] {
            let Err(DatabaseError::Unavailable(told)) = asked(text) else { panic!("{text}") };
            assert!(!told.contains("secret"), "{told}");
        }
    }
}
