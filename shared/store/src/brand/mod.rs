//! Drafts and releases.

pub mod releases;
pub mod themes;
