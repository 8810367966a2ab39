//! Brands made from the published token files of real design systems.

use livery_domain::brand::theme::Theme;
use livery_theme::{Import, compile, compile_custom_css, export_design_tokens, import_design_tokens};
use serde_json::{Value, json};

fn files(paths: &[&str]) -> Value {
    let mut all = json!({});
    for path in paths {
        let file: Value = serde_json::from_str(&crate::support::npm_file(path)).expect("JSON");
        json_patch::merge(&mut all, &file);
    }
    all
}

/// Imports, applies, compiles; checks `(pointer, token it comes from, text, declaration in the sheet)`.
fn brand(document: &Value, expected: &[(&str, &str, &str, &str)]) -> (Import, Theme) {
    let import = import_design_tokens(document).expect("a design tokens file");
    let theme = Theme::default().patched(&import.patch).expect("the patch fits a theme");
    let sheet = compile(&theme).expect("the brand compiles");
    assert_eq!(compile_custom_css(&sheet.css).as_ref(), Ok(&sheet.css));
    for (to, from, text, declaration) in expected {
        let mapped =
            import.mapped.iter().find(|mapped| mapped.to == *to).unwrap_or_else(|| panic!("no {to}"));
        assert_eq!(mapped.from, *from, "{to}");
        assert_eq!(import.patch.pointer(to), Some(&json!(text)), "{to}");
        assert!(sheet.css.contains(declaration), "{declaration} is not in {}", sheet.css);
    }
    (import, theme)
}

#[test]
fn figmas_simple_design_system_becomes_a_brand() {
    let set = |theme: &str| {
        let theme = format!("dtcg-examples/figma-sds/theme-{theme}.tokens.json");
        files(&[
            "dtcg-examples/figma-sds/color.tokens.json",
            &theme,
            "dtcg-examples/figma-sds/size.tokens.json",
            "dtcg-examples/figma-sds/typography.tokens.json",
        ])
    };
    let (import, _) = brand(
        &set("light"),
        &[
            (
                "/tokens/color/light/primary",
                "color.background.brand.$root",
                "#2c2c2c",
                "--livery-color-primary:#2c2c2c",
            ),
            (
                "/tokens/color/light/on_primary",
                "color.text.brand.on-brand",
                "#f5f5f5",
                "--livery-color-on-primary:#f5f5f5",
            ),
            (
                "/tokens/color/light/danger",
                "color.background.danger.$root",
                "#ec221f",
                "--livery-color-danger:#ec221f",
            ),
            (
                "/tokens/color/light/on_background",
                "color.text.default.$root",
                "#1e1e1e",
                "--livery-color-on-background:#1e1e1e",
            ),
            ("/tokens/radius/md", "size.radius.200", "0.5rem", "--livery-radius-md:.5rem"),
            ("/tokens/spacing/xl", "size.space.600", "1.5rem", "--livery-space-xl:1.5rem"),
            (
                "/tokens/typography/font_family",
                "typography.family.sans",
                "inter, sans-serif",
                "--livery-font-family:inter,sans-serif",
            ),
        ],
    );
    assert_eq!(import.mapped.len(), 29);
    // No token is lost silently: each token of the file is either mapped or skipped.
    assert_eq!(import.mapped.len() + import.skipped.len(), 374);

    // A light and a dark file side by side: aliases lead to the tokens beside them.
    let (_, theme) = brand(
        &json!({ "light": set("light"), "dark": set("dark") }),
        &[
            (
                "/tokens/color/light/background",
                "light.color.background.default.$root",
                "#ffffff",
                "--livery-color-background:#fff",
            ),
            (
                "/tokens/color/dark/background",
                "dark.color.background.default.$root",
                "#1e1e1e",
                "--livery-color-background:#1e1e1e",
            ),
            // White at 5 %: a real token of the dark file.
            (
                "/tokens/color/dark/primary",
                "dark.color.background.brand.$root",
                "rgb(100% 100% 100% / 0.05098)",
                "--livery-color-primary:#ffffff0d",
            ),
        ],
    );
    assert_eq!(theme.tokens.color.light.primary, "#2c2c2c");
}

