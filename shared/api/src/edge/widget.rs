//! The files of the widget itself, the same for every tenant, built into the function.

use bytes::Bytes;
use livery_domain::hash::content_hash;

/// One file under its content hash.
pub struct WidgetFile {
    pub body: Bytes,
    pub hash: String,
}

impl WidgetFile {
    fn new(body: &'static [u8]) -> Self {
        Self { body: Bytes::from_static(body), hash: content_hash(body) }
    }
}

/// Loader, embed script and structural stylesheet.
pub struct WidgetFiles {
    pub loader: WidgetFile,
    pub embed: WidgetFile,
    pub base: WidgetFile,
}

impl WidgetFiles {
    /// Hashes the three files: once per isolate, they are some 20 KB together.
    #[must_use]
    pub fn new(loader: &'static [u8], embed: &'static [u8], base: &'static [u8]) -> Self {
        Self { loader: WidgetFile::new(loader), embed: WidgetFile::new(embed), base: WidgetFile::new(base) }
    }
}
