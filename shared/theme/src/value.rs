//! Design tokens as CSS values: each is parsed as the type of its token, and printed from the parsed value.

use cssparser::{ParseError, Parser, ParserInput, Token as CssToken};
use lightningcss::{
    properties::font::{AbsoluteFontWeight, FontFamily, FontWeight},
    stylesheet::PrinterOptions,
    traits::{Parse, ToCss},
    values::{
        calc::Calc,
        color::CssColor,
        length::{Length, LengthValue},
        number::CSSNumber,
    },
};
use livery_domain::{brand::theme::TokenKind, reason::Reason};

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

/// CSS pixels that `1em` and `1rem` count as where a length is compared with its bound: what browsers begin with.
const FONT_SIZE_PX: f32 = 16.0;

/// Why a token's text is not taken: for a program, and for a person.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unusable {
    pub reason: Reason,
    pub detail: String,
}

/// The value of a token in its shortest spelling. A length that only the browser can know (`10vw`, a `calc()`) is printed with its
/// bound: `min(10vw,100px)`.
///
/// # Errors
/// Which values the token accepts, or its bound.
pub(crate) fn print_value(kind: TokenKind, text: &str) -> Result<String, Unusable> {
    let refused = || Unusable { reason: Reason::InvalidValue, detail: format!("is not {}", wanted(kind)) };
    if !has_only_known_functions(text) {
        return Err(refused());
    }
    match kind {
        TokenKind::Color => concrete_color(text),
        TokenKind::FontFamily => font_stack(text),
        TokenKind::Length(most) => match length(text).filter(|length| !is_negative(length)) {
            Some(length) => bounded(&length, most, false)?,
            None => None,
        },
        TokenKind::SignedLength(most) => match length(text) {
            Some(length) => bounded(&length, most, true)?,
            None => None,
        },
        TokenKind::Number(most) => match CSSNumber::parse_string(text).ok().filter(|n| *n >= 0.0) {
            Some(number) if number > f32::from(most) => return Err(beyond(most, "")),
            number => number.as_ref().and_then(print),
        },
        TokenKind::FontWeight => font_weight(text),
        TokenKind::Position => Some(text.to_owned()),
    }
    // A font's name may hold anything in quotes; no sheet holds a less-than sign.
    .filter(|css| !css.contains('<'))
    .ok_or_else(refused)
}

fn beyond(most: u16, unit: &str) -> Unusable {
    Unusable {
        reason: Reason::OutOfRange,
        detail: format!("is more than {most}{unit}, the most that is taken"),
    }
}

/// The text of a length that is within its bound, or is held to it where it is used.
fn bounded(length: &Length, most: u16, signed: bool) -> Result<Option<String>, Unusable> {
    let pixels = match length {
        Length::Value(LengthValue::Em(value) | LengthValue::Rem(value)) => Some(value * FONT_SIZE_PX),
        Length::Value(value) => value.to_px(),
        Length::Calc(_) => None,
    };
    let Some(css) = print(length) else { return Ok(None) };
    match pixels {
        Some(pixels) if pixels.abs() > f32::from(most) => Err(beyond(most, "px")),
        Some(_) => Ok(Some(css)),
        None if signed => Ok(Some(format!("clamp(-{most}px,{css},{most}px)"))),
        None => Ok(Some(format!("min({css},{most}px)"))),
    }
}

