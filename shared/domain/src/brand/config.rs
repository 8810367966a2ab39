//! What the widget reads beside its stylesheet.

use crate::brand::theme::Theme;
use serde_json::{Value as Json, json};

/// The widget's configuration: the tenant's name, and everything of its theme that is not in the stylesheet.
#[must_use]
pub fn config_of(name: &str, theme: &Theme) -> Json {
    json!({
        "name": name,
        "texts": theme.texts,
        "assets": theme.assets,
        "powered_by": theme.powered_by,
        "theme_mode": theme.theme_mode,
        "layout": theme.tokens.layout,
    })
}
