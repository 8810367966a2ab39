//! Design tokens: the named values that a brand is made of.

use crate::brand::theme::palette::Palette;
use serde::{Deserialize, Serialize};

/// What a token's text claims to be. The theme crate parses the text as exactly that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A concrete colour: `#3b82f6`, `rgb(59 130 246)`, `oklch(62% .19 260)`.
    Color,
    /// A font stack: `"Inter", system-ui, sans-serif`.
    FontFamily,
    /// A length of zero to this many CSS pixels: `16px`, `1rem`, `0`.
    Length(u16),
    /// A length that may be negative, of at most this many CSS pixels either way: `-0.01em`.
    SignedLength(u16),
    /// A plain number of zero to this: `1.5`.
    Number(u16),
    /// A font weight: `1` to `1000`, `normal` or `bold`.
    FontWeight,
    /// One of the words of [`Position`]; it is read by the loader and never printed as CSS.
    Position,
}

/// One token: where it stands, what it claims to be, what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// Path below `/tokens`, such as `["color", "light", "primary"]` or `["radius", "md"]`.
    pub path: &'a [&'static str],
    pub kind: TokenKind,
    pub value: &'a str,
}

/// Every group is a struct of texts with a default, a list of its names and a way to walk it.
macro_rules! token_group {
    ($(#[$doc:meta])* $group:ident at $path:literal { $($name:ident: $kind:ident $(($most:literal))? = $default:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $group { $(pub $name: String,)+ }

        impl Default for $group {
            fn default() -> Self { Self { $($name: $default.into(),)+ } }
        }

        impl $group {
            fn each(&self, visit: &mut impl FnMut(Token<'_>)) {
                $(visit(Token { path: &[$path, stringify!($name)], kind: TokenKind::$kind $(($most))?, value: &self.$name });)+
            }
        }
    };
}

token_group! {
    /// Fonts. Sizes are CSS lengths, `line_height` a bare number. The bounds leave room for the largest text that people set.
    Typography at "typography" {
        font_family: FontFamily = "system-ui, -apple-system, \"Segoe UI\", Roboto, \"Hiragino Sans\", \"Noto Sans\", sans-serif",
        font_size_base: Length(32) = "16px",
        font_size_small: Length(32) = "13px",
        font_size_large: Length(64) = "20px",
        line_height: Number(4) = "1.5",
        font_weight_regular: FontWeight = "400",
        font_weight_bold: FontWeight = "600",
        letter_spacing: SignedLength(8) = "0",
    }
}

token_group! {
    /// Distances between things, as CSS lengths.
    Spacing at "spacing" {
        xs: Length(64) = "4px",
        sm: Length(64) = "8px",
        md: Length(64) = "12px",
        lg: Length(64) = "16px",
        xl: Length(64) = "24px",
    }
}

token_group! {
    /// Roundness of corners, as CSS lengths; `full` makes a pill or a circle, which design systems write as 9999px.
    Radius at "radius" {
        sm: Length(9999) = "6px",
        md: Length(9999) = "12px",
        lg: Length(9999) = "18px",
        full: Length(9999) = "9999px",
    }
}

/// The corner of the page in which the launcher sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    #[default]
    BottomRight,
    BottomLeft,
}

impl Position {
    /// The words, in the order in which a form offers them.
    pub const WORDS: [&str; 2] = ["bottom_right", "bottom_left"];

    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::BottomRight => "bottom_right",
            Self::BottomLeft => "bottom_left",
        }
    }
}

/// Size and place of the widget. `width` and `height` are those of the open panel, `offset` its distance from the corner.
///
/// The widget is a guest on the customer's page. With 24 px for its shadow the frame is at most 100 + 60 + 24 = 184 px wide and high
/// closed, and 600 + 60 + 24 = 684 by 900 + 60 + 24 = 984 px open; the loader holds it to the same (`shared/widget/src/protocol.ts`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    pub width: String,
    pub height: String,
    pub position: Position,
    pub launcher_size: String,
    pub offset: String,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            width: "380px".into(),
            height: "640px".into(),
            position: Position::default(),
            launcher_size: "60px".into(),
            offset: "20px".into(),
        }
    }
}

impl Layout {
    fn each(&self, visit: &mut impl FnMut(Token<'_>)) {
        let mut length = |name, most, value: &str| {
            visit(Token { path: &["layout", name], kind: TokenKind::Length(most), value });
        };
        length("width", 600, &self.width);
        length("height", 900, &self.height);
        length("launcher_size", 100, &self.launcher_size);
        length("offset", 60, &self.offset);
        visit(Token {
            path: &["layout", "position"],
            kind: TokenKind::Position,
            value: self.position.word(),
        });
    }
}

/// The two palettes. Which one shows is decided by the page, the visitor's system and `theme_mode`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColorModes {
    pub light: Palette,
    pub dark: Palette,
}

impl Default for ColorModes {
    fn default() -> Self {
        Self { light: Palette::light(), dark: Palette::dark() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    pub color: ColorModes,
    pub typography: Typography,
    pub spacing: Spacing,
    pub radius: Radius,
    pub layout: Layout,
}

impl Tokens {
    /// Every token in the order of the document, colours first, light before dark.
    pub fn each(&self, mut visit: impl FnMut(Token<'_>)) {
        for (mode, palette) in [("light", &self.color.light), ("dark", &self.color.dark)] {
            for (name, value) in palette.entries() {
                visit(Token { path: &["color", mode, name], kind: TokenKind::Color, value });
            }
        }
        self.typography.each(&mut visit);
        self.spacing.each(&mut visit);
        self.radius.each(&mut visit);
        self.layout.each(&mut visit);
    }
}
