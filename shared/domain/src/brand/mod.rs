//! The brand: its tokens, and what a publish freezes.

pub mod config;
pub mod release;
pub mod theme;
