//! The colours of one mode, and the palettes a new brand starts with.

use serde::{Deserialize, Serialize};

/// One line per colour: name, default in light, default in dark.
macro_rules! palette {
    ($($(#[$doc:meta])* $name:ident $light:literal $dark:literal,)+) => {
        /// The colours of one mode. `on_x` is what is written on `x`, and reaches 4.5 : 1 on it in the defaults (WCAG AA).
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Palette { $($(#[$doc])* pub $name: String,)+ }

        impl Palette {
            /// Every colour's name, in the order of the document.
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];

            #[must_use]
            pub fn light() -> Self { Self { $($name: $light.into(),)+ } }

            #[must_use]
            pub fn dark() -> Self { Self { $($name: $dark.into(),)+ } }

            /// Name and value of every colour, in the order of the document.
            pub fn entries(&self) -> impl Iterator<Item = (&'static str, &str)> {
                [$((stringify!($name), self.$name.as_str()),)+].into_iter()
            }
        }
    };
}

palette! {
    /// The brand's colour: buttons, highlights.
    primary "#4338ca" "#a5b4fc",
    on_primary "#ffffff" "#1e1b4b",
    /// The second colour of the brand.
    secondary "#0f766e" "#5eead4",
    on_secondary "#ffffff" "#042f2e",
    /// Behind everything.
    background "#ffffff" "#0f172a",
    on_background "#111827" "#f1f5f9",
    /// Cards and the composer; `on_surface` is readable on `surface_alt` too.
    surface "#f9fafb" "#1e293b",
    surface_alt "#f3f4f6" "#334155",
    on_surface "#111827" "#f1f5f9",
    /// Times, hints: readable on `background` and both surfaces.
    text_muted "#4b5563" "#cbd5e1",
    border "#d1d5db" "#475569",
    /// Ring of the focused element: 3 : 1 on `background` (WCAG 1.4.11).
    focus "#2563eb" "#93c5fd",
    link "#1d4ed8" "#93c5fd",
    success "#15803d" "#4ade80",
    on_success "#ffffff" "#052e16",
    warning "#b45309" "#fbbf24",
    on_warning "#ffffff" "#422006",
    danger "#b91c1c" "#fca5a5",
    on_danger "#ffffff" "#450a0a",
    info "#0369a1" "#7dd3fc",
    on_info "#ffffff" "#082f49",
    header "#4338ca" "#1e1b4b",
    on_header "#ffffff" "#e0e7ff",
    visitor_bubble "#4338ca" "#4f46e5",
    on_visitor_bubble "#ffffff" "#ffffff",
    team_bubble "#f3f4f6" "#334155",
    on_team_bubble "#111827" "#f1f5f9",
    launcher "#4338ca" "#a5b4fc",
    on_launcher "#ffffff" "#1e1b4b",
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// WCAG 2.2, "relative luminance".
    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect(hex)) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn the_contrast_formula_agrees_with_the_known_ends() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 0.001);
    }

    #[test]
    fn every_default_text_colour_reaches_aa_on_what_it_is_written_on() {
        for (mode, palette) in [("light", Palette::light()), ("dark", Palette::dark())] {
            let colors: BTreeMap<_, _> = palette.entries().collect();
            let mut pairs: Vec<(&str, &str)> =
                colors.keys().filter_map(|on| Some((*on, on.strip_prefix("on_")?))).collect();
            assert_eq!(pairs.len(), 12, "an on_* colour was added or lost");
            pairs.push(("on_surface", "surface_alt"));
            for text in ["text_muted", "link"] {
                pairs.extend([(text, "background"), (text, "surface"), (text, "surface_alt")]);
            }
            for (text, ground) in pairs {
                let ratio = contrast(colors[text], colors[ground]);
                assert!(ratio >= 4.5, "{mode}: {text} on {ground} is {ratio:.2}");
            }
            let ring = contrast(colors["focus"], colors["background"]);
            assert!(ring >= 3.0, "{mode}: focus on background is {ring:.2}");
        }
    }

    #[test]
    fn a_palette_has_at_least_twenty_colours_and_the_modes_differ() {
        assert!(Palette::NAMES.len() >= 20);
        assert_eq!(Palette::light().entries().count(), Palette::NAMES.len());
        assert_ne!(Palette::light(), Palette::dark());
    }
}
