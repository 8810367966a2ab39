//! Published CSS frameworks: exactly what is refused of them, and that all the rest is kept.

use crate::support::{compiled, npm_file, refused, slugs};
use livery_theme::Refusal;
use std::collections::BTreeMap;

/// How often each rule is broken.
fn tally(css: &str) -> BTreeMap<&'static str, usize> {
    let mut tally = BTreeMap::new();
    for fault in refused(css) {
        *tally.entry(fault.rule.slug()).or_default() += 1;
    }
    tally
}

/// The sheet without the refused parts, as a customer would correct it: a refused declaration loses its line, any other
/// fault
/// the whole rule that starts in that line. Needs a sheet with one declaration or selector per line.
fn mended(css: &str) -> String {
    let mut lines: Vec<Option<&str>> = css.lines().map(Some).collect();
    for fault in refused(css) {
        let first = fault.line as usize - 1;
        let in_declaration = matches!(
            fault.rule,
            Refusal::DataUrlRefused
                | Refusal::PositionFixedRefused
                | Refusal::ZIndexOutOfRange
                | Refusal::ForeignUrl
        );
        let mut depth = 0;
        for line in &mut lines[first..] {
            let text = line.take().unwrap_or_default();
            depth += text.matches('{').count() as i32 - text.matches('}').count() as i32;
            if in_declaration || (depth == 0 && text.trim_end().ends_with('}')) {
                break;
            }
        }
    }
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

#[test]
fn pico_is_kept_but_for_its_svg_icons_fixed_layers_and_questions_about_links() {
    let css = npm_file("@picocss/pico/css/pico.css");
    assert_eq!(
        tally(&css),
        BTreeMap::from([
            ("at_rule_refused", 1),
            ("attribute_selector_refused", 17),
            ("data_url_refused", 14),
            ("function_refused", 1),
            ("position_fixed_refused", 2),
            ("syntax_error", 4),
        ])
    );
    let lines: Vec<&str> = css.lines().collect();
    let holds = |rule, text| {
        let faults: Vec<_> = refused(&css).into_iter().filter(|fault| fault.rule == rule).collect();
        assert!(!faults.is_empty());
        for fault in faults {
            // A selector's fault names the line where its rule starts; what is refused can stand a few lines below.
            let from = fault.line as usize - 1;
            let near = lines[from..(from + 12).min(lines.len())].join("\n");
            assert!(near.contains(text), "{fault:?}: {near}");
        }
    };
    holds(Refusal::DataUrlRefused, "url(\"data:image/svg+xml,");
    holds(Refusal::PositionFixedRefused, "position: fixed");
    holds(Refusal::AtRuleRefused, "@-moz-document url-prefix()");
    // `::file-selector-button:is([aria-current]…)`: no browser matches that either.
    holds(Refusal::SyntaxError, "::file-selector-button:is([aria-current]");

    let once = compiled(&mended(&css));
    assert_eq!(compiled(&once), once);
    for kept in [
        ".livery{--pico-font-family-emoji:",
        "@media only screen and (prefers-color-scheme:dark){.livery:not([data-theme]){",
        ".livery[data-theme=dark]{",
        ".livery [type=search]{",
        ".livery dialog{",
        "@keyframes modal-overlay{",
        ".livery>footer",
    ] {
        assert!(once.contains(kept), "{kept} was lost");
    }
    for gone in
        ["svg+xml", "-moz-document", "position:fixed", ":root", "html", " body", ",body", ">body", "<"]
    {
        assert!(!once.contains(gone), "{gone} is still there");
    }
    assert!(once.len() > 70_000, "only {} bytes are left of {}", once.len(), css.len());
}

#[test]
fn bootstrap_in_full_is_too_large_and_minified_its_faults_are_counted() {
    assert_eq!(slugs(&npm_file("bootstrap/dist/css/bootstrap.css")), ["too_large"]);
    let css = npm_file("bootstrap/dist/css/bootstrap.min.css");
    assert_eq!(
        tally(&css),
        BTreeMap::from([
            ("attribute_selector_refused", 39),
            ("data_url_refused", 23),
            ("position_fixed_refused", 12),
            ("z_index_out_of_range", 12),
        ])
    );
    // In a sheet of one line the column is what leads to the place.
    let line: Vec<u16> = css.lines().nth(4).expect("the sheet is in its fifth line").encode_utf16().collect();
    for fault in refused(&css).iter().filter(|fault| fault.rule == Refusal::PositionFixedRefused) {
        assert_eq!(fault.line, 5);
        let from = fault.column as usize - 1;
        let there = String::from_utf16_lossy(&line[from..from + 14]);
        assert!(there.starts_with("position:fixed"), "{fault:?}: {there}");
    }
}

#[test]
fn the_parts_of_bootstrap_compile_to_themselves() {
    let grid = compiled(&npm_file("bootstrap/dist/css/bootstrap-grid.css"));
    assert_eq!(compiled(&grid), grid);
    assert!(
        grid.contains("@media (min-width:576px){.livery .container-sm,.livery .container{max-width:540px}}")
    );
    let utilities = compiled(&mended(&npm_file("bootstrap/dist/css/bootstrap-utilities.css")));
    assert_eq!(compiled(&utilities), utilities);
    assert!(utilities.contains(".livery .d-none{display:none!important}"));
    let reboot = compiled(&mended(&npm_file("bootstrap/dist/css/bootstrap-reboot.css")));
    assert_eq!(compiled(&reboot), reboot);
    assert!(reboot.contains(".livery{margin:0;"));
}
