//! The theme document: what a brand looks like and says.
//!
//! *In scope*: its shape, defaults, lengths, merge patches. *Out of scope*: whether a value is CSS; the `theme` crate
//! parses tokens and custom CSS when it compiles.
//!
//! ```json
//! { "tokens": { "color": { "light": { "primary": "#4338ca", … }, "dark": { … } },
//!               "typography": { "font_family": "…", … }, "spacing": { "xs": "4px", … },
//!               "radius": { "sm": "6px", … }, "layout": { "width": "380px", "position": "bottom_right", … } },
//!   "texts": { "title": "Chat with us", … }, "assets": { "logo": null, "favicon": null },
//!   "powered_by": true, "theme_mode": "auto", "custom_css": "" }
//! ```

mod assets;
mod fault;
mod palette;
mod patch;
mod shape;
mod texts;
mod tokens;

pub use assets::{Assets, MAX_ASSET_URL_BYTES, is_https_url};
pub use fault::{Fault, MAX_FAULTS, MAX_POINTER_KEY_CHARS, child_pointer};
pub use palette::Palette;
pub use shape::{MAX_CUSTOM_CSS_BYTES, MAX_FONT_FAMILY_CHARS, MAX_TOKEN_CHARS};
pub use texts::Texts;
pub use tokens::{ColorModes, Layout, Position, Radius, Spacing, Token, TokenKind, Tokens, Typography};

use serde::{Deserialize, Serialize};

/// A whole brand. [`Theme::default`] is complete; a draft is changed with [`Theme::patched`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "serde_json::Value")]
pub struct Theme {
    pub tokens: Tokens,
    pub texts: Texts,
    pub assets: Assets,
    /// Whether "powered by" shows; hiding it is an entitlement, decided elsewhere.
    pub powered_by: bool,
    pub theme_mode: ThemeMode,
    /// As the customer wrote it. Only what the `theme` crate made of it is ever served.
    pub custom_css: String,
}

impl Default for Theme {
    fn default() -> Self {
        Self {
            tokens: Tokens::default(),
            texts: Texts::default(),
            assets: Assets::default(),
            powered_by: true,
            theme_mode: ThemeMode::default(),
            custom_css: String::new(),
        }
    }
}

/// Which palette shows: the visitor's system decides, or the brand does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeMode {
    #[default]
    Auto,
    Light,
    Dark,
}

impl ThemeMode {
    /// The words, in the order in which a form offers them.
    pub const WORDS: [&str; 3] = ["auto", "light", "dark"];
}
