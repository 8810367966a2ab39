//! W3C design tokens (the Design Tokens Community Group's JSON format, 2025.10 and the drafts before it), in and out.

mod export;
mod flatten;
mod import;
mod resolve;
mod synonyms;
mod text;

pub use export::export_design_tokens;
pub use flatten::{MAX_DESIGN_TOKENS, MAX_GROUP_DEPTH};
pub use import::{Import, Mapped, Skipped, import_design_tokens};
pub use resolve::MAX_ALIAS_STEPS;
pub use synonyms::SYNONYMS;
