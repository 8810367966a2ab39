//! From design tokens and custom CSS to one safe stylesheet: the only crate that names lightningcss.
