//! From design tokens and custom CSS to one safe stylesheet: the only crate that depends on lightningcss.
//!
//! *In scope*: whether a token's text is valid for its type, what custom CSS may contain, scoping under `.livery`, printing,
//! reading and writing W3C design tokens. *Out of scope*: the shape of the theme document (`livery_domain::brand::theme`), the
//! widget's own `base.css`, serving.
//!
//! ```
//! use livery_domain::brand::theme::Theme;
//!
//! let theme = Theme { custom_css: ".livery-send { color: RED }".into(), ..Theme::default() };
//! let sheet = livery_theme::compile(&theme).unwrap();
//! assert!(sheet.css.contains("--livery-color-primary:#4338ca"));
//! assert!(sheet.css.ends_with(".livery .livery-send{color:red}"));
//! assert_eq!(sheet.hash.len(), 43);
//! ```

mod custom_css;
mod design_tokens;
mod fault;
mod stylesheet;
mod value;

pub use custom_css::{
    MAX_BLOCK_DEPTH, MAX_BRACKET_TOKENS, MAX_CSS_FAULTS, MAX_DATA_URL_BYTES, MAX_DECLARATIONS, MAX_RULES,
    MAX_SELECTOR_PARTS, MAX_SELECTORS_PER_RULE, MAX_SHEET_BYTES, MAX_VALUE_DEPTH, MAX_Z_INDEX,
    compile_custom_css,
};
pub use design_tokens::{
    Import, MAX_ALIAS_STEPS, MAX_DESIGN_TOKENS, MAX_GROUP_DEPTH, Mapped, SYNONYMS, Skipped,
    export_design_tokens, import_design_tokens,
};
pub use fault::{CssFault, CustomCssFault, Refusal};
pub use stylesheet::{Stylesheet, compile};