#[test]
fn cloudscapes_values_by_mode_become_both_palettes() {
    let (import, _) = brand(
        &files(&["@cloudscape-design/design-tokens/index-visual-refresh.json"]),
        &[
            (
                "/tokens/color/light/primary",
                "tokens.color-background-button-primary-default",
                "#006ce0",
                "--livery-color-primary:#006ce0",
            ),
            (
                "/tokens/color/dark/primary",
                "tokens.color-background-button-primary-default",
                "#42b4ff",
                "--livery-color-primary:#42b4ff",
            ),
            (
                "/tokens/color/dark/background",
                "tokens.color-background-layout-main",
                "#161d26",
                "--livery-color-background:#161d26",
            ),
            (
                "/tokens/color/light/border",
                "tokens.color-border-divider-default",
                "#c6c6cd",
                "--livery-color-border:#c6c6cd",
            ),
            ("/tokens/radius/lg", "tokens.border-radius-container", "16px", "--livery-radius-lg:16px"),
        ],
    );
    // A line height in pixels is no bare number: it is skipped with its reason, not converted.
    let skipped =
        import.skipped.iter().find(|skipped| skipped.path == "tokens.line-height-body-m").expect("skipped");
    assert!(skipped.reason.contains("plain number"), "{skipped:?}");
}

#[test]
fn microsoft_fluent_shopify_polaris_and_adobe_spectrum_become_brands() {
    brand(
        &files(&[
            "dtcg-examples/microsoft-fluent/palette.tokens.json",
            "dtcg-examples/microsoft-fluent/theme-default.tokens.json",
        ]),
        &[
            (
                "/tokens/color/light/primary",
                "semanticColors.primaryButtonBackground",
                "#0078d4",
                "--livery-color-primary:#0078d4",
            ),
            (
                "/tokens/color/light/danger",
                "semanticColors.errorText",
                "#a4262c",
                "--livery-color-danger:#a4262c",
            ),
            (
                "/tokens/color/light/text_muted",
                "semanticColors.bodySubtext",
                "#605e5c",
                "--livery-color-text-muted:#605e5c",
            ),
        ],
    );
    brand(
        &files(&[
            "dtcg-examples/shopify-polaris/space.tokens.json",
            "dtcg-examples/shopify-polaris/font.tokens.json",
        ]),
        &[
            ("/tokens/spacing/sm", "space.tight", "8px", "--livery-space-sm:8px"),
            (
                "/tokens/typography/font_family",
                "font.family.base",
                "-apple-system, BlinkMacSystemFont, \"San Francisco\", \"Segoe UI\", Roboto, \"Helvetica Neue\", sans-serif",
                "--livery-font-family:-apple-system,BlinkMacSystemFont,San Francisco,Segoe UI,Roboto,Helvetica Neue,sans-serif",
            ),
        ],
    );
    // The primary colour is three aliases away.
    brand(
        &files(&[
            "dtcg-examples/adobe-spectrum/base.tokens.json",
            "dtcg-examples/adobe-spectrum/theme-light.tokens.json",
        ]),
        &[(
            "/tokens/color/light/primary",
            "accent-background-color-default",
            "#4b75ff",
            "--livery-color-primary:#4b75ff",
        )],
    );
}

#[test]
fn an_exported_theme_comes_back_exactly() {
    let mut theme = Theme::default();
    theme.tokens.color.dark.launcher = "oklch(62% .19 260)".into();
    theme.tokens.typography.line_height = "1.50".into();
    theme.tokens.typography.font_weight_bold = "bold".into();
    theme.tokens.typography.font_family = "'A B', serif".into();
    theme.tokens.layout.position = livery_domain::brand::theme::Position::BottomLeft;
    let exported = export_design_tokens(&theme);
    assert_eq!(exported["color"]["light"]["primary"], json!({ "$type": "color", "$value": "#4338ca" }));
    let import = import_design_tokens(&exported).expect("our own file");
    assert_eq!(import.skipped, []);
    assert_eq!(Theme::default().patched(&import.patch).expect("fits").tokens, theme.tokens);
    assert_eq!(import.mapped.len(), 2 * 29 + 8 + 5 + 4 + 5);
}
