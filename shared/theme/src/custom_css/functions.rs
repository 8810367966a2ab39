//! The functions that CSS may call. This is a list of the accepted ones, so that a new function is refused until it has been
//! reviewed.

use cssparser::match_ignore_ascii_case;

/// How the scan treats a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FunctionKind {
    /// Computes a value or matches elements; takes no URL.
    Plain,
    /// `url()`: one string, which is a URL.
    Url,
    /// `image-set()` and the like: every string directly or deeper inside is a URL.
    ImageChoice,
    /// `var()` and `env()`: replaced by text from somewhere else.
    Reference,
    Attr,
    /// `expression()`.
    Script,
    Unknown,
}

pub(super) fn function_kind(name: &str) -> FunctionKind {
    // Without a copy: nearly every value with a function is checked here.
    match_ignore_ascii_case! { name,
        "url" => FunctionKind::Url,
        "image-set" | "-webkit-image-set" | "cross-fade" | "-webkit-cross-fade" => FunctionKind::ImageChoice,
        "var" | "env" => FunctionKind::Reference,
        "attr" => FunctionKind::Attr,
        "expression" => FunctionKind::Script,
        _ => match PLAIN.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            true => FunctionKind::Plain,
            false => FunctionKind::Unknown,
        },
    }
}

/// Deliberately not in the list: `src()`, `image()`, `element()`, `-moz-element()`, `paint()`, `if()`, `url-prefix()`,
/// `alpha()` and `progid`, custom functions `--x()`. `atan2()` is not in it either: lightningcss tries its first argument as
/// ten types in turn, so eight of them nested take minutes.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    // arithmetic
    "calc", "-webkit-calc", "min", "max", "clamp", "round", "mod", "rem", "sin", "cos", "tan", "asin", "acos", "atan",
    "pow", "sqrt", "hypot", "log", "exp", "abs", "sign", "calc-size", "anchor", "anchor-size",
    // colours
    "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix", "light-dark",
    // gradients, and inside image-set()
    "linear-gradient", "radial-gradient", "conic-gradient", "repeating-linear-gradient", "repeating-radial-gradient",
    "repeating-conic-gradient", "-webkit-linear-gradient", "-webkit-radial-gradient", "-moz-linear-gradient",
    "-moz-radial-gradient", "-o-linear-gradient", "-webkit-gradient", "from", "to", "color-stop", "type",
    // transforms
    "matrix", "matrix3d", "perspective", "rotate", "rotate3d", "rotatex", "rotatey", "rotatez", "scale", "scale3d",
    "scalex", "scaley", "scalez", "skew", "skewx", "skewy", "translate", "translate3d", "translatex", "translatey",
    "translatez",
    // filters
    "blur", "brightness", "contrast", "drop-shadow", "grayscale", "hue-rotate", "invert", "opacity", "saturate", "sepia",
    // shapes
    "circle", "ellipse", "inset", "path", "polygon", "rect", "shape", "xywh", "ray",
    // time
    "cubic-bezier", "linear", "steps", "frames", "scroll", "view",
    // layout and text
    "fit-content", "minmax", "repeat", "counter", "counters", "symbols", "stylistic", "styleset", "character-variant",
    "swash", "ornaments", "annotation",
    // fonts in @font-face
    "format", "tech", "local",
    // conditions
    "selector", "style", "scroll-state", "font-tech", "font-format", "not", "and", "or", "layer", "supports",
    // selectors; which of them may be used where is decided on the parsed selector
    "is", "where", "has", "-webkit-any", "-moz-any", "any", "matches", "nth-child", "nth-last-child", "nth-of-type",
    "nth-last-of-type", "nth-col", "nth-last-col", "lang", "dir", "host", "host-context", "state", "part", "slotted", "cue",
    "cue-region", "highlight", "picker", "view-transition-group", "view-transition-image-pair", "view-transition-old",
    "view-transition-new", "active-view-transition-type", "global", "local", "current",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_known_in_any_case_and_unknown_ones_are_not_plain() {
        assert_eq!(function_kind("CALC"), FunctionKind::Plain);
        assert_eq!(function_kind("Url"), FunctionKind::Url);
        for unknown in ["src", "image", "element", "paint", "--own", "alpha", ""] {
            assert_eq!(function_kind(unknown), FunctionKind::Unknown, "{unknown}");
        }
    }
}
