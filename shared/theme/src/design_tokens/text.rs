//! A design token's value as the text of a theme's token.

use livery_domain::brand::theme::TokenKind;
use serde_json::{Map, Value};

/// The text for the theme's token, or `None` if the value has another type. It is not yet checked as CSS.
pub(super) fn text_of(kind: TokenKind, value: &Value) -> Option<String> {
    match kind {
        TokenKind::Color => match value {
            Value::String(text) => Some(text.clone()),
            Value::Object(parts) => color(parts),
            _ => None,
        },
        TokenKind::Length(_) | TokenKind::SignedLength(_) => match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(format!("{}px", short(number.as_f64()?))),
            Value::Object(parts) => {
                let unit = parts.get("unit")?.as_str().filter(|unit| ["px", "rem", "em"].contains(unit))?;
                Some(format!("{}{unit}", short(parts.get("value")?.as_f64()?)))
            }
            _ => None,
        },
        TokenKind::FontFamily => font_stack(value),
        TokenKind::Number(_) => match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(short(number.as_f64()?)),
            _ => None,
        },
        TokenKind::FontWeight => match value {
            Value::String(name) => Some(weight(name).map_or_else(|| name.clone(), str::to_owned)),
            Value::Number(number) => Some(short(number.as_f64()?)),
            _ => None,
        },
        TokenKind::Position => value.as_str().map(str::to_owned),
    }
}

/// A number with at most five decimals and no zeros at the end.
fn short(number: f64) -> String {
    let text = format!("{number:.5}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.to_owned() }
}

/// The 2025 form: `{ "colorSpace": "srgb", "components": [0.2, 0.4, 1], "alpha": 1, "hex": "#3366ff" }`.
fn color(parts: &Map<String, Value>) -> Option<String> {
    let alpha =
        parts.get("alpha").map_or(Some(1.0), Value::as_f64).filter(|alpha| (0.0..=1.0).contains(alpha))?;
    let space = parts.get("colorSpace")?.as_str()?;
    if let (Some(hex), "srgb" | "hsl" | "hwb") = (parts.get("hex").and_then(Value::as_str), space)
        && alpha >= 1.0
    {
        return Some(hex.to_owned());
    }
    let components = parts.get("components")?.as_array().filter(|components| components.len() == 3)?;
    let component = |index: usize, unit: &str| match components.get(index)? {
        Value::String(none) if none == "none" => Some("none".to_owned()),
        Value::Number(number) => Some(format!("{}{unit}", short(number.as_f64()?))),
        _ => None,
    };
    let of = |units: [&str; 3]| {
        Some([component(0, units[0])?, component(1, units[1])?, component(2, units[2])?].join(" "))
    };
    let alpha = if alpha < 1.0 { format!(" / {}", short(alpha)) } else { String::new() };
    match space {
        "hsl" | "hwb" => Some(format!("{space}({}{alpha})", of(["", "%", "%"])?)),
        "lab" | "lch" | "oklab" | "oklch" => {
            // Lightness is 0 to 100 in lab and lch, 0 to 1 in their ok kin; CSS reads both so.
            Some(format!("{space}({}{alpha})", of(["", "", ""])?))
        }
        "srgb" => {
            let percent = |index: usize| match components.get(index)? {
                Value::Number(number) => Some(format!("{}%", short(number.as_f64()? * 100.0))),
                _ => component(index, ""),
            };
            Some(format!("rgb({} {} {}{alpha})", percent(0)?, percent(1)?, percent(2)?))
        }
        "srgb-linear" | "display-p3" | "a98-rgb" | "prophoto-rgb" | "rec2020" | "xyz" | "xyz-d50"
        | "xyz-d65" => Some(format!("color({space} {}{alpha})", of(["", "", ""])?)),
        _ => None,
    }
}

fn font_stack(value: &Value) -> Option<String> {
    match value {
        Value::String(stack) => Some(stack.clone()),
        Value::Array(names) => {
            let names: Option<Vec<_>> = names.iter().map(|name| name.as_str().map(font_name)).collect();
            names.map(|names| names.join(", "))
        }
        _ => None,
    }
}

/// A name of several words is quoted. Some sets put a whole stack into one entry: that is not changed.
fn font_name(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.contains([',', '"', '\''])
        || (name.chars().all(plain) && !name.starts_with(|c: char| c.is_ascii_digit()))
    {
        name.to_owned()
    } else {
        format!("\"{name}\"")
    }
}

/// The names of the format and those in common use (CSS Fonts 4, "common weight name mapping"); `normal` and `bold` are
/// CSS as they are.
fn weight(name: &str) -> Option<&'static str> {
    let name: String = name.to_ascii_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    Some(match name.as_str() {
        "thin" | "hairline" => "100",
        "extralight" | "ultralight" => "200",
        "light" => "300",
        "regular" | "book" => "400",
        "medium" => "500",
        "semibold" | "demibold" => "600",
        "extrabold" | "ultrabold" => "800",
        "black" | "heavy" => "900",
        "extrablack" | "ultrablack" => "950",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn old_and_new_forms_give_the_text_of_a_token() {
        for (kind, value, text) in [
            (TokenKind::Color, json!("#36f"), "#36f"),
            (
                TokenKind::Color,
                json!({"colorSpace": "srgb", "components": [0.2, 0.4, 1], "alpha": 1, "hex": "#3366ff"}),
                "#3366ff",
            ),
            (
                TokenKind::Color,
                json!({"colorSpace": "srgb", "components": [0.2, 0.4, 1], "alpha": 0.5, "hex": "#3366ff"}),
                "rgb(20% 40% 100% / 0.5)",
            ),
            (
                TokenKind::Color,
                json!({"colorSpace": "hsl", "components": [137.1, 62.9, 32.7]}),
                "hsl(137.1 62.9% 32.7%)",
            ),
            (
                TokenKind::Color,
                json!({"colorSpace": "oklch", "components": [0.62, "none", 260]}),
                "oklch(0.62 none 260)",
            ),
            (TokenKind::Length(64), json!({"value": 0.3333333, "unit": "rem"}), "0.33333rem"),
            (TokenKind::Length(64), json!(4), "4px"),
            (TokenKind::FontFamily, json!(["Open Sans", "system-ui"]), "\"Open Sans\", system-ui"),
            (TokenKind::FontFamily, json!(["'Mona Sans VF', sans-serif"]), "'Mona Sans VF', sans-serif"),
            (TokenKind::FontWeight, json!("Semi Bold"), "600"),
            (TokenKind::FontWeight, json!(450), "450"),
            (TokenKind::Number(64), json!(1.5), "1.5"),
        ] {
            assert_eq!(text_of(kind, &value).as_deref(), Some(text), "{value}");
        }
    }

    #[test]
    fn a_value_of_another_shape_gives_nothing() {
        for (kind, value) in [
            (TokenKind::Color, json!(7)),
            (TokenKind::Color, json!({"components": [0, 0, 0]})),
            (TokenKind::Color, json!({"colorSpace": "srgb", "components": [0, 0]})),
            (TokenKind::Color, json!({"colorSpace": "srgb", "components": [0, 0, 0], "alpha": 7})),
            (TokenKind::Color, json!({"colorSpace": "cmyk", "components": [0, 0, 0]})),
            (TokenKind::Color, json!({"colorSpace": "lab", "components": [0, "all", 0]})),
            (TokenKind::Length(64), json!({"value": 1, "unit": "furlong"})),
            (TokenKind::FontFamily, json!([1])),
            (TokenKind::Number(64), json!(null)),
        ] {
            assert_eq!(text_of(kind, &value), None, "{value}");
        }
    }
}
