//! Reading a theme, and changing one by JSON merge patch (RFC 7396).

use crate::{
    brand::theme::{Fault, Theme, shape},
    reason::Reason,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

impl Theme {
    /// Reads a theme. A field that is missing or `null` has its default.
    ///
    /// # Errors
    /// Every unknown field, wrong type, bad word and broken length, at most [`super::MAX_FAULTS`] of them.
    pub fn parse(document: &Value) -> Result<Self, Vec<Fault>> {
        Self::default().patched(document)
    }

    /// The theme after a JSON merge patch (RFC 7396). `null` takes a field away: a token, a text or a whole group goes
    /// back to its default, an optional is cleared.
    ///
    /// # Errors
    /// A patch that is not an object; every unknown field (also with `null`: it is a slip of the pen), wrong type, bad
    /// word and broken length, at most [`super::MAX_FAULTS`] of them. The theme itself is left as it was.
    pub fn patched(&self, patch: &Value) -> Result<Self, Vec<Fault>> {
        if !patch.is_object() {
            return Err(vec![Fault::new(
                "",
                Reason::WrongType,
                "must be an object: a JSON merge patch of the theme",
            )]);
        }
        let default = Self::default().to_value();
        let mut faults = Vec::new();
        shape::check_fields(&default, patch, "", &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut whole = self.to_value();
        json_patch::merge(&mut whole, patch);
        restore_missing(&mut whole, &default);
        shape::check_values(&whole, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        Self::from_whole(whole)
    }

    /// The document as REST shows it: every field present.
    #[must_use]
    pub fn to_value(&self) -> Value {
        // Invariant: a theme holds only strings, booleans and words under string keys, which always serialise.
        serde_json::to_value(self).unwrap_or_default()
    }

    fn from_whole(mut whole: Value) -> Result<Self, Vec<Fault>> {
        Ok(Self {
            tokens: field(&mut whole, "tokens")?,
            texts: field(&mut whole, "texts")?,
            assets: field(&mut whole, "assets")?,
            powered_by: field(&mut whole, "powered_by")?,
            theme_mode: field(&mut whole, "theme_mode")?,
            custom_css: field(&mut whole, "custom_css")?,
        })
    }
}

impl TryFrom<Value> for Theme {
    type Error = String;

    /// For serde: the same rules as [`Theme::parse`], the faults in one line.
    fn try_from(document: Value) -> Result<Self, String> {
        Self::parse(&document).map_err(|faults| {
            faults
                .iter()
                .map(|fault| format!("{} {}", fault.pointer, fault.detail))
                .collect::<Vec<_>>()
                .join("; ")
        })
    }
}

/// Puts back from `default` what a `null` in the patch took away.
fn restore_missing(whole: &mut Value, default: &Value) {
    let (Some(fields), Some(defaults)) = (whole.as_object_mut(), default.as_object()) else { return };
    for (key, value) in defaults {
        let field = fields.entry(key).or_insert_with(|| match value {
            Value::Object(_) => Value::Object(Map::new()),
            leaf => leaf.clone(),
        });
        restore_missing(field, value);
    }
}

fn field<T: DeserializeOwned>(whole: &mut Value, name: &str) -> Result<T, Vec<Fault>> {
    let value = whole.get_mut(name).map(Value::take).unwrap_or_default();
    serde_json::from_value(value)
        .map_err(|cause| vec![Fault::new(format!("/{name}"), Reason::WrongShape, cause.to_string())])
}

#[cfg(test)]
mod tests {
    use super::super::{MAX_CUSTOM_CSS_BYTES, MAX_FAULTS, MAX_TOKEN_CHARS, ThemeMode};
    use super::*;
    use serde_json::json;

    fn patched(patch: Value) -> Theme {
        Theme::default().patched(&patch).expect("a good patch")
    }

    fn pointers(patch: &Value) -> Vec<String> {
        Theme::default().patched(patch).expect_err("a bad patch").into_iter().map(|f| f.pointer).collect()
    }

    #[test]
    fn writing_a_theme_and_reading_it_back_changes_nothing() {
        let theme = patched(json!({
            "tokens": { "color": { "light": { "primary": "#f00" } }, "layout": { "position": "bottom_left" } },
            "texts": { "greeting": "Zwei\nZeilen 👋" }, "assets": { "logo": "https://acme.test/l.png" },
            "powered_by": false, "theme_mode": "dark", "custom_css": ".livery-send{color:red}",
        }));
        assert_ne!(theme, Theme::default());
        assert_eq!(Theme::parse(&theme.to_value()), Ok(theme.clone()));
        let text = serde_json::to_string(&theme).expect("serialises");
        assert_eq!(serde_json::from_str::<Theme>(&text).expect("parses"), theme);
        assert_eq!(Theme::parse(&json!({})), Ok(Theme::default()));
    }

    #[test]
    fn null_resets_a_token_a_group_and_an_optional() {
        let red = patched(json!({
            "tokens": { "color": { "light": { "primary": "#f00", "link": "#00f" } }, "radius": { "md": "0" } },
            "assets": { "logo": "https://acme.test/l.png", "favicon": "https://acme.test/f.png" },
        }));
        let back = red
            .patched(&json!({
                "tokens": { "color": { "light": { "primary": null } }, "radius": null }, "assets": { "logo": null },
            }))
            .expect("a good patch");
        let default = Theme::default();
        assert_eq!(back.tokens.color.light.primary, default.tokens.color.light.primary);
        assert_eq!(back.tokens.color.light.link, "#00f");
        assert_eq!(back.tokens.radius, default.tokens.radius);
        assert_eq!((back.assets.logo, back.assets.favicon), (None, Some("https://acme.test/f.png".into())));
        assert_eq!(red.patched(&json!({ "tokens": null, "assets": null })), Ok(default));
    }

    #[test]
    fn every_fault_of_a_patch_is_reported_with_its_pointer() {
        assert_eq!(
            pointers(&json!({
                "tokens": { "color": { "light": { "primry": "#f00", "a/b": 1 }, "dark": [] }, "radius": { "md": 4 } },
                "powered_by": "yes", "nonsense": null, "assets": { "logo": false },
            })),
            [
                "/assets/logo",
                "/nonsense",
                "/powered_by",
                "/tokens/color/dark",
                "/tokens/color/light/a~1b",
                "/tokens/color/light/primry",
                "/tokens/radius/md",
            ]
        );
        assert_eq!(
            pointers(&json!({
                "tokens": { "color": { "dark": { "border": "" } }, "layout": { "position": "top" }, "spacing": { "xs": "1\u{0}px" } },
                "theme_mode": "night", "texts": { "title": "a\nb", "greeting": "g".repeat(501) },
                "assets": { "favicon": "http://acme.test/f.ico" }, "custom_css": "x".repeat(MAX_CUSTOM_CSS_BYTES + 1),
            })),
            [
                "/tokens/color/dark/border",
                "/tokens/spacing/xs",
                "/tokens/layout/position",
                "/theme_mode",
                "/texts/title",
                "/texts/greeting",
                "/assets/favicon",
                "/custom_css",
            ]
        );
    }

    #[test]
    fn a_patch_that_is_not_an_object_is_a_fault() {
        for patch in [json!(null), json!([]), json!("red"), json!(1), json!(true)] {
            assert_eq!(pointers(&patch), [""], "{patch}");
        }
    }

    #[test]
    fn lengths_are_allowed_up_to_the_limit_and_not_one_more() {
        let color =
            |length: usize| json!({ "tokens": { "color": { "light": { "primary": "f".repeat(length) } } } });
        assert!(Theme::default().patched(&color(MAX_TOKEN_CHARS)).is_ok());
        assert_eq!(pointers(&color(MAX_TOKEN_CHARS + 1)), ["/tokens/color/light/primary"]);
        // Characters are counted, not bytes.
        assert!(Theme::default().patched(&json!({ "texts": { "title": "あ".repeat(80) } })).is_ok());
        let css = "x".repeat(MAX_CUSTOM_CSS_BYTES);
        assert!(Theme::default().patched(&json!({ "custom_css": css })).is_ok());
    }

    #[test]
    fn a_flood_of_bad_fields_gives_a_bounded_answer() {
        let fields: Map<_, _> = (0..50_000).map(|i| (format!("field{i}"), json!(i))).collect();
        assert_eq!(pointers(&Value::Object(fields)).len(), MAX_FAULTS);
    }

    #[test]
    fn a_very_deep_patch_is_refused_without_following_it() {
        let mut deep = json!("#f00");
        for _ in 0..2_000 {
            deep = json!({ "tokens": deep });
        }
        assert_eq!(pointers(&deep), ["/tokens/tokens"]);
    }

    #[test]
    fn serde_reads_by_the_same_rules() {
        assert!(serde_json::from_value::<Theme>(json!({ "theme_mode": "night" })).is_err());
        assert_eq!(
            serde_json::from_value::<Theme>(json!({ "theme_mode": "dark" })).expect("reads").theme_mode,
            ThemeMode::Dark
        );
    }
}
