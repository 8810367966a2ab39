//! The bounds of custom CSS. Each bound is checked before the work it bounds is done.

use livery_domain::brand::theme::MAX_CUSTOM_CSS_BYTES;

/// Most bytes of a sheet, before and after compiling, so that the output is always accepted as input.
/// The same number as the document allows: Bootstrap 5 minified (232 KB) fits, and a sheet of 256 KB gzips to ~35 KB,
/// already more than the widget itself.
pub const MAX_SHEET_BYTES: usize = MAX_CUSTOM_CSS_BYTES;

/// Deepest `{}`: `@layer` > `@media` > `@supports` > rule and four levels of nested rules make eight.
pub const MAX_BLOCK_DEPTH: usize = 8;

/// Deepest `()` and `[]` in one value or one prelude. The frameworks in the tests need no more than 4. lightningcss tries a function
/// as two types in turn, so its work doubles with every level: 2^6 = 64 times, ~0.1 ms for the worst value.
pub const MAX_VALUE_DEPTH: usize = 6;

/// Most tokens directly inside one pair of `()` or `[]`. lightningcss keeps `1px + 1em + …` as a tree that is as deep as
/// the sum is long, and walks it by recursion: 512 tokens are at most 128 terms, ~60 KB of stack.
pub const MAX_BRACKET_TOKENS: usize = 512;

/// Most rules, at-rules and keyframes. Bootstrap 5 has 2,670.
pub const MAX_RULES: usize = 4096;

/// Most declarations. Bootstrap 5 has 5,533.
pub const MAX_DECLARATIONS: usize = 16_384;

/// Most selectors in the list of one rule. A reset lists ~120 elements.
pub const MAX_SELECTORS_PER_RULE: usize = 256;

/// Most simple selectors and combinators in one selector, those inside `:is()` and the like included.
/// A hand-written one has fewer than 15; a browser tries each part against each ancestor.
pub const MAX_SELECTOR_PARTS: usize = 64;

/// Longest `data:` URL in bytes: a 48 × 48 icon as PNG has ~3 KB, in base64 4 KB. Larger pictures are assets.
pub const MAX_DATA_URL_BYTES: usize = 16 * 1024;

/// Largest `z-index`, either sign. The widget's own notices are above it.
pub const MAX_Z_INDEX: i32 = 9999;

/// Most faults reported for one sheet.
pub const MAX_CSS_FAULTS: usize = livery_domain::brand::theme::MAX_FAULTS;
