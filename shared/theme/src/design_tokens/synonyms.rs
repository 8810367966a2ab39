//! Which names in common use mean which of Livery's tokens.

/// For each of Livery's tokens the names that mean it, best first. A name is a token's path in its plain form (see
/// [`plain_name`]); colours are given without mode. No name is listed twice.
#[rustfmt::skip]
pub const SYNONYMS: &[(&str, &[&str])] = &[
    ("primary", &["primary", "brand.primary", "brand", "accent", "bg.accent.emphasis", "bg.brand", "bg.primary", "action.primary",
        "bg.button.primary", "button.primary.bg", "primary.button.bg", "button.primary", "interactive", "interactive.primary",
        "accent.bg", "accent.emphasis", "bg.accent"]),
    ("on_primary", &["on.primary", "primary.on", "primary.fg", "primary.text", "fg.on.emphasis", "fg.on.accent", "text.on.primary",
        "text.on.brand", "text.brand.on.brand", "text.button.primary", "button.primary.text", "button.primary.fg",
        "primary.button.text", "on.accent", "on.brand"]),
    ("secondary", &["secondary", "brand.secondary", "action.secondary", "bg.button.secondary", "button.secondary.bg", "button.secondary"]),
    ("on_secondary", &["on.secondary", "secondary.on", "secondary.fg", "secondary.text", "text.on.secondary", "button.secondary.text"]),
    ("background", &["bg", "bg.page", "page.bg", "bg.body", "body.bg", "bg.canvas", "canvas", "bg.layout.main", "bg.app", "page"]),
    ("on_background", &["on.bg", "fg", "text", "text.primary", "fg.primary", "text.body", "body.text", "body.fg", "text.main"]),
    ("surface", &["surface", "bg.surface", "surface.primary", "bg.muted", "bg.subtle", "bg.container.content", "bg.container",
        "bg.card", "card.bg", "layer.01", "bg.secondary"]),
    ("surface_alt", &["surface.alt", "surface.secondary", "surface.variant", "surface.raised", "bg.inset", "layer.02", "bg.tertiary",
        "bg.neutral"]),
    ("on_surface", &["on.surface", "text.on.surface", "surface.fg", "surface.text", "card.fg", "text.heading"]),
    ("text_muted", &["text.muted", "fg.muted", "text.subtle", "fg.subtle", "text.secondary", "fg.secondary", "text.body.secondary",
        "body.subtext", "muted", "text.weak"]),
    ("border", &["border", "border.primary", "border.divider", "divider", "body.divider", "border.neutral", "border.subtle",
        "border.muted", "outline", "stroke"]),
    ("focus", &["focus", "focus.ring", "ring", "border.focus", "focus.border", "border.item.focused", "focus.outline", "border.focused"]),
    ("link", &["link", "text.link", "fg.link", "link.primary", "link.text", "fg.accent"]),
    ("success", &["success", "status.success", "bg.success.emphasis", "feedback.success", "support.success", "positive", "bg.positive",
        "text.status.success", "success.text", "bg.success"]),
    ("on_success", &["on.success", "success.on", "success.fg", "text.on.success", "text.positive.on.positive"]),
    ("warning", &["warning", "status.warning", "bg.attention.emphasis", "feedback.warning", "support.warning", "bg.warning", "attention",
        "text.status.warning", "warning.text"]),
    ("on_warning", &["on.warning", "warning.on", "warning.fg", "text.on.warning", "text.warning.on.warning"]),
    ("danger", &["danger", "error", "status.error", "critical", "negative", "destructive", "bg.danger.emphasis", "feedback.error",
        "support.error", "bg.danger", "text.status.error", "error.text"]),
    ("on_danger", &["on.danger", "danger.on", "danger.fg", "on.error", "text.on.danger", "text.danger.on.danger", "destructive.fg"]),
    ("info", &["info", "status.info", "informative", "feedback.info", "support.info", "bg.info", "text.status.info"]),
    ("on_info", &["on.info", "info.on", "info.fg", "text.on.info"]),
    ("header", &["header", "header.bg", "bg.header"]),
    ("on_header", &["on.header", "header.fg", "header.text"]),
    ("visitor_bubble", &["visitor.bubble", "bubble.visitor", "bg.chat.bubble.outgoing"]),
    ("on_visitor_bubble", &["on.visitor.bubble", "text.chat.bubble.outgoing"]),
    ("team_bubble", &["team.bubble", "bubble.team", "bg.chat.bubble.incoming"]),
    ("on_team_bubble", &["on.team.bubble", "text.chat.bubble.incoming"]),
    ("launcher", &["launcher", "launcher.bg"]),
    ("on_launcher", &["on.launcher", "launcher.fg"]),

    ("typography/font_family", &["font.family", "font.family.base", "font.family.body", "font.family.sans", "font.family.primary",
        "typography.font.family", "typography.family", "typography.family.sans", "typography.body.font.family", "font.stack.sans.serif",
        "font.stack.system", "font.sans", "font.body"]),
    ("typography/font_size_base", &["font.size.base", "font.size", "font.size.md", "font.size.body", "font.size.body.md",
        "typography.size.md", "typography.body.font.size", "typography.scale.03", "text.body.size.md"]),
    ("typography/font_size_small", &["font.size.sm", "font.size.body.sm", "font.size.caption", "typography.size.sm", "typography.scale.02",
        "text.body.size.sm"]),
    ("typography/font_size_large", &["font.size.lg", "font.size.heading", "typography.size.lg", "typography.scale.04", "text.body.size.lg"]),
    ("typography/line_height", &["line.height", "line.height.base", "line.height.normal", "line.height.body", "line.height.md", "line.height.body.md",
        "font.line.height", "typography.line.height", "typography.body.line.height", "text.body.line.height.md"]),
    ("typography/font_weight_regular", &["font.weight.regular", "font.weight.normal", "font.weight.body", "typography.weight.regular",
        "text.weight.normal", "base.text.weight.normal"]),
    ("typography/font_weight_bold", &["font.weight.bold", "font.weight.semibold", "font.weight.heading", "font.weight.strong",
        "typography.weight.bold", "text.weight.semibold", "base.text.weight.semibold"]),
    ("typography/letter_spacing", &["letter.space", "letter.space.normal", "letter.space.base", "typography.letter.space",
        "font.letter.space"]),

    ("spacing/xs", &["space.xs", "size.space.xs", "space.extra.tight", "size.space.100"]),
    ("spacing/sm", &["space.sm", "size.space.sm", "space.tight", "size.space.200"]),
    ("spacing/md", &["space.md", "size.space.md", "space.base.tight", "size.space.300"]),
    ("spacing/lg", &["space.lg", "size.space.lg", "space.base", "size.space.400"]),
    ("spacing/xl", &["space.xl", "size.space.xl", "space.extra.loose", "size.space.600"]),
    ("radius/sm", &["radius.sm", "border.radius.sm", "corner.radius.sm", "size.radius.100", "shape.sm"]),
    ("radius/md", &["radius.md", "radius", "border.radius", "border.radius.md", "corner.radius.md", "size.radius.200", "shape.md",
        "border.radius.input"]),
    ("radius/lg", &["radius.lg", "border.radius.lg", "corner.radius.lg", "size.radius.400", "shape.lg", "border.radius.container"]),
    ("radius/full", &["radius.full", "border.radius.full", "border.radius.pill", "corner.radius.full", "radius.pill", "radius.round",
        "size.radius.full"]),
];

