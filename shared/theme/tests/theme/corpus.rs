//! Handwritten sheets: the refused ones, each under the rule in its first line, and the accepted ones.

use crate::support::{compiled, slugs};
use std::{fs, path::PathBuf};

fn sheets(folder: &str) -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let mut sheets: Vec<_> = fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("a sheet")))
        .collect();
    sheets.sort();
    sheets
}

/// Cases of one file: each starts with a line `/* refused: slug slug */`.
fn cases(sheet: &str) -> Vec<(Vec<&str>, &str)> {
    let cases: Vec<_> = sheet
        .split("/* refused: ")
        .skip(1)
        .map(|case| {
            let (slugs, css) = case.split_once(" */\n").expect("a slug line");
            (slugs.split(' ').collect(), css)
        })
        .collect();
    assert!(!cases.is_empty());
    cases
}

/// The sheets of all cases, refused and kept: seeds for mutations.
pub fn all_cases() -> Vec<String> {
    let sheets: Vec<_> = ["refused", "kept"].into_iter().flat_map(sheets).collect();
    let bodies = sheets.iter().flat_map(|(_, sheet)| sheet.split("\n/* ").skip(1));
    bodies.filter_map(|case| Some(case.split_once(" */\n")?.1.trim_end().to_owned())).collect()
}

#[test]
fn every_malicious_sheet_is_refused_under_its_rule() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (path, sheet) in sheets("refused") {
        for (expected, css) in cases(&sheet) {
            let mut found = match livery_theme::compile_custom_css(css.trim_end()) {
                Ok(_) => vec![],
                Err(_) => slugs(css.trim_end()),
            };
            found.sort_unstable();
            found.dedup();
            let mut expected = expected.clone();
            expected.sort_unstable();
            if found != expected {
                wrong.push(format!("{path}: {expected:?} but {found:?}: {css}"));
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 80, "only {count} cases: was the corpus lost?");
}

#[test]
fn every_benign_sheet_is_kept_whole_and_compiles_to_itself() {
    let mut count = 0;
    for (path, sheet) in sheets("kept") {
        for case in sheet.split("/* gives: ").skip(1) {
            let (wanted, css) = case.split_once(" */\n").expect("a result line");
            let result = compiled(css);
            assert_eq!(result, wanted, "{path}");
            assert_eq!(compiled(&result), result, "{path}: not the same the second time");
            count += 1;
        }
    }
    assert!(count >= 40, "only {count} cases: was the corpus lost?");
}

/// Sheets that try to make the widget's frame larger than a guest may be, one to a line, as they would be served: the browser's tests of
/// the widget serve them as they are (`shared/widget/test/browser/guest.test.mjs`).
#[test]
fn every_sheet_of_the_guest_corpus_is_one_that_a_publish_gives() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/guest.css");
    let sheets = fs::read_to_string(path).expect("the corpus");
    let others: Vec<_> = sheets
        .lines()
        .filter_map(|line| {
            let result = compiled(line);
            (result != line).then(|| format!("{line}\n{result}"))
        })
        .collect();
    assert!(others.is_empty(), "written otherwise, and below it as it is served:\n{}", others.join("\n"));
    assert!(sheets.lines().count() >= 40, "was the corpus lost?");
}

#[test]
fn a_fault_names_the_line_and_column_of_what_is_refused() {
    for (css, line, column, slug) in [
        (".a {\n  color: red;\n  background: url(//evil.test);\n}", 3, 15, "foreign_url"),
        (".a {\n  content: \"</style>\";\n}", 2, 12, "markup_refused"),
        (".a {\n  z-index: 1;\n  z-index: 10000;\n}", 3, 3, "z_index_out_of_range"),
        (".a {\n  .b { z-index: 1 }\n  z-index: 10000;\n}", 3, 3, "z_index_out_of_range"),
        ("@keyframes k {\n  from { z-index: 1 }\n  to { z-index: 10000 }\n}", 3, 8, "z_index_out_of_range"),
        (".a {}\n\n  a:visited {}", 3, 3, "visited_refused"),
        ("/* 👋 */ @import 'x';", 1, 10, "import_refused"),
        (".a {\n  color: red;\n  }\n}", 4, 1, "syntax_error"),
    ] {
        let fault = crate::support::refused(css).into_iter().next().expect("a fault");
        assert_eq!((fault.line, fault.column, fault.rule.slug()), (line, column, slug), "{css}: {fault:?}");
    }
}
