//! One theme, one stylesheet.

use crate::{
    custom_css::{compile_once, settle},
    fault::CssFault,
    value::print_value,
};
use livery_domain::{
    brand::theme::{Fault, MAX_FAULTS, Theme, Token, TokenKind, child_pointer},
    hash::content_hash,
};

/// A compiled theme, which `/b/{hash}.css` serves as `text/css; charset=utf-8`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stylesheet {
    /// Minified; at most [`crate::MAX_SHEET_BYTES`]; the same theme gives the same bytes.
    pub css: String,
    /// SHA-256 of the bytes of `css`, base64url without padding, 43 characters.
    pub hash: String,
}

/// Compiles a theme: the tokens as custom properties on `.livery`, light by default, dark when the visitor's system or
/// `data-theme` selects it; then the custom CSS, scoped under `.livery`.
///
/// # Errors
/// Every token that is invalid, and everything in the custom CSS that is refused, in the order of the document; at most
/// [`MAX_FAULTS`] of each.
pub fn compile(theme: &Theme) -> Result<Stylesheet, Vec<CssFault>> {
    let mut faults = Vec::new();
    let tokens = print_tokens(theme, &mut faults);
    let custom = compile_once(&theme.custom_css).unwrap_or_else(|refused| {
        faults.extend(refused);
        String::new()
    });
    if !faults.is_empty() {
        return Err(faults);
    }
    // The whole sheet is compiled once more, so that the bytes that are served are an output of the same checks.
    let css = settle(tokens + &custom)?;
    let hash = content_hash(css.as_bytes());
    Ok(Stylesheet { css, hash })
}

/// Declarations of one rule, `--livery-…:value` each.
#[derive(Default)]
struct Declarations(Vec<String>);

impl Declarations {
    fn block(&self) -> String {
        format!("{{{}}}", self.0.join(";"))
    }
}

fn print_tokens(theme: &Theme, faults: &mut Vec<CssFault>) -> String {
    let mut light = Declarations(vec!["color-scheme:light".into()]);
    let mut dark = Declarations(vec!["color-scheme:dark".into()]);
    theme.tokens.each(|token| match print_value(token.kind, token.value) {
        Ok(_) if token.kind == TokenKind::Position => {}
        Ok(value) => {
            let in_dark = token.path.get(1) == Some(&"dark");
            let mode = if in_dark { &mut dark } else { &mut light };
            mode.0.push(format!("{}:{value}", property(token)));
        }
        Err(fault) if faults.len() < MAX_FAULTS => {
            let pointer =
                token.path.iter().fold("/tokens".into(), |at: String, step| child_pointer(&at, step));
            faults.push(CssFault::Token(Fault::new(pointer, fault.reason, fault.detail)));
        }
        Err(_) => {}
    });
    let (light, dark) = (light.block(), dark.block());
    format!(
        ".livery{light}@media (prefers-color-scheme:dark){{.livery:not([data-theme=light]){dark}}}\
         .livery[data-theme=dark]{dark}"
    )
}

