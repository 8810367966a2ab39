//! Releases: what a publish makes and visitors get.

use crate::{clock::UnixMillis, embed::origin::EmbedPolicy, id::UserId};
use serde::{Deserialize, Serialize};

/// A release's number within its tenant: 1, 2, 3… without gaps. 0 stands for "nothing published".
pub type Rev = i64;

/// The kinds of file that a release is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArtifactKind {
    Stylesheet,
    Config,
}

impl ArtifactKind {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stylesheet => "stylesheet",
            Self::Config => "config",
        }
    }

    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Stylesheet => "text/css; charset=utf-8",
            Self::Config => "application/json",
        }
    }
}

/// One immutable file, named by its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    pub kind: ArtifactKind,
    /// [`crate::hash::content_hash`] of `body`.
    pub hash: String,
    pub body: String,
}

/// What a release consists of. Two releases with equal manifests are the same to every visitor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub stylesheet: String,
    pub config: String,
    pub embed_policy: EmbedPolicy,
}

impl Manifest {
    /// Path of the stylesheet on every host of the tenant.
    #[must_use]
    pub fn stylesheet_path(&self) -> String {
        format!("/b/{}.css", self.stylesheet)
    }

    /// Path of the widget's config on every host of the tenant.
    #[must_use]
    pub fn config_path(&self) -> String {
        format!("/w/{}.json", self.config)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    pub rev: Rev,
    pub manifest: Manifest,
    pub published_by: Option<UserId>,
    pub published_at: UnixMillis,
}
