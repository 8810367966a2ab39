//! The files of the widget itself, the same for every tenant, built into the function.

use bytes::Bytes;

/// One file under its content hash.
pub struct WidgetFile {
    pub body: Bytes,
    pub hash: &'static str,
}

impl WidgetFile {
    /// `hash` is the body's content hash, computed by the build: on Spin every request may be a new instance, and hashing
    /// some 66 KB took longer than the answer.
    #[must_use]
    pub const fn new(body: &'static [u8], hash: &'static str) -> Self {
        Self { body: Bytes::from_static(body), hash }
    }
}

/// Loader, embed script and structural stylesheet.
pub struct WidgetFiles {
    pub loader: WidgetFile,
    pub embed: WidgetFile,
    pub base: WidgetFile,
}
