//! The `embed` function: embed sessions, conversations, messages.

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod workers;
