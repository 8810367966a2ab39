//! Why a theme does not become a stylesheet.

use livery_domain::{brand::theme::Fault, reason::Reason};
use std::fmt;

/// One reason why a theme is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CssFault {
    /// A design token's text is not what the token claims to be.
    Token(Fault),
    /// The custom CSS holds something that is refused.
    Custom(CustomCssFault),
}

/// A place in the custom CSS and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomCssFault {
    /// 1 for the first line.
    pub line: u32,
    /// 1 for the first character of the line; counted in UTF-16 code units, as editors and browsers do.
    pub column: u32,
    pub rule: Refusal,
    /// What was found and what to write instead, for the person who wrote the CSS. Holds no markup: `<` is spelled out.
    pub reason: String,
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $slug:literal,)+) => {
        /// The rule that a piece of custom CSS breaks. Slugs are stable; `docs/custom-css.md` tells each in one line.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Refusal { $($(#[$doc])* $name,)+ }

        impl Refusal {
            pub const ALL: &[Refusal] = &[$(Refusal::$name,)+];

            /// The name on the wire, snake_case.
            #[must_use]
            pub fn slug(self) -> &'static str {
                match self { $(Refusal::$name => $slug,)+ }
            }
        }
    };
}

refusals! {
    /// More bytes than [`crate::MAX_SHEET_BYTES`], before or after compiling.
    TooLarge = "too_large",
    /// `{}`, `()`, `[]` deeper than [`crate::MAX_BLOCK_DEPTH`] or [`crate::MAX_VALUE_DEPTH`].
    NestingTooDeep = "nesting_too_deep",
    /// More rules than [`crate::MAX_RULES`].
    TooManyRules = "too_many_rules",
    /// More declarations than [`crate::MAX_DECLARATIONS`].
    TooManyDeclarations = "too_many_declarations",
    /// More selectors in one rule than [`crate::MAX_SELECTORS_PER_RULE`].
    TooManySelectors = "too_many_selectors",
    /// One selector of more parts than [`crate::MAX_SELECTOR_PARTS`].
    SelectorTooComplex = "selector_too_complex",
    /// More tokens in one pair of brackets than [`crate::MAX_BRACKET_TOKENS`].
    ValueTooLong = "value_too_long",
    /// Not CSS, or CSS that the parser would leave out without a word.
    SyntaxError = "syntax_error",
    ImportRefused = "import_refused",
    CharsetRefused = "charset_refused",
    NamespaceRefused = "namespace_refused",
    AtRuleRefused = "at_rule_refused",
    /// A URL that is not the tenant's own asset.
    ForeignUrl = "foreign_url",
    /// A `data:` URL that is not a small raster image.
    DataUrlRefused = "data_url_refused",
    /// `javascript:`, `expression()`, `behavior`, `-moz-binding`, `progid:`.
    ScriptRefused = "script_refused",
    FunctionRefused = "function_refused",
    AttrRefused = "attr_refused",
    /// `<` outside a media or container query, or a comment that could end a style element.
    MarkupRefused = "markup_refused",
    SelectorEscapesScope = "selector_escapes_scope",
    SelectorUnsupported = "selector_unsupported",
    AttributeSelectorRefused = "attribute_selector_refused",
    VisitedRefused = "visited_refused",
    UnicodeRangeRefused = "unicode_range_refused",
    PositionFixedRefused = "position_fixed_refused",
    ZIndexOutOfRange = "z_index_out_of_range",
    /// Compiling the result once more gave something else; it would have no stable hash.
    NotStable = "not_stable",
}

impl Refusal {
    /// What it is for a program that does not know the rules: the slug says more.
    #[must_use]
    pub const fn reason(self) -> Reason {
        match self {
            Self::SyntaxError => Reason::CssSyntax,
            Self::TooLarge
            | Self::NestingTooDeep
            | Self::TooManyRules
            | Self::TooManyDeclarations
            | Self::TooManySelectors
            | Self::SelectorTooComplex
            | Self::ValueTooLong => Reason::CssTooComplex,
            Self::ImportRefused
            | Self::CharsetRefused
            | Self::NamespaceRefused
            | Self::AtRuleRefused
            | Self::ForeignUrl
            | Self::DataUrlRefused
            | Self::ScriptRefused
            | Self::FunctionRefused
            | Self::AttrRefused
            | Self::MarkupRefused
            | Self::SelectorEscapesScope
            | Self::SelectorUnsupported
            | Self::AttributeSelectorRefused
            | Self::VisitedRefused
            | Self::UnicodeRangeRefused
            | Self::PositionFixedRefused
            | Self::ZIndexOutOfRange
            | Self::NotStable => Reason::CssNotAllowed,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

impl fmt::Display for CssFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(fault) => write!(f, "{} {}", fault.pointer, fault.detail),
            Self::Custom(fault) => {
                write!(f, "{}:{} {}: {}", fault.line, fault.column, fault.rule, fault.reason)
            }
        }
    }
}

impl std::error::Error for CssFault {}
