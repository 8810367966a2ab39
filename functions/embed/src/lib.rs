//! The `embed` function: embed sessions, conversations, messages.

#[cfg(all(target_arch = "wasm32", target_os = "wasi", target_env = "p2"))]
mod spin;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod workers;
