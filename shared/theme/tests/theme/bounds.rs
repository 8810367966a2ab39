//! Every bound, at the limit and one beyond, and that nothing makes the parser recurse or multiply its work.

use crate::support::{compiled, slugs};
use livery_domain::brand::theme::Theme;
use livery_theme::{
    MAX_BLOCK_DEPTH, MAX_BRACKET_TOKENS, MAX_DECLARATIONS, MAX_RULES, MAX_SELECTOR_PARTS,
    MAX_SELECTORS_PER_RULE, MAX_SHEET_BYTES, MAX_VALUE_DEPTH, compile, compile_custom_css,
};
use std::{
    thread,
    time::{Duration, Instant},
};

/// These tests run on the host only, where there is such a clock.
#[expect(clippy::disallowed_methods, reason = "measures the host, never runs on wasm")]
fn now() -> Instant {
    Instant::now()
}

/// wasm functions run on 1 MB of stack (wasm-ld's default). Release frames are checked at half of that. Debug frames are
/// several times larger, so the debug run gets more.
const STACK_BYTES: usize = if cfg!(debug_assertions) { 4 * 1024 * 1024 } else { 512 * 1024 };

fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(work)
        .expect("a thread")
        .join()
        .expect("no overflow, no panic");
}

fn nest(open: &str, core: &str, close: &str, depth: usize) -> String {
    open.repeat(depth) + core + &close.repeat(depth)
}

#[test]
fn a_sheet_may_have_exactly_the_limit_of_bytes() {
    let rule = ".a{color:red}";
    let padded = |bytes: usize| format!("{rule}/*{}*/", "x".repeat(bytes - rule.len() - 4));
    assert_eq!(compiled(&padded(MAX_SHEET_BYTES)), ".livery .a{color:red}");
    assert_eq!(slugs(&padded(MAX_SHEET_BYTES + 1)), ["too_large"]);
}

#[test]
fn ten_megabytes_are_refused_without_being_read() {
    let css = "a{".repeat(5 * 1024 * 1024);
    let start = now();
    assert_eq!(slugs(&css), ["too_large"]);
    // Reading them takes ~100 ms; not reading them takes microseconds, and a busy machine gets the rest.
    assert!(start.elapsed() < Duration::from_millis(20), "{:?}", start.elapsed());
}

#[test]
fn a_sheet_that_grows_over_the_limit_by_scoping_is_refused() {
    assert_eq!(slugs(&".a,.b,.c,.d,.e,.f,.g,.h{i:j}".repeat(4000)), ["too_large"]);
}

#[test]
fn the_whole_sheet_with_its_tokens_is_bounded_too() {
    let rule = ".a{color:red}";
    let scoped = ".livery .a{color:red}".len();
    let theme = |rules: usize| Theme {
        custom_css: rule.repeat(rules - 1)
            + &format!(".{}{{b:c}}", "a".repeat(MAX_SHEET_BYTES - rules * scoped - 8_000)),
        ..Theme::default()
    };
    // The default tokens take about 6 KB of the sheet.
    assert!(compile(&theme(1_000)).is_ok());
    let longer = Theme {
        custom_css: theme(1_000).custom_css + &format!("@layer {};", "l".repeat(7_000)),
        ..theme(1_000)
    };
    assert!(compile_custom_css(&longer.custom_css).is_ok());
    let faults = compile(&longer).expect_err("too large");
    assert!(faults[0].to_string().contains("too_large"), "{faults:?}");
}

#[test]
fn blocks_may_be_nested_up_to_the_limit() {
    let rules = |depth| nest(".a{", "color:red", "}", depth);
    assert!(compile_custom_css(&rules(MAX_BLOCK_DEPTH)).is_ok());
    assert_eq!(slugs(&rules(MAX_BLOCK_DEPTH + 1)), ["nesting_too_deep"]);
    let media = |depth| nest("@media print{", ".a{color:red}", "}", depth - 1);
    assert!(compile_custom_css(&media(MAX_BLOCK_DEPTH)).is_ok());
    assert_eq!(slugs(&media(MAX_BLOCK_DEPTH + 1)), ["nesting_too_deep"]);
}

#[test]
fn brackets_may_be_nested_up_to_the_limit() {
    for (before, open, core, close, after) in [
        (".a{width:", "calc(", "1px", ")", "}"),
        (".a{width:calc", "(", "1px", ")", "}"),
        (".a{--x:", "[", "1", "]", "}"),
        (".a{--x:", "{", "1", "}", "}"),
        (".a{color:", "var(--a,", "red", ")", "}"),
        (".a", ":is(.c ", ".b", ")", "{color:red}"),
        ("@media ", "(not ", "(color)", ")", "{.a{color:red}}"),
        ("@supports ", "(not ", "(a:b)", ")", "{.a{color:red}}"),
        ("@container ", "(not ", "(width>1px)", ")", "{.a{color:red}}"),
    ] {
        let own = if core.starts_with('(') { 1 } else { 0 };
        let sheet = |depth| format!("{before}{}{after}", nest(open, core, close, depth - own));
        assert!(compile_custom_css(&sheet(MAX_VALUE_DEPTH)).is_ok(), "{}", sheet(MAX_VALUE_DEPTH));
        assert_eq!(
            slugs(&sheet(MAX_VALUE_DEPTH + 1)),
            ["nesting_too_deep"],
            "{}",
            sheet(MAX_VALUE_DEPTH + 1)
        );
    }
}

