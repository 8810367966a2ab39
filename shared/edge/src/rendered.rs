//! What is built from a release once, and kept in memory with it.

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value as Json;

/// The embed document.
pub struct Document {
    pub body: Bytes,
    pub etag: String,
}

/// What a live release looks like and says, beside the stylesheet: parts of its theme document as they are stored. A release was
/// checked when it was made; the edge, which is loaded most often, does without the code that checks.
#[derive(Debug, Clone, Serialize)]
pub struct Look {
    texts: Json,
    theme: ThemeView,
    assets: Json,
    powered_by: Json,
}

#[derive(Debug, Clone, Serialize)]
struct ThemeView {
    mode: Json,
    colors: Json,
}

impl Look {
    pub fn of(mut theme: Json) -> Self {
        let mut take = |pointer| theme.pointer_mut(pointer).map(Json::take).unwrap_or_default();
        Self {
            texts: take("/texts"),
            theme: ThemeView { mode: take("/theme_mode"), colors: take("/tokens/color") },
            assets: take("/assets"),
            powered_by: take("/powered_by"),
        }
    }
}
