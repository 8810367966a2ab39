//! Design tokens as CSS values: each is parsed as the type of its token, and printed from the parsed value.

use cssparser::{ParseError, Parser, ParserInput, Token as CssToken};
use lightningcss::{
    properties::font::{AbsoluteFontWeight, FontFamily, FontWeight},
    stylesheet::PrinterOptions,
    traits::{Parse, ToCss},
    values::{calc::Calc, color::CssColor, length::Length, number::CSSNumber},
};
use livery_domain::brand::theme::TokenKind;

/// Deepest brackets in a token: `color-mix(in srgb, rgb(calc(…)))` needs three. lightningcss tries a value as several types
/// in turn, so the work doubles or trebles with every level; this and the token's length keep it to microseconds.
const MAX_TOKEN_DEPTH: usize = 4;

/// Functions that a token may call: they all compute a concrete value, and none of them fetches or refers to anything.
const TOKEN_FUNCTIONS: &[&str] = &[
    "rgb",
    "rgba",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "oklab",
    "oklch",
    "color",
    "color-mix",
    "calc",
    "min",
    "max",
    "clamp",
];

/// The value of a token in its shortest spelling.
///
/// # Errors
/// A message that says which values the token accepts.
pub(crate) fn print_value(kind: TokenKind, text: &str) -> Result<String, String> {
    if !has_only_known_functions(text) {
        return Err(format!("is not {}", wanted(kind)));
    }
    match kind {
        TokenKind::Color => concrete_color(text),
        TokenKind::FontFamily => font_stack(text),
        TokenKind::Length => length(text).filter(|length| !is_negative(length)).as_ref().and_then(print),
        TokenKind::SignedLength => length(text).as_ref().and_then(print),
        TokenKind::Number => {
            CSSNumber::parse_string(text).ok().filter(|n| n.is_finite() && *n >= 0.0).as_ref().and_then(print)
        }
        TokenKind::FontWeight => font_weight(text),
        TokenKind::Position => Some(text.to_owned()),
    }
    // A font's name may hold anything in quotes; no sheet holds a less-than sign.
    .filter(|css| !css.contains('<'))
    .ok_or_else(|| format!("is not {}", wanted(kind)))
}

fn wanted(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Color => "a concrete CSS colour such as #3b82f6, rgb(59 130 246) or oklch(62% .19 260)",
        TokenKind::FontFamily => "a list of font names such as \"Inter\", system-ui, sans-serif",
        TokenKind::Length => "a CSS length of zero or more with its unit, such as 16px or 1rem",
        TokenKind::SignedLength => "a CSS length with its unit, such as -0.01em or 0",
        TokenKind::Number => "a plain number of zero or more, such as 1.5",
        TokenKind::FontWeight => "a font weight: normal, bold or a number from 1 to 1000",
        TokenKind::Position => "bottom_right or bottom_left",
    }
}

fn concrete_color(text: &str) -> Option<String> {
    match CssColor::parse_string(text).ok()? {
        // These mean something else wherever they are used, so there is no contrast to check and no dark counterpart.
        CssColor::CurrentColor | CssColor::LightDark(..) | CssColor::System(_) => None,
        color => print(&color),
    }
}

fn font_stack(text: &str) -> Option<String> {
    print(&Vec::<FontFamily>::parse_string(text).ok().filter(|stack| !stack.is_empty())?)
}

fn length(text: &str) -> Option<Length> {
    Length::parse_string(text).ok().filter(|length| match length {
        Length::Value(value) => value.to_unit_value().0.is_finite(),
        Length::Calc(calc) => !matches!(**calc, Calc::Number(_)),
    })
}

fn is_negative(length: &Length) -> bool {
    matches!(length, Length::Value(value) if value.to_unit_value().0 < 0.0)
}

fn font_weight(text: &str) -> Option<String> {
    match FontWeight::parse_string(text).ok()? {
        FontWeight::Absolute(AbsoluteFontWeight::Weight(weight)) if !(1.0..=1000.0).contains(&weight) => None,
        FontWeight::Bolder | FontWeight::Lighter => None,
        weight => print(&weight),
    }
}

fn print<T: ToCss>(value: &T) -> Option<String> {
    value.to_css_string(PrinterOptions { minify: true, ..PrinterOptions::default() }).ok()
}

fn has_only_known_functions(text: &str) -> bool {
    let mut input = ParserInput::new(text);
    walk(&mut Parser::new(&mut input), 0)
}

