//! The `edge` function: what visitors' browsers load; every other path is forwarded to its function.

#[cfg(all(target_arch = "wasm32", target_os = "wasi", target_env = "p2"))]
mod spin;
#[cfg(target_family = "wasm")]
mod widget;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod workers;