/// The custom property of a token: `/color/light/on_primary` is `--livery-color-on-primary`, `/spacing/md` is
/// `--livery-space-md`; typography and layout have no group prefix, since their names are clear without it.
fn property(token: Token<'_>) -> String {
    let name = token.path.last().copied().unwrap_or_default().replace('_', "-");
    match token.path.first().copied() {
        Some("color") => format!("--livery-color-{name}"),
        Some("spacing") => format!("--livery-space-{name}"),
        Some("radius") => format!("--livery-radius-{name}"),
        _ => format!("--livery-{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile_custom_css;
    use livery_domain::{brand::theme::Palette, hash::is_content_hash, reason::Reason};

    fn css(theme: &Theme) -> String {
        compile(theme).unwrap_or_else(|faults| panic!("{faults:?}")).css
    }

    #[test]
    fn the_default_theme_compiles_to_custom_properties_light_and_dark() {
        let css = css(&Theme::default());
        for wanted in [
            ".livery{color-scheme:light;--livery-color-primary:#4338ca;",
            "--livery-color-on-primary:#fff;",
            "--livery-font-family:",
            "--livery-font-size-base:16px;",
            "--livery-line-height:1.5;",
            "--livery-letter-spacing:0;",
            "--livery-space-md:12px;",
            "--livery-radius-full:9999px;",
            "--livery-width:380px;",
            "--livery-launcher-size:60px;",
            "@media (prefers-color-scheme:dark){.livery:not([data-theme=light]){color-scheme:dark;--livery-color-primary:#a5b4fc;",
            "}}.livery[data-theme=dark]{color-scheme:dark;--livery-color-primary:#a5b4fc;",
        ] {
            assert!(css.contains(wanted), "{wanted} is not in {css}");
        }
        assert!(!css.contains("bottom") && !css.contains('\n') && !css.contains('<'));
        for name in Palette::NAMES {
            let property = format!("--livery-color-{}:", name.replace('_', "-"));
            assert_eq!(css.matches(&property).count(), 3, "{property}");
        }
    }

    #[test]
    fn the_hash_is_that_of_the_bytes_and_the_same_theme_gives_the_same() {
        let theme = Theme { custom_css: ".a{color:red}".into(), ..Theme::default() };
        let sheet = compile(&theme).expect("compiles");
        assert!(is_content_hash(&sheet.hash));
        assert_eq!(sheet.hash, content_hash(sheet.css.as_bytes()));
        assert_eq!(compile(&theme), Ok(sheet.clone()));
        assert_ne!(compile(&Theme::default()).expect("compiles").hash, sheet.hash);
    }

    #[test]
    fn the_whole_sheet_compiles_to_itself() {
        let theme = Theme {
            custom_css: ".livery{color:red}.livery[data-theme=dark]{color:blue}".into(),
            ..Theme::default()
        };
        let whole = css(&theme);
        assert!(whole.ends_with(".livery{color:red}.livery[data-theme=dark]{color:#00f}"));
        assert_eq!(compile_custom_css(&whole), Ok(whole));
    }

    #[test]
    fn a_length_beyond_its_bound_is_a_fault_at_its_pointer_and_one_that_is_not_known_here_is_held_to_it() {
        let mut theme = Theme::default();
        theme.tokens.layout.launcher_size = "100000px".into();
        theme.tokens.spacing.xl = "9rem".into();
        let faults = compile(&theme).expect_err("refused");
        let told: Vec<_> = faults
            .iter()
            .map(|fault| match fault {
                CssFault::Token(fault) => (fault.pointer.as_str(), fault.reason, fault.detail.as_str()),
                CssFault::Custom(fault) => panic!("{fault:?}"),
            })
            .collect();
        let most = |pointer, px| (pointer, Reason::OutOfRange, px);
        assert_eq!(
            told,
            [
                most("/tokens/spacing/xl", "is more than 64px, the most that is taken"),
                most("/tokens/layout/launcher_size", "is more than 100px, the most that is taken"),
            ]
        );
        theme = Theme::default();
        theme.tokens.layout.launcher_size = "100vmax".into();
        theme.tokens.layout.width = "calc(100vw + 99999px)".into();
        let css = css(&theme);
        assert!(css.contains("--livery-launcher-size:min(100vmax,100px)"), "{css}");
        assert!(css.contains("--livery-width:min(calc(100vw + 99999px),600px)"), "{css}");
    }

    #[test]
    fn faults_of_tokens_and_of_custom_css_come_together() {
        let mut theme = Theme { custom_css: "\n @import 'x';".into(), ..Theme::default() };
        theme.tokens.color.dark.on_primary = "red;}body{display:none".into();
        theme.tokens.layout.width = "wide".into();
        let faults = compile(&theme).expect_err("refused");
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(
            said[0].starts_with("/tokens/color/dark/on_primary is not a concrete CSS colour"),
            "{}",
            said[0]
        );
        assert!(said[1].starts_with("/tokens/layout/width is not a CSS length"), "{}", said[1]);
        assert!(said[2].starts_with("2:2 import_refused"), "{}", said[2]);
    }
}