fn walk(parser: &mut Parser<'_, '_>, depth: usize) -> bool {
    loop {
        let opens = match parser.next_including_whitespace_and_comments() {
            Err(_) => return true,
            Ok(CssToken::Comment(_)) => return false,
            Ok(CssToken::Function(name)) => {
                if !TOKEN_FUNCTIONS.iter().any(|known| name.eq_ignore_ascii_case(known)) {
                    return false;
                }
                true
            }
            Ok(CssToken::ParenthesisBlock) => true,
            Ok(CssToken::SquareBracketBlock | CssToken::CurlyBracketBlock) => return false,
            Ok(_) => false,
        };
        if !opens {
            continue;
        }
        if depth == MAX_TOKEN_DEPTH {
            return false;
        }
        let inner: Result<bool, ParseError<'_, ()>> =
            parser.parse_nested_block(|nested| Ok(walk(nested, depth + 1)));
        if inner != Ok(true) {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(kind: TokenKind, text: &str) -> String {
        print_value(kind, text).unwrap_or_else(|detail| panic!("{text:?} {detail}"))
    }

    #[test]
    fn a_token_is_printed_in_its_shortest_spelling() {
        for (kind, text, css) in [
            (TokenKind::Color, "#FF0000", "red"),
            (TokenKind::Color, "rgb(59 130 246 / 50%)", "#3b82f680"),
            (TokenKind::Color, "oklch(62% 0.19 260)", "oklch(62% .19 260)"),
            (TokenKind::Color, "color-mix(in srgb, red, blue)", "purple"),
            (TokenKind::Length, "1.50rem", "1.5rem"),
            (TokenKind::Length, "0", "0"),
            // A bare number is read as pixels, and printed as such.
            (TokenKind::Length, "16", "16px"),
            (TokenKind::Length, "min(380px, 100vw)", "min(380px,100vw)"),
            (TokenKind::SignedLength, "-0.010em", "-.01em"),
            (TokenKind::Number, "1.50", "1.5"),
            (TokenKind::FontWeight, "bold", "700"),
            (TokenKind::FontFamily, "\"Inter\", 'Segoe UI', sans-serif", "Inter,Segoe UI,sans-serif"),
            (TokenKind::FontFamily, "'sans-serif'", "\"sans-serif\""),
        ] {
            assert_eq!(printed(kind, text), css);
        }
    }

    #[test]
    fn a_token_that_is_not_what_it_claims_to_be_is_refused() {
        for (kind, text) in [
            (TokenKind::Color, "red;}body{display:none"),
            (TokenKind::Color, "red}"),
            (TokenKind::Color, "red !important"),
            (TokenKind::Color, "url(//evil.test)"),
            (TokenKind::Color, "u\\72l(//evil.test)"),
            (TokenKind::Color, "var(--x)"),
            (TokenKind::Color, "rgb(var(--x))"),
            (TokenKind::Color, "expression(alert(1))"),
            (TokenKind::Color, "currentColor"),
            (TokenKind::Color, "Canvas"),
            (TokenKind::Color, "light-dark(red, blue)"),
            (TokenKind::Color, "inherit"),
            (TokenKind::Color, "#ff"),
            (TokenKind::Color, "red/*"),
            (TokenKind::Color, ""),
            (TokenKind::Length, "-1px"),
            (TokenKind::Length, "50%"),
            (TokenKind::Length, "1e999px"),
            (TokenKind::Length, "attr(width px)"),
            (TokenKind::Number, "1.5em"),
            (TokenKind::Number, "-1"),
            (TokenKind::FontWeight, "0"),
            (TokenKind::FontWeight, "1001"),
            (TokenKind::FontWeight, "bolder"),
            (TokenKind::FontFamily, "Inter; color: red"),
            (TokenKind::FontFamily, "Inter,"),
            (TokenKind::FontFamily, "url(x)"),
            (TokenKind::FontFamily, "</style>"),
            (TokenKind::FontFamily, "\"</style><script>\""),
        ] {
            assert!(print_value(kind, text).is_err(), "{text:?} gave {:?}", print_value(kind, text));
        }
    }

    #[test]
    fn deep_brackets_in_a_token_are_refused() {
        assert_eq!(printed(TokenKind::Length, "calc(((1px)))"), "1px");
        assert!(print_value(TokenKind::Length, "calc((((1px))))").is_ok());
        assert!(print_value(TokenKind::Length, "calc(((((1px)))))").is_err());
        assert!(print_value(TokenKind::Length, &"(".repeat(100_000)).is_err());
    }
}
