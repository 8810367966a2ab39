//! The `live` function: the live channel.

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod workers;
