//! The `auth` function: signing in.

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod workers;
