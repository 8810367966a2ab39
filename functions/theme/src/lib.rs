//! The `theme` function: drafts, publishing, releases; the only one with the CSS compiler.

#[cfg(all(target_arch = "wasm32", target_os = "wasi", target_env = "p2"))]
mod spin;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod workers;
