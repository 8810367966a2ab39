//! The documents say what the code does.

use livery_domain::brand::theme::{Theme, TokenKind};
use livery_theme as theme;
use std::{fs, path::PathBuf};

fn document(name: &str) -> String {
    file(&format!("docs/{name}"))
}

fn file(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
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

/// Path below `/tokens` and bound of every token that has one.
fn bounded_tokens() -> Vec<(String, u16)> {
    let mut bounded = Vec::new();
    Theme::default().tokens.each(|token| {
        if let TokenKind::Length(most) | TokenKind::SignedLength(most) | TokenKind::Number(most) = token.kind
        {
            bounded.push((token.path.join("/"), most));
        }
    });
    bounded
}

#[test]
fn every_bound_of_a_token_is_in_the_document() {
    let text = document("design-tokens.md");
    for (path, most) in bounded_tokens() {
        let row =
            text.lines().find(|line| line.contains(&format!("`{path}`")) && line.contains("| at most "));
        let told = row.and_then(|row| row.split("at most ").nth(1)).and_then(|rest| rest.split(' ').next());
        assert_eq!(told, Some(most.to_string().as_str()), "{path}");
    }
}

/// Room for shadow and focus ring, as in `shared/widget/src/embed/view/metrics.ts`.
const SHADE: u16 = 24;

#[test]
fn the_loader_and_the_base_sheet_hold_the_widget_to_the_bounds_of_its_tokens() {
    let most = |name: &str| {
        let bounded = bounded_tokens();
        let found = bounded.iter().find(|(path, _)| *path == format!("layout/{name}"));
        found.unwrap_or_else(|| panic!("{name} has no bound")).1
    };
    let around = most("offset") + SHADE;
    let closed = most("launcher_size") + around;
    let (width, height) = (most("width") + around, most("height") + around);
    assert!(closed <= 160 + SHADE, "closed, a guest takes no more of the page than this");
    let protocol = file("shared/widget/src/protocol.ts");
    for constant in [
        format!("LARGEST_CLOSED: FrameSize = [{closed}, {closed}];"),
        format!("LARGEST_OPEN: FrameSize = [{width}, {height}];"),
    ] {
        assert!(protocol.contains(&constant), "protocol.ts lacks {constant}");
    }
    let base = file("shared/widget/src/embed/base.css");
    for rules in [
        format!(
            "max-width: {}px;\n  height: var(--livery-offset);\n  max-height: {}px;",
            most("launcher_size"),
            most("offset")
        ),
        format!(
            "max-width: {}px;\n  height: var(--livery-height);\n  max-height: {}px;",
            most("width"),
            most("height")
        ),
    ] {
        assert!(base.contains(&rules), "base.css lacks {rules}");
    }
    let metrics = file("shared/widget/src/embed/view/metrics.ts");
    assert!(metrics.contains(&format!("const SHADE = {SHADE};")), "metrics.ts has another room for shadows");
    let document = document("widget.md");
    for told in [format!("{closed} × {closed}"), format!("{width} × {height}")] {
        assert!(document.contains(&told), "docs/widget.md lacks {told}");
    }
}
