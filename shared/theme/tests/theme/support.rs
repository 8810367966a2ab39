//! What several test files need.

use livery_theme::{CssFault, CustomCssFault, compile_custom_css};
use std::{fs, path::PathBuf};

/// A file of an npm package that is pinned in package.json.
pub fn npm_file(path: &str) -> String {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../node_modules").join(path);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}; run: npm ci", file.display()))
}

pub fn compiled(css: &str) -> String {
    compile_custom_css(css).unwrap_or_else(|faults| panic!("{css:.200}\n{}", listed(&faults)))
}

pub fn refused(css: &str) -> Vec<CustomCssFault> {
    let Err(faults) = compile_custom_css(css) else { panic!("should be refused: {css:.200}") };
    faults
        .into_iter()
        .map(|fault| match fault {
            CssFault::Custom(fault) => fault,
            CssFault::Token(fault) => panic!("no token is compiled here: {fault:?}"),
        })
        .collect()
}

pub fn listed(faults: &[CssFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The slugs of the faults, in order, each once.
pub fn slugs(css: &str) -> Vec<&'static str> {
    let mut slugs: Vec<_> = refused(css).iter().map(|fault| fault.rule.slug()).collect();
    slugs.dedup();
    slugs
}
