//! Thousands of broken sheets, always the same ones: nothing panics, and what is accepted is stable and harmless.

use crate::{corpus::all_cases, support::compiled};
use livery_theme::compile_custom_css;

/// A small seeded generator (splitmix64): a failure can be run again.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

/// Fragments of attacks and of typing errors.
const PIECES: &[&str] = &[
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ";",
    ":",
    ",",
    "\"",
    "'",
    "/*",
    "*/",
    "\\",
    "\\75 ",
    "\\3c ",
    "@",
    "@import ",
    "@media ",
    "url(",
    "url(//evil.test)",
    "\\75rl(//e)",
    "</style>",
    "<!--",
    "-->",
    "expression(",
    "var(--x)",
    "!important",
    ".livery",
    ":root",
    "body",
    "&",
    "+",
    "~",
    ">",
    "*",
    ":is(",
    ":not(",
    ":has(",
    "[value^=a]",
    "::before",
    "\n",
    "\r\n",
    "\u{0}",
    "\u{feff}",
    "é",
    "👋",
    "0",
    "1e999",
    "-",
    "--",
    "#",
    "%",
    "=",
    "<",
    "|",
    "$",
    "^",
    "data:",
    "javascript:",
    "image-set(",
    "\"//evil.test\"",
    "attr(value)",
    "position:fixed",
    "z-index:99999999",
    "calc(",
    "@charset \"utf-8\";",
    "@layer a;",
    "U+0-7F",
    "{}",
    "a:hover{b:c}",
    "\u{c}",
];

fn mutated(seeds: &[String], dice: &mut Dice) -> String {
    let mut text: Vec<char> = seeds[dice.below(seeds.len())].chars().collect();
    for _ in 0..=dice.below(4) {
        let at = dice.below(text.len() + 1);
        match dice.below(5) {
            0 => {
                let piece: Vec<char> = dice.pick(PIECES).chars().collect();
                text.splice(at..at, piece);
            }
            1 if !text.is_empty() => {
                let to = (at + 1 + dice.below(6)).min(text.len());
                text.drain(at.min(to)..to);
            }
            2 => text.truncate(at),
            3 if !text.is_empty() => {
                let to = (at + dice.below(20)).min(text.len());
                let copy = text[at.min(to)..to].to_vec();
                let there = dice.below(text.len());
                text.splice(there..there, copy);
            }
            _ => {
                let other: Vec<char> = seeds[dice.below(seeds.len())].chars().collect();
                let from = dice.below(other.len());
                text.splice(at..at, other[from..].iter().copied());
            }
        }
    }
    text.into_iter().collect()
}

/// Every place outside of quotes, by a reader of its own: not the scan's.
fn bare_places(css: &str) -> Vec<usize> {
    let (mut places, mut quote, mut escaped) = (Vec::new(), None, false);
    for (at, character) in css.char_indices() {
        match quote {
            _ if escaped => escaped = false,
            _ if character == '\\' => escaped = true,
            Some(open) if character == open => quote = None,
            Some(_) => {}
            None if matches!(character, '"' | '\'') => quote = Some(character),
            None => places.push(at),
        }
    }
    places
}

fn check_accepted(css: &str, result: &str) {
    assert_eq!(compiled(result), result, "not stable: {css:?}");
    assert!(!result.contains('<'), "{css:?} gave {result:?}");
    let lower = result.to_ascii_lowercase();
    for at in bare_places(&lower) {
        let rest = &lower[at..];
        // `0url(` is a number with a unit, and then a bracket.
        if lower[..at].ends_with(|c: char| c.is_alphanumeric() || "-_".contains(c)) {
            continue;
        }
        if let Some(url) = rest.strip_prefix("url(") {
            let url = url.trim_start_matches(['"', '\'']);
            assert!(url.starts_with("/a/") || url.starts_with("data:image/"), "{css:?} gave {result:?}");
        }
        for never in ["@import", "@namespace", "expression(", "-moz-binding:", "image-set(var("] {
            assert!(!rest.starts_with(never), "{css:?} gave {result:?}");
        }
        // These do something in a selector only, before a `{`.
        let next = |of: &[char]| rest.find(of).map(|at| &rest[at..=at]);
        for never in [":visited", "[value"] {
            assert!(
                !rest.starts_with(never) || next(&['{', ';', '}']) != Some("{"),
                "{css:?} gave {result:?}"
            );
        }
        for end in [";", "}", "!"] {
            assert!(!rest.starts_with(&format!("position:fixed{end}")), "{css:?} gave {result:?}");
        }
    }
}

#[test]
fn twenty_thousand_mutated_sheets_neither_panic_nor_slip_through() {
    let seeds = all_cases();
    let mut dice = Dice(0x11fe_2026);
    let mut accepted = 0;
    for _ in 0..20_000 {
        let css = mutated(&seeds, &mut dice);
        if let Ok(result) = compile_custom_css(&css) {
            accepted += 1;
            check_accepted(&css, &result);
        }
    }
    // Both outcomes must be frequent, or the test would check one side only.
    assert!((1_500..18_500).contains(&accepted), "{accepted} accepted");
}

#[test]
fn sheets_made_of_nothing_but_trouble_neither_panic_nor_slip_through() {
    let mut dice = Dice(7);
    for _ in 0..20_000 {
        let css: String = (0..dice.below(24)).map(|_| dice.pick(PIECES)).collect();
        if let Ok(result) = compile_custom_css(&css) {
            check_accepted(&css, &result);
        }
    }
}