fn wanted(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Color => "a concrete CSS colour such as #3b82f6, rgb(59 130 246) or oklch(62% .19 260)",
        TokenKind::FontFamily => "a list of font names such as \"Inter\", system-ui, sans-serif",
        TokenKind::Length(_) => "a CSS length of zero or more with its unit, such as 16px or 1rem",
        TokenKind::SignedLength(_) => "a CSS length with its unit, such as -0.01em or 0",
        TokenKind::Number(_) => "a plain number of zero or more, such as 1.5",
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
        print_value(kind, text).unwrap_or_else(|fault| panic!("{text:?} {fault:?}"))
    }

    #[test]
    fn a_token_is_printed_in_its_shortest_spelling() {
        for (kind, text, css) in [
            (TokenKind::Color, "#FF0000", "red"),
            (TokenKind::Color, "rgb(59 130 246 / 50%)", "#3b82f680"),
            (TokenKind::Color, "oklch(62% 0.19 260)", "oklch(62% .19 260)"),
            (TokenKind::Color, "color-mix(in srgb, red, blue)", "purple"),
            (TokenKind::Length(100), "1.50rem", "1.5rem"),
            (TokenKind::Length(100), "0", "0"),
            // A bare number is read as pixels, and printed as such.
            (TokenKind::Length(100), "16", "16px"),
            (TokenKind::Length(100), "min(80px, 100vw)", "min(min(80px,100vw),100px)"),
            (TokenKind::SignedLength(8), "-0.010em", "-.01em"),
            (TokenKind::Number(4), "1.50", "1.5"),
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
            (TokenKind::Length(100), "-1px"),
            (TokenKind::Length(100), "50%"),
            (TokenKind::Length(100), "1e999px"),
            (TokenKind::Length(100), "attr(width px)"),
            (TokenKind::Number(4), "1.5em"),
            (TokenKind::Number(4), "-1"),
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
    fn a_length_is_refused_one_beyond_its_bound_in_whatever_unit_it_is_told() {
        for (kind, text) in [
            (TokenKind::Length(100), "100px"),
            (TokenKind::Length(100), "6.25rem"),
            (TokenKind::Length(100), "6.25em"),
            (TokenKind::Length(96), "1in"),
            (TokenKind::Length(100), "calc(50px + 50px)"),
            (TokenKind::Length(100), "1e2px"),
            (TokenKind::SignedLength(8), "-8px"),
            (TokenKind::SignedLength(8), "0.5em"),
            (TokenKind::Number(4), "4"),
        ] {
            assert!(print_value(kind, text).is_ok(), "{text}: {:?}", print_value(kind, text));
        }
        for (kind, text) in [
            (TokenKind::Length(100), "101px"),
            (TokenKind::Length(100), "100000px"),
            (TokenKind::Length(100), "100001"),
            (TokenKind::Length(100), "1e9px"),
            (TokenKind::Length(100), "6.3rem"),
            (TokenKind::Length(100), "100em"),
            (TokenKind::Length(95), "1in"),
            (TokenKind::Length(100), "10cm"),
            (TokenKind::Length(100), "calc(60px + 60px)"),
            (TokenKind::Length(100), "max(100px, 200px)"),
            (TokenKind::SignedLength(8), "-9px"),
            (TokenKind::SignedLength(8), "9px"),
            (TokenKind::Number(4), "4.1"),
            (TokenKind::Number(4), "1e38"),
        ] {
            let fault = print_value(kind, text).expect_err(text);
            assert_eq!(fault.reason, Reason::OutOfRange, "{text}: {fault:?}");
            assert!(fault.detail.starts_with("is more than "), "{}", fault.detail);
        }
    }

    #[test]
    fn a_length_that_only_the_browser_knows_is_printed_with_its_bound() {
        for (kind, text, css) in [
            (TokenKind::Length(100), "100vw", "min(100vw,100px)"),
            (TokenKind::Length(100), "9999ch", "min(9999ch,100px)"),
            (TokenKind::Length(100), "100cqmax", "min(100cqmax,100px)"),
            (TokenKind::Length(100), "calc(100vw + 9999px)", "min(calc(100vw + 9999px),100px)"),
            (TokenKind::Length(100), "max(9999px, 1vw)", "min(max(9999px,1vw),100px)"),
            (TokenKind::SignedLength(8), "calc(1vw - 9999px)", "clamp(-8px,calc(1vw - 9999px),8px)"),
        ] {
            assert_eq!(printed(kind, text), css);
        }
    }

    #[test]
    fn deep_brackets_in_a_token_are_refused() {
        assert_eq!(printed(TokenKind::Length(100), "calc(((1px)))"), "1px");
        assert!(print_value(TokenKind::Length(100), "calc((((1px))))").is_ok());
        assert!(print_value(TokenKind::Length(100), "calc(((((1px)))))").is_err());
        assert!(print_value(TokenKind::Length(100), &"(".repeat(100_000)).is_err());
    }
}