/// A path in its plain form: words in lower case with dots between them; `color`, a leading `tokens`, `semantic` or
/// `theme` and a trailing `default`, `rest` or `$root` left out; long words shortened (`background` → `bg`).
pub(super) fn plain_name(path: &[String]) -> String {
    let mut words: Vec<String> = path.iter().flat_map(|segment| words(segment)).collect();
    words.retain(|word| word != "color" && word != "$root");
    while words.first().is_some_and(|word| ["tokens", "token", "semantic", "theme"].contains(&word.as_str()))
    {
        words.remove(0);
    }
    // `bg.default.secondary` means `bg.secondary`.
    let kept: Vec<String> =
        words.iter().filter(|word| *word != "default" && *word != "rest").cloned().collect();
    kept.join(".")
}

/// `onEmphasis`, `on-emphasis` and `on_emphasis` are `on` and `emphasis`.
fn words(segment: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_lower = false;
    for character in segment.chars() {
        let separates = matches!(character, '-' | '_' | ' ' | '.' | '/');
        if separates || (character.is_uppercase() && after_lower) {
            words.push(String::new());
        }
        if let (false, Some(word)) = (separates, words.last_mut()) {
            word.extend(character.to_lowercase());
        }
        after_lower = character.is_lowercase() || character.is_numeric();
    }
    words.retain(|word| !word.is_empty());
    words.iter().map(|word| short_word(word).to_owned()).collect()
}

fn short_word(word: &str) -> &str {
    match word {
        "colors" | "colour" | "colours" => "color",
        "background" => "bg",
        "foreground" => "fg",
        "spacing" => "space",
        "small" | "s" => "sm",
        "medium" | "m" => "md",
        "large" | "l" => "lg",
        "xsmall" => "xs",
        "xlarge" => "xl",
        "borders" => "border",
        "fonts" => "font",
        "radii" => "radius",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_name_means_two_of_our_tokens() {
        let mut seen = BTreeSet::new();
        for (target, names) in SYNONYMS {
            for name in *names {
                assert!(seen.insert(*name), "{name} stands twice, the second time for {target}");
                let path: Vec<String> = name.split('.').map(str::to_owned).collect();
                assert_eq!(
                    plain_name(&path),
                    *name,
                    "{name} is not in its plain form and could never be found"
                );
            }
        }
    }

    #[test]
    fn different_spellings_have_one_plain_form() {
        for (path, plain) in [
            (&["bgColor", "default"][..], "bg"),
            (&["fgColor", "onEmphasis"], "fg.on.emphasis"),
            (&["tokens", "color-background-button-primary-default"], "bg.button.primary"),
            (&["color", "background", "brand", "$root"], "bg.brand"),
            (&["semanticColors", "bodyBackground"], "body.bg"),
            (&["borderRadius", "medium"], "border.radius.md"),
            (&["space", "extraTight"], "space.extra.tight"),
        ] {
            let path: Vec<String> = path.iter().map(|segment| (*segment).to_owned()).collect();
            assert_eq!(plain_name(&path), plain);
        }
    }
}
