//! The documents say what the code does.

use livery_theme as theme;
use std::{fs, path::PathBuf};

fn document(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_rule_has_one_line_in_the_document() {
    let text = document("custom-css.md");
    for refusal in theme::Refusal::ALL {
        let rows = text.lines().filter(|line| line.starts_with(&format!("| `{}` |", refusal.slug()))).count();
        assert_eq!(rows, 1, "{refusal}");
    }
    let rows = text
        .lines()
        .filter(|line| line.starts_with("| `") && line.split('`').nth(1).is_some_and(is_slug))
        .count();
    assert_eq!(rows, theme::Refusal::ALL.len(), "the document tells of rules that do not exist");
}

fn is_slug(word: &str) -> bool {
    word.contains('_') && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

#[test]
fn every_bound_in_the_document_is_the_one_in_the_code() {
    let text = document("custom-css.md");
    for (what, bound) in [
        ("bytes, before and after compiling", theme::MAX_SHEET_BYTES),
        ("depth of `{}`", theme::MAX_BLOCK_DEPTH),
        ("depth of `()` and `[]` in one value or prelude", theme::MAX_VALUE_DEPTH),
        ("tokens directly inside one pair of brackets", theme::MAX_BRACKET_TOKENS),
        ("rules, at-rules and keyframes", theme::MAX_RULES),
        ("declarations", theme::MAX_DECLARATIONS),
        ("selectors in one rule", theme::MAX_SELECTORS_PER_RULE),
        ("parts of one selector", theme::MAX_SELECTOR_PARTS),
        ("bytes of a `data:` URL", theme::MAX_DATA_URL_BYTES),
        ("`z-index`, either sign", theme::MAX_Z_INDEX as usize),
        ("faults reported", theme::MAX_CSS_FAULTS),
    ] {
        let row = format!("| {what} | {bound} |");
        assert!(text.contains(&row), "{row} is not in docs/custom-css.md");
    }
}

#[test]
fn every_synonym_of_a_design_token_is_in_the_document() {
    let text = document("design-tokens.md");
    for (target, names) in theme::SYNONYMS {
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        let row = format!("| `{target}` | {} |", names.join(", "));
        assert!(text.contains(&row), "docs/design-tokens.md lacks:\n{row}");
    }
}