#[test]
fn rules_declarations_selectors_and_their_parts_are_counted() {
    assert!(compile_custom_css(&".a{b:c}".repeat(MAX_RULES)).is_ok());
    assert_eq!(slugs(&".a{b:c}".repeat(MAX_RULES + 1)), ["too_many_rules"]);
    assert_eq!(slugs(&"@layer a;".repeat(MAX_RULES + 1)), ["too_many_rules"]);
    assert!(compile_custom_css(&format!(".a{{{}}}", "b:c;".repeat(MAX_DECLARATIONS))).is_ok());
    assert_eq!(slugs(&format!(".a{{{}}}", "b:c;".repeat(MAX_DECLARATIONS + 1))), ["too_many_declarations"]);
    let list = |count: usize| (0..count).map(|i| format!(".a{i}")).collect::<Vec<_>>().join(",") + "{b:c}";
    assert!(compile_custom_css(&list(MAX_SELECTORS_PER_RULE)).is_ok());
    assert_eq!(slugs(&list(MAX_SELECTORS_PER_RULE + 1)), ["too_many_selectors"]);
    // `.livery` and its combinator are two parts of the result, which has to pass as well.
    assert!(compile_custom_css(&(".a".repeat(MAX_SELECTOR_PARTS - 2) + "{b:c}")).is_ok());
    assert_eq!(slugs(&(".a".repeat(MAX_SELECTOR_PARTS + 1) + "{b:c}")), ["selector_too_complex"]);
    let terms = |tokens: usize| format!(".a{{width:max({}1px)}}", "1em,".repeat((tokens - 1) / 2));
    assert!(compile_custom_css(&terms(MAX_BRACKET_TOKENS)).is_ok());
    assert_eq!(slugs(&terms(MAX_BRACKET_TOKENS + 2)), ["value_too_long"]);
}

#[test]
fn ten_thousand_levels_of_anything_are_refused_on_a_small_stack() {
    on_a_small_stack(|| {
        for open in [
            "a{",
            ".a{&{",
            "@media print{",
            "@layer{",
            "@supports (a:b){",
            "@media (",
            "@container (",
            "@supports not (",
            "a:is(",
            "a:not(:is(",
            ".a{x:calc(",
            ".a{x:min(1px,",
            ".a{color:color-mix(in srgb,red,",
            ".a{--x:[",
            ".a{--x:{",
            ".a{x:var(--x,",
            "(",
            "[",
            "{",
            "@font-face{",
            "@keyframes a{",
            "@unknown{",
            "a[",
            ".a{background:image-set(",
        ] {
            let faults = slugs(&open.repeat(10_000.min(MAX_SHEET_BYTES / open.len())));
            assert!(faults.contains(&"nesting_too_deep"), "{open}: {faults:?}");
        }
    });
}

#[test]
fn the_deepest_and_longest_that_is_accepted_fits_a_small_stack() {
    on_a_small_stack(|| {
        let value = nest("calc(1px*", "1", ")", MAX_VALUE_DEPTH);
        let deep =
            nest(".a{&:is(.b,.c):hover{", &format!("width:{value};--x:{value}"), "}}", MAX_BLOCK_DEPTH / 2);
        compiled(&deep);
        compiled(&nest("@media (not (color)){", &format!(".a{{width:{value}}}"), "}", MAX_BLOCK_DEPTH - 1));
        // lightningcss keeps a sum as a tree as deep as it is long.
        let terms = MAX_BRACKET_TOKENS / 4;
        compiled(&format!(".a{{width:calc({}1px)}}", "min(1px,1em) + ".repeat(terms - 1)));
        compiled(&format!(".a{{margin:calc({}1px)}}", "1em*2 - ".repeat(terms / 2)));
    });
}

/// The worst nested value of each kind that we know, as often as fits. All of them together take ~2 s in a debug build;
/// work that grew with a power of the depth took minutes for one (`atan2()`, now refused).
#[test]
fn no_nested_value_multiplies_the_work() {
    let start = now();
    for (before, open, core, close, after) in [
        ("margin:", "calc(", "1", "*1px)", ""),
        ("line-height:", "calc(", "1", "*1px)", ""),
        ("transition:", "clamp(", "1px", ",1em,1px)", ""),
        ("color:rgb(", "min(", "1px", ",1em)", " 1 1)"),
        ("color:", "color-mix(in srgb,red,", "red", ")", ""),
        ("box-shadow:0 0 ", "light-dark(red,", "red", ")", ""),
        ("background:", "rgb(from ", "red", " r g b)", ""),
        ("background:", "linear-gradient(", "red,blue", ")", ""),
        ("transform:rotate(", "round(", "1px", ",1px)", ")"),
        ("font:", "abs(", "1px", ")", ""),
    ] {
        let depth = MAX_VALUE_DEPTH - usize::from(before.contains('('));
        let rule = format!(".a{{{before}{}{after}}}", nest(open, core, close, depth));
        let _ = compile_custom_css(&rule.repeat(MAX_SHEET_BYTES / 2 / (rule.len() + 8)));
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}
