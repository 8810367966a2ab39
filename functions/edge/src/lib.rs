//! The `edge` function: what visitors' browsers load; every other path is handed to its function.

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod workers;
